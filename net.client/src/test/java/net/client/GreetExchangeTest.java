package net.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.ExchangeException.Kind;
import net.protocol.Message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** What the server did is known to have arrived before the client begins. */
@Timeout(60)
class GreetExchangeTest {
    private static final Message MESSAGE = Message.of("hello sever!");

    /** The system may tell of the reset at the write or at the read; it is a reset all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"hello sever!", ""})
    void resetThatCameFirstIsReset(String message) throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.playing((peer, _) -> ScriptedServer.reset(peer));
                SocketChannel channel = SocketChannel.open(server.address())) {
            awaitReadable(channel);
            ExchangeException thrown = failure(channel, Message.of(message));
            assertEquals(Kind.RESET, thrown.kind());
            assertEquals(
                    "exchange with 127.0.0.1:"
                            + server.address().getPort()
                            + " failed: reset before a greeting",
                    thrown.getMessage());
            assertEquals(0, thrown.bytesSent());
        }
    }

    @Test
    void finThatCameFirstIsClosed() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.playing(
                                (peer, _) -> {
                                    peer.shutdownOutput();
                                    ScriptedServer.expect(peer, "hello sever!");
                                });
                SocketChannel channel = SocketChannel.open(server.address())) {
            awaitReadable(channel);
            ExchangeException thrown = failure(channel, MESSAGE);
            assertEquals(Kind.CLOSED, thrown.kind());
            assertEquals(12, thrown.bytesSent());
        }
    }

    @Test
    void greetingAndResetThatCameFirstAreNoReceipt() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.playing(
                                (peer, _) -> {
                                    ScriptedServer.write(peer, ScriptedServer.GREETING);
                                    ScriptedServer.reset(peer);
                                });
                SocketChannel channel = SocketChannel.open(server.address())) {
            server.awaitEnd();
            awaitReadable(channel);
            ExchangeException thrown = failure(channel, MESSAGE);
            assertEquals(Kind.NO_RECEIPT, thrown.kind());
            assertEquals(Message.of("hello client!"), thrown.received());
        }
    }

    /** A half-close before the write makes the write fail, with the server still in order. */
    @Test
    void failedWriteIsNoReceiptWhateverIsRead() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.playing(
                                (peer, _) -> {
                                    ScriptedServer.expect(peer, "");
                                    ScriptedServer.write(peer, ScriptedServer.GREETING);
                                });
                SocketChannel channel = SocketChannel.open(server.address())) {
            channel.shutdownOutput();
            ExchangeException thrown = failure(channel, MESSAGE);
            assertEquals(Kind.NO_RECEIPT, thrown.kind());
            assertEquals(
                    "exchange with 127.0.0.1:"
                            + server.address().getPort()
                            + " failed: message not sent, so no receipt",
                    thrown.getMessage());
            assertEquals(Message.of("hello client!"), thrown.received());
            assertEquals(0, thrown.bytesSent());
            assertNotEquals(null, thrown.getCause());
        }
    }

    @Test
    void timeThatIsUpFailsAndClosesTheChannel() throws Exception {
        try (ScriptedServer server = ScriptedServer.playing((peer, end) -> end.await());
                SocketChannel channel = SocketChannel.open(server.address())) {
            Deadline past = Deadline.in(Duration.ofNanos(-1));
            GreetExchange exchange = new GreetExchange(channel, past);
            ExchangeException thrown =
                    assertThrows(ExchangeException.class, () -> exchange.run(MESSAGE));
            assertEquals(Kind.TIMEOUT, thrown.kind());
            assertFalse(channel.isOpen());
        }
    }

    @Test
    void successClosesTheChannelAndKeepsTheAddresses() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.playing(
                                (peer, _) -> {
                                    ScriptedServer.write(peer, ScriptedServer.GREETING);
                                    ScriptedServer.expect(peer, "hello sever!");
                                });
                SocketChannel channel = SocketChannel.open(server.address())) {
            int port = channel.socket().getLocalPort();
            GreetExchange exchange =
                    new GreetExchange(channel, Deadline.in(ScriptedServer.PATIENCE));
            exchange.run(MESSAGE);
            assertFalse(channel.isOpen());
            assertEquals(server.address(), exchange.peer());
            assertEquals(port, exchange.local().getPort());
            assertTrue(exchange.local().getAddress().isLoopbackAddress());
            assertEquals(Message.of("hello client!"), exchange.received());
        }
    }

    private static ExchangeException failure(SocketChannel channel, Message message) {
        GreetExchange exchange = new GreetExchange(channel, Deadline.in(ScriptedServer.PATIENCE));
        ExchangeException thrown =
                assertThrows(ExchangeException.class, () -> exchange.run(message));
        assertFalse(channel.isOpen());
        return thrown;
    }

    /** Waits for the first bytes, the FIN or the RST of the server. */
    private static void awaitReadable(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            assertEquals(1, selector.select(ScriptedServer.PATIENCE.toMillis()));
        }
        channel.configureBlocking(true);
    }
}
