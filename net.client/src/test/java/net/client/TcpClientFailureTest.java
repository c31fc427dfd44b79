package net.client;

import static net.client.ScriptedServer.GREETING;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import net.client.ScriptedServer.Script;
import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.protocol.Endpoint;
import net.protocol.Message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;

@Timeout(60)
class TcpClientFailureTest {
    private static final Message MESSAGE = Message.of("hello sever!");

    @Test
    void finBeforeGreetingIsClosed() throws Exception {
        assertFails(
                (peer, _) -> ScriptedServer.expect(peer, "hello sever!"),
                Kind.CLOSED,
                "closed before a greeting",
                "");
    }

    @Test
    void resetBeforeGreetingIsReset() throws Exception {
        assertFails(
                (peer, _) -> {
                    ScriptedServer.expect(peer, "hello sever!");
                    ScriptedServer.reset(peer);
                },
                Kind.RESET,
                "reset before a greeting",
                "");
    }

    @Test
    void resetAfterGreetingIsNoReceiptAndKeepsGreeting() throws Exception {
        assertFails(
                (peer, _) -> {
                    ScriptedServer.expect(peer, "hello sever!");
                    ScriptedServer.write(peer, GREETING);
                    ScriptedServer.reset(peer);
                },
                Kind.NO_RECEIPT,
                "reset after the greeting, so no receipt",
                "hello client!");
    }

    @Test
    void greetingOf1025BytesIsProtocolViolation() throws Exception {
        assertFails(
                (peer, end) -> {
                    ScriptedServer.expect(peer, "hello sever!");
                    ScriptedServer.write(peer, "x".repeat(1025));
                    end.await();
                },
                Kind.WRONG_SERVICE,
                "greeting longer than 1024 bytes",
                "x".repeat(1024));
    }

    private static void assertFails(Script script, Kind kind, String detail, String received)
            throws Exception {
        try (ScriptedServer server = ScriptedServer.running(script)) {
            ExchangeException thrown = failure(server.client());
            assertEquals(
                    "exchange with " + Endpoint.of(server.address()) + " failed: " + detail,
                    thrown.getMessage());
            assertEquals(kind, thrown.kind());
            assertEquals(Message.of(received), thrown.received());
            assertEquals(12, thrown.bytesSent());
        }
    }

    @Test
    void silenceTimesOutAtDeadline() throws Exception {
        try (ScriptedServer server = ScriptedServer.running((peer, end) -> end.await())) {
            Duration timeout = Duration.ofMillis(300);
            long start = System.nanoTime();
            ExchangeException thrown =
                    failure(new TcpClient(server.config().toBuilder().timeout(timeout).build()));
            assertBetween(timeout, Duration.ofSeconds(10), start);
            assertEquals(
                    "exchange with "
                            + Endpoint.of(server.address())
                            + " failed: no greeting in time",
                    thrown.getMessage());
            assertEquals(Kind.SILENT, thrown.kind());
            assertEquals(Message.of(""), thrown.received());
            assertEquals(12, thrown.bytesSent());
        }
    }

    @Test
    void silenceAfterGreetingTimesOutAndKeepsGreeting() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.running(
                        (peer, end) -> {
                            ScriptedServer.write(peer, GREETING);
                            end.await();
                        })) {
            ExchangeException thrown =
                    failure(
                            new TcpClient(
                                    server.config().toBuilder()
                                            .timeout(Duration.ofSeconds(2))
                                            .build()));
            assertEquals(
                    "exchange with "
                            + Endpoint.of(server.address())
                            + " failed: no receipt in time",
                    thrown.getMessage());
            assertEquals(Kind.TIMEOUT, thrown.kind());
            assertEquals(Message.of("hello client!"), thrown.received());
        }
    }

    /** Each byte arrives long before the deadline; a timeout per read would never expire. */
    @Test
    void slowGreetingDoesNotExtendDeadline() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.running(
                        (peer, end) ->
                                assertThrows(
                                        IOException.class,
                                        () -> {
                                            while (!end.await(30, MILLISECONDS)) {
                                                ScriptedServer.write(peer, "x");
                                            }
                                        }))) {
            Duration timeout = Duration.ofSeconds(2);
            long start = System.nanoTime();
            ExchangeException thrown =
                    failure(new TcpClient(server.config().toBuilder().timeout(timeout).build()));
            assertBetween(timeout, Duration.ofSeconds(20), start);
            assertEquals(Kind.WRONG_SERVICE, thrown.kind());
            assertTrue(thrown.received().size() > 0);
            // The client has closed its connection, so a write fails, and the script ends.
            server.awaitEnd();
        }
    }

    @Test
    void portWithoutListenerIsRefused() throws Exception {
        try (Loopback refusing = Loopback.refusingTcp()) {
            ExchangeException thrown =
                    failure(new TcpClient(ClientConfig.of(Endpoint.of(refusing.address()))));
            assertEquals(
                    "connect to 127.0.0.1:" + refusing.port() + " failed: connection refused",
                    thrown.getMessage());
            assertEquals(Kind.REFUSED, thrown.kind());
            assertEquals(0, thrown.bytesSent());
            assertEquals(Message.of(""), thrown.received());
        }
    }

    @Test
    void fullBacklogTimesOutAtConnectTimeout() throws Exception {
        try (Loopback full = Loopback.fullTcp()) {
            Duration timeout = Duration.ofMillis(300);
            ClientConfig config =
                    ClientConfig.builder(Endpoint.of(full.address()))
                            .timeout(ScriptedServer.PATIENCE)
                            .connectTimeout(timeout)
                            .build();
            assertConnectTimesOut(config, full);
        }
    }

    @Test
    void fullBacklogTimesOutAtEarlierDeadline() throws Exception {
        try (Loopback full = Loopback.fullTcp()) {
            Duration timeout = Duration.ofMillis(300);
            ClientConfig config =
                    ClientConfig.builder(Endpoint.of(full.address()))
                            .timeout(timeout)
                            .connectTimeout(ScriptedServer.PATIENCE)
                            .build();
            assertConnectTimesOut(config, full);
        }
    }

    private static void assertConnectTimesOut(ClientConfig config, Loopback full) {
        long start = System.nanoTime();
        ExchangeException thrown = failure(new TcpClient(config));
        assertBetween(Duration.ofMillis(300), Duration.ofSeconds(10), start);
        assertEquals(
                "connect to 127.0.0.1:" + full.port() + " failed: timed out, no answer of any kind",
                thrown.getMessage());
        assertEquals(Kind.FILTERED, thrown.kind());
        assertEquals(0, thrown.bytesSent());
    }

    private static void assertBetween(Duration least, Duration most, long startNanos) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
        assertTrue(elapsed.compareTo(least) >= 0, elapsed::toString);
        assertTrue(elapsed.compareTo(most) < 0, elapsed::toString);
    }

    private static ExchangeException failure(TcpClient client) {
        return assertThrows(ExchangeException.class, () -> client.greet(MESSAGE));
    }
}
