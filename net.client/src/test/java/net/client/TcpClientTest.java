package net.client;

import static net.client.ScriptedServer.GREETING;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.protocol.Endpoint;
import net.protocol.Message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.SocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

@Timeout(60)
class TcpClientTest {
    private static final Message MESSAGE = Message.of("hello sever!");

    @Test
    void returnsGreetingOnceServerHasClosed() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.running(
                        (peer, _) -> {
                            ScriptedServer.write(peer, GREETING);
                            ScriptedServer.expect(peer, "hello sever!");
                        })) {
            Exchange exchange = server.client().greet(MESSAGE);
            assertEquals(Message.of("hello client!"), exchange.answer());
            assertEquals(12, exchange.bytesSent());
            assertEquals(server.address(), exchange.peer());
        }
    }

    /** The duration of a check is the time to connect, and the server sees an orderly end. */
    @Test
    void connectReportsTheTimeToConnect() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.running(
                        (peer, _) -> {
                            ScriptedServer.write(peer, GREETING);
                            ScriptedServer.expect(peer, "");
                        })) {
            Exchange exchange = server.client().connect();
            assertEquals(exchange.connect().orElseThrow(), exchange.duration());
            assertEquals(Message.of(""), exchange.answer());
            assertEquals(server.address(), exchange.peer());
            assertEquals(0, exchange.bytesSent());
        }
    }

    @Test
    void acceptsGreetingInSingleBytes() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.running(
                        (peer, _) -> {
                            peer.setTcpNoDelay(true);
                            for (char letter : GREETING.toCharArray()) {
                                ScriptedServer.write(peer, String.valueOf(letter));
                            }
                            ScriptedServer.expect(peer, "hello sever!");
                        })) {
            assertEquals(Message.of("hello client!"), server.client().greet(MESSAGE).answer());
        }
    }

    @Test
    void halfClosesWithoutWaitingForGreeting() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.running(
                        (peer, _) -> {
                            ScriptedServer.expect(peer, "hello sever!");
                            ScriptedServer.write(peer, GREETING);
                        })) {
            assertEquals(Message.of("hello client!"), server.client().greet(MESSAGE).answer());
        }
    }

    @Test
    void returnsAnyGreetingUnchanged() throws Exception {
        byte[] greeting = {0, (byte) 0xff, '\r', '\n', 0x1b, (byte) 0x80};
        try (ScriptedServer server =
                ScriptedServer.running(
                        (peer, _) -> {
                            peer.getOutputStream().write(greeting);
                            ScriptedServer.expect(peer, "hello sever!");
                        })) {
            assertArrayEquals(greeting, server.client().greet(MESSAGE).answer().bytes());
        }
    }

    @Test
    void receiveReturnsOnceServerHasClosed() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.running((peer, _) -> ScriptedServer.expect(peer, "hello sever!"))) {
            Exchange exchange = server.client().receive(MESSAGE);
            assertEquals(Message.of(""), exchange.answer());
            assertEquals(12, exchange.bytesSent());
        }
    }

    @Test
    void receiveWithoutReceiptFails() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.running(
                        (peer, _) -> {
                            ScriptedServer.expect(peer, "hello sever!");
                            ScriptedServer.reset(peer);
                        })) {
            ExchangeException thrown =
                    assertThrows(ExchangeException.class, () -> server.client().receive(MESSAGE));
            assertEquals(Kind.NO_RECEIPT, thrown.kind());
        }
    }

    @Test
    void echoReturnsTheMessage() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.running(
                        (peer, _) ->
                                peer.getOutputStream()
                                        .write(peer.getInputStream().readNBytes(12)))) {
            assertEquals(MESSAGE, server.client().echo(MESSAGE).answer());
        }
    }

    @Test
    void echoOfOtherBytesFails() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.running(
                        (peer, _) -> {
                            peer.getInputStream().readNBytes(12);
                            ScriptedServer.write(peer, "hello reves!");
                        })) {
            ExchangeException thrown =
                    assertThrows(ExchangeException.class, () -> server.client().echo(MESSAGE));
            assertEquals(Kind.CORRUPT, thrown.kind());
            assertEquals(Message.of("hello reves!"), thrown.received());
        }
    }

    @Test
    void echoRejectsEmptyMessage() {
        TcpClient client = new TcpClient(ClientConfig.of(new Endpoint("127.0.0.1", 7)));
        assertThrows(IllegalArgumentException.class, () -> client.echo(Message.of("")));
    }

    @Test
    void emptyMessageSendsOnlyFin() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.running(
                        (peer, _) -> {
                            ScriptedServer.expect(peer, "");
                            ScriptedServer.write(peer, GREETING);
                        })) {
            Exchange exchange = server.client().greet(Message.of(""));
            assertEquals(Message.of("hello client!"), exchange.answer());
            assertEquals(0, exchange.bytesSent());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1023, 1024})
    void sendsMessagesUpToTheLimit(int size) throws Exception {
        String text = "x".repeat(size - 1) + "!";
        try (ScriptedServer server =
                ScriptedServer.running(
                        (peer, _) -> {
                            ScriptedServer.expect(peer, text);
                            ScriptedServer.write(peer, GREETING);
                        })) {
            assertEquals(size, server.client().greet(Message.of(text)).bytesSent());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1023, 1024})
    void acceptsGreetingsUpToTheLimit(int size) throws Exception {
        String greeting = "x".repeat(size - 1) + "!";
        try (ScriptedServer server =
                ScriptedServer.running(
                        (peer, _) -> {
                            ScriptedServer.write(peer, greeting);
                            ScriptedServer.expect(peer, "hello sever!");
                        })) {
            assertEquals(Message.of(greeting), server.client().greet(MESSAGE).answer());
        }
    }

    @Test
    void exchangeHasLocalAddressAndDuration() throws Exception {
        BlockingQueue<SocketAddress> seen = new LinkedBlockingQueue<>();
        try (ScriptedServer server =
                ScriptedServer.running(
                        (peer, _) -> {
                            seen.add(peer.getRemoteSocketAddress());
                            ScriptedServer.write(peer, GREETING);
                            ScriptedServer.expect(peer, "hello sever!");
                        })) {
            long start = System.nanoTime();
            Exchange exchange = server.client().greet(MESSAGE);
            long elapsed = System.nanoTime() - start;
            assertEquals(seen.poll(30, TimeUnit.SECONDS), exchange.local());
            assertTrue(exchange.duration().isPositive());
            assertTrue(exchange.duration().toNanos() <= elapsed);
        }
    }

    @Test
    void connectsByName() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.running(
                        (peer, _) -> {
                            ScriptedServer.write(peer, GREETING);
                            ScriptedServer.expect(peer, "hello sever!");
                        })) {
            // If localhost is also ::1, that address refuses, and the next one is tried.
            Endpoint endpoint = new Endpoint("localhost", server.address().getPort());
            Exchange exchange = new TcpClient(ClientConfig.of(endpoint)).greet(MESSAGE);
            assertEquals(server.address().getAddress(), exchange.peer().getAddress());
            assertFalse(exchange.peer().isUnresolved());
        }
    }

    @Test
    void greetsOverIpv6() throws Exception {
        Loopback.assumeIpv6();
        try (ScriptedServer server =
                ScriptedServer.runningOnIpv6(
                        (peer, _) -> {
                            ScriptedServer.write(peer, GREETING);
                            ScriptedServer.expect(peer, "hello sever!");
                        })) {
            Exchange exchange = server.client().greet(MESSAGE);
            assertEquals(Message.of("hello client!"), exchange.answer());
            assertEquals("::1", Endpoint.of(exchange.peer()).host());
            assertEquals("::1", Endpoint.of(exchange.local()).host());
        }
    }

    @Test
    void rejectsNull() throws Exception {
        assertThrows(NullPointerException.class, () -> new TcpClient(null));
    }
}
