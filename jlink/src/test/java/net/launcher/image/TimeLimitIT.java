package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Idle and session timeouts, and the message gap. */
class TimeLimitIT {
    private static final Duration LIMIT = Duration.ofMillis(700);
    private static final Duration TOO_LONG = Duration.ofSeconds(10);
    private static final String LIMIT_TEXT = "700ms";

    private static RunningProcess serve(String service, String... options) {
        return ProcessCommand.of("tcp-server", "--verbose", "127.0.0.1", "0", "--service", service)
                .with(options)
                .start();
    }

    private static void assertAbout(Duration limit, long startNanos) {
        Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
        assertTrue(time.compareTo(limit) >= 0, "cut off after " + time);
        assertTrue(time.compareTo(TOO_LONG) < 0, "cut off after " + time);
    }

    private static void assertEnds(RunningProcess server, String err) {
        ProcessResult ended = server.signal("TERM").end();
        assertEquals(0, ended.status());
        assertTrue(ended.err().contains(err), ended::err);
        assertEquals(4, ended.err().lines().count(), ended::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"greet", "receive", "echo", "discard"})
    void idleTimeoutResetsASilentPeer(String service) throws IOException {
        try (RunningProcess server = serve(service, "--idle-timeout", LIMIT_TEXT)) {
            int port = server.port();
            long startNanos = System.nanoTime();
            try (TcpPeer silent = TcpPeer.connect(port)) {
                String end = service.equals("greet") ? "hello client!<reset>" : "<reset>";
                assertEquals(end, silent.awaitEnd());
            }
            assertAbout(LIMIT, startNanos);
            server.awaitErr(": idle, 0 B received, ");
            assertEnds(server, ", 1 idle, up ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chargen", "echo"})
    void idleTimeoutResetsAPeerThatDoesNotRead(String service) throws IOException {
        try (RunningProcess server = serve(service, "--idle-timeout", LIMIT_TEXT)) {
            int port = server.port();
            long startNanos = System.nanoTime();
            try (TcpPeer deaf = TcpPeer.connect(port)) {
                if (service.equals("echo")) {
                    byte[] much = new byte[1 << 20];
                    assertThrows(IOException.class, () -> writeForever(deaf, much));
                }
                server.awaitErr(": idle, ");
            }
            assertAbout(LIMIT, startNanos);
            assertEnds(server, ", 1 idle, up ");
        }
    }

    private static void writeForever(TcpPeer peer, byte[] bytes) throws IOException {
        while (true) {
            peer.write(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"greet", "receive", "echo", "discard"})
    void sessionTimeoutResetsASlowSender(String service) throws IOException {
        List<String> options = new ArrayList<>(List.of("--session-timeout", LIMIT_TEXT));
        if (service.equals("greet")) {
            // Longer than a pause between two bytes on a busy machine.
            options.addAll(List.of("--message-gap", "1m"));
        }
        try (RunningProcess server = serve(service, options.toArray(String[]::new))) {
            int port = server.port();
            long startNanos = System.nanoTime();
            try (TcpPeer slow = TcpPeer.connect(port)) {
                assertThrows(IOException.class, () -> writeByteAfterByte(slow));
            }
            assertAbout(LIMIT, startNanos);
            server.awaitErr(": timeout, ");
            assertEnds(server, ", 1 timeout, up ");
        }
    }

    private static void writeByteAfterByte(TcpPeer peer) throws IOException {
        while (true) {
            peer.write("x");
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    @Test
    void sessionTimeoutEndsAnEndlessService() throws IOException {
        try (RunningProcess server = serve("chargen", "--session-timeout", LIMIT_TEXT);
                TcpPeer reader = TcpPeer.connect(server.port())) {
            Await.holds("cut off", () -> isAtEnd(reader));
            server.awaitErr(": timeout, ");
            assertEnds(server, ", 1 timeout, up ");
        }
    }

    private static boolean isAtEnd(TcpPeer reader) {
        try {
            return reader.read(1 << 16).isEmpty();
        } catch (IOException expected) {
            return true;
        }
    }

    @Test
    void noneDisablesTheTimeouts() throws IOException {
        try (RunningProcess server =
                        serve("greet", "--idle-timeout", "none", "--session-timeout", "none");
                TcpPeer peer = TcpPeer.greeted(server.port())) {
            assertEquals("<closed>", peer.send("hello").awaitEnd());
            server.awaitErr(": receipt, ");
            assertEnds(server, ": 1 message from ");
        }
    }

    @Test
    void segmentsWithinTheGapAreOneMessage() throws IOException {
        try (RunningProcess server = serve("greet")) {
            int port = server.port();
            Await.holds("250 ms apart, and not much more", () -> sentInTwo(port));
            assertEquals("one message", server.awaitOut("one message"));
        }
    }

    /** Sends a message in two segments; returns whether their distance was as intended. */
    private static boolean sentInTwo(int port) throws IOException {
        try (TcpPeer peer = TcpPeer.greeted(port)) {
            peer.write("one ");
            long startNanos = System.nanoTime();
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
            peer.write("message");
            long nanos = System.nanoTime() - startNanos;
            peer.awaitEnd();
            return nanos < Duration.ofMillis(290).toNanos();
        }
    }

    @Test
    void gapEndsTheMessage() throws IOException {
        try (RunningProcess server = serve("greet", "--message-gap", "100ms");
                TcpPeer peer = TcpPeer.greeted(server.port())) {
            long startNanos = System.nanoTime();
            assertEquals("<closed>", peer.write("no end").awaitEnd());
            assertAbout(Duration.ofMillis(100), startNanos);
            assertEquals("no end", server.awaitOut("no end"));
            server.awaitErr(": receipt, ");
            assertEnds(server, ": 1 message from ");
        }
    }
}
