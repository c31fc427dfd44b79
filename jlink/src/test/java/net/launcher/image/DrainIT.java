package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The drain time at shutdown. */
class DrainIT {
    private static final int DATAGRAMS = 100;

    private static RunningProcess serve(String service, String drain) {
        return ProcessCommand.of(
                        "tcp-server", "--service", service, "--drain", drain, "127.0.0.1", "0")
                .start();
    }

    private static void assertBetween(Duration least, Duration most, long startNanos) {
        Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
        assertTrue(time.compareTo(least) >= 0, "ended after " + time);
        assertTrue(time.compareTo(most) < 0, "ended after " + time);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "300ms, 300", "6s, 6000"})
    void silentPeerIsResetAfterTheDrainTime(String drain, int leastMillis) throws IOException {
        try (RunningProcess server = serve("greet", drain);
                TcpPeer silent = TcpPeer.greeted(server.port())) {
            long startNanos = System.nanoTime();
            server.signal("TERM");
            assertEquals("<reset>", silent.awaitEnd());
            ProcessResult ended = server.end();
            Duration least = Duration.ofMillis(leastMillis);
            assertBetween(least, least.plusSeconds(4), startNanos);
            assertEquals(0, ended.status());
            assertTrue(ended.err().contains(", 1 aborted, up "), ended::err);
        }
    }

    @ParameterizedTest
    @CsvSource({"greet, ''", "receive, ''", "echo, last words", "discard, ''"})
    void serverEndsWhenItsPeersAreServed(String service, String answer) throws IOException {
        try (RunningProcess server = serve(service, "1m")) {
            int port = server.port();
            try (TcpPeer peer = TcpPeer.connect(port)) {
                if (service.equals("greet")) {
                    assertEquals(TcpPeer.GREETING, peer.read(TcpPeer.GREETING.length()));
                } else {
                    // Only the server decides when to end an accepted connection.
                    Await.holds("accepted", () -> isActive(server));
                }
                long startNanos = System.nanoTime();
                server.signal("TERM");
                TcpPeer.awaitRefusal(port);
                assertEquals(answer + "<closed>", peer.send("last words").awaitEnd());
                assertEquals(0, server.end().status());
                assertBetween(Duration.ZERO, Duration.ofSeconds(20), startNanos);
            }
        }
    }

    private static boolean isActive(RunningProcess server) {
        return server.signal("USR1").errLines().getLast().contains(" 1 active, ");
    }

    @Test
    void endlessServiceIsResetImmediately() throws IOException {
        try (RunningProcess server = serve("chargen", "1m");
                TcpPeer reader = TcpPeer.connect(server.port())) {
            assertEquals(74, reader.read(74).length());
            long startNanos = System.nanoTime();
            ProcessResult ended = server.signal("TERM").end();
            assertBetween(Duration.ZERO, Duration.ofSeconds(20), startNanos);
            assertEquals(0, ended.status());
        }
    }

    @Test
    void secondSignalEndsTheDrain() throws IOException {
        try (RunningProcess server = serve("receive", "1m")) {
            int port = server.port();
            try (TcpPeer silent = TcpPeer.connect(port)) {
                silent.write("kept\nhalf");
                server.awaitOut("kept");
                server.signal("TERM");
                TcpPeer.awaitRefusal(port);
                long startNanos = System.nanoTime();
                server.signal("INT");
                assertEquals("<reset>", silent.awaitEnd());
                ProcessResult ended = server.end();
                assertBetween(Duration.ZERO, Duration.ofSeconds(5), startNanos);
                assertEquals(0, ended.status());
                assertEquals("kept\nhalf\n", ended.out());
            }
        }
    }

    @Test
    void udpServerRecordsDatagramsReceivedBeforeTheSignal() throws IOException {
        try (RunningProcess server = ProcessCommand.of("udp-server", "127.0.0.1", "0").start();
                DatagramSocket socket = new DatagramSocket()) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.port());
            server.signal("STOP");
            for (int i = 0; i < DATAGRAMS; i++) {
                byte[] bytes = ("datagram " + i).getBytes(StandardCharsets.US_ASCII);
                socket.send(new DatagramPacket(bytes, bytes.length, address));
            }
            ProcessResult ended = server.signal("TERM").signal("CONT").end();
            assertEquals(0, ended.status());
            assertEquals(DATAGRAMS, ended.out().lines().count());
            assertTrue(ended.err().contains(": " + DATAGRAMS + " messages from "), ended::err);
        }
    }
}
