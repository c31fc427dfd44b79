package net.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.Socket;
import java.time.Duration;

/** The limits of {@code tcp-server}, as its options set them. */
class ServerLimitsTest {
    private static RunningLauncher echo(String... options) {
        String[] args = {"--service=echo", "127.0.0.1", "0", options[0], options[1]};
        return RunningLauncher.start(new TcpServerLauncher(), args);
    }

    private static void assertEcho(Socket peer, String text) throws Exception {
        peer.getOutputStream().write(TestSockets.bytes(text));
        assertArrayEquals(TestSockets.bytes(text), peer.getInputStream().readNBytes(text.length()));
    }

    @ParameterizedTest
    @CsvSource({"--max-connections=1, limit", "--max-per-source=1, source_limit"})
    void resetsASecondPeerAndCountsTheReason(String option, String reason) throws Exception {
        try (RunningLauncher server = echo(option, "--format=json")) {
            try (Socket first = TestSockets.tcp(server);
                    Socket second = TestSockets.tcp(server)) {
                assertEcho(first, "first");
                TestSockets.assertReset(second);
                assertEcho(first, "still there");
                assertEquals(0, TestSockets.exchange(first, new byte[0]).length);
            }
            // The permit of the first peer is released.
            assertEquals("third", TestSockets.exchange(server, "third"));
            assertEquals(0, server.interrupt().status());
            JsonNode summary = Events.parse(server.out()).getLast();
            assertEquals("{\"" + reason + "\":1}", summary.get("refused").toString());
            assertEquals("{}", summary.get("errors").toString());
            assertEquals(2, summary.get("accepted").asInt());
            assertEquals(0, summary.get("active").asInt());
        }
    }

    @Test
    void summaryShowsRefusalsByReason() throws Exception {
        try (RunningLauncher server = echo("--max-connections=1", "--verbose")) {
            try (Socket first = TestSockets.tcp(server)) {
                assertEcho(first, "first");
                for (int i = 0; i < 2; i++) {
                    try (Socket other = TestSockets.tcp(server)) {
                        TestSockets.assertReset(other);
                    }
                }
                assertEquals(0, TestSockets.exchange(first, new byte[0]).length);
            }
            assertEquals(0, server.interrupt().status());
            String summary = server.awaitErr(", up ");
            assertTrue(summary.startsWith("tcp-server: 0 messages from 1 connection, "), summary);
            assertTrue(summary.contains(", 0 dropped, 2 refused (limit), up "), summary);
            long ends = server.err().lines().filter(line -> line.contains(" closed, ")).count();
            assertEquals(1, ends, "a refused peer has no session");
        }
    }

    @ParameterizedTest
    @CsvSource({"--idle-timeout=100ms, idle", "--session-timeout=100ms, timeout"})
    void resetsAPeerAfterATimeoutAndCountsTheKind(String option, String kind) throws Exception {
        try (RunningLauncher server = echo(option, "--format=json");
                Socket peer = TestSockets.tcp(server)) {
            assertEcho(peer, "here");
            TestSockets.assertReset(peer);
            assertEquals(0, server.interrupt().status());
            JsonNode summary = Events.parse(server.out()).getLast();
            assertEquals("{\"" + kind + "\":1}", summary.get("errors").toString());
        }
    }

    @Test
    void zeroDrainAbortsImmediately() throws Exception {
        try (RunningLauncher server = echo("--drain=0", "--verbose");
                Socket peer = TestSockets.tcp(server)) {
            assertEcho(peer, "here");
            long startNanos = System.nanoTime();
            assertEquals(0, server.interrupt().status());
            Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
            assertTrue(time.toSeconds() < 4, time::toString);
            TestSockets.assertReset(peer);
            server.awaitErr(": aborted, 4 B received, 4 B sent in ");
            server.awaitErr(", 1 aborted, up ");
        }
    }

    @Test
    void messageGapEndsAMessage() throws Exception {
        try (RunningLauncher server =
                        RunningLauncher.start(
                                new TcpServerLauncher(), "--message-gap=1ms", "127.0.0.1", "0");
                Socket peer = TestSockets.tcp(server)) {
            peer.getOutputStream().write(TestSockets.bytes("no half-close"));
            byte[] answer = peer.getInputStream().readAllBytes();
            assertArrayEquals(TestSockets.bytes("hello client!"), answer);
            server.awaitOut("no half-close");
        }
    }
}
