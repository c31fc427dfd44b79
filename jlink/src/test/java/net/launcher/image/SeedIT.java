package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Interoperability of the launchers with the tutorial's programs. */
class SeedIT {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int PROBE_MILLIS = 20;
    private static final ProcessResult GREETED = new ProcessResult(0, "hello client!\n", "");

    @BeforeAll
    static void checkTools() {
        Assume.success("python3", "-c", "import socket");
    }

    private static ProcessCommand seed(String program, int port) {
        try {
            Path file = Path.of(SeedIT.class.getResource("/seed/" + program + ".py").toURI());
            return ProcessCommand.at(
                    Path.of("python3"), "-u", file.toString(), Integer.toString(port));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProcessCommand ours(String launcher, int port) {
        return ProcessCommand.of(launcher, "localhost", Integer.toString(port));
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByName("127.0.0.1");
    }

    /** The tutorial's servers cannot choose a free port. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Retries a client until the server is ready; a trial connection would end the tutorial's
     * server.
     */
    private static ProcessResult runOnceAccepted(ProcessCommand client) {
        long startNanos = System.nanoTime();
        while (true) {
            ProcessResult ended = client.run();
            if (!ended.err().contains("connection refused")) {
                return ended;
            }
            assertTrue(System.nanoTime() - startNanos < DEADLINE.toNanos(), "no server");
        }
    }

    @Test
    void tutorialsTcpClientExchangesWithTcpServer() {
        try (RunningProcess server = ours("tcp-server", 0).start()) {
            assertEquals(GREETED, seed("tcp_client", server.port()).run());
            assertEquals("hello sever!", server.awaitOut("hello"));
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertEquals("hello sever!\n", ended.out());
        }
    }

    @Test
    void tcpClientExchangesWithTutorialsTcpServer() throws IOException {
        int port = freePort();
        try (RunningProcess server = seed("tcp_server", port).start()) {
            assertEquals(GREETED, runOnceAccepted(ours("tcp-client", port)));
            assertEquals("hello sever!", server.awaitOut("hello"));
            assertEquals(GREETED, ours("tcp-client", port).run(), "the second time");
        }
    }

    @Test
    void tutorialsUdpClientReachesUdpServer() {
        try (RunningProcess server = ours("udp-server", 0).start()) {
            assertEquals(new ProcessResult(0, "", ""), seed("udp_client", server.port()).run());
            String line = server.awaitOut("received");
            assertTrue(line.matches("received: hello sever! from 127\\.0\\.0\\.1:\\d+"), line);
        }
    }

    @Test
    void udpClientReachesTutorialsUdpServer() throws IOException {
        int port = freePort();
        try (RunningProcess server = seed("udp_server", port).start()) {
            awaitDatagrams(port);
            server.awaitOut("received: probe from ");
            assertEquals(new ProcessResult(0, "", ""), ours("udp-client", port).run());
            String line = server.awaitOut("hello");
            assertTrue(
                    line.matches("received: hello sever! from \\('127\\.0\\.0\\.1', \\d+\\)"),
                    line);
        }
    }

    /** Sends until the port is no longer unreachable. */
    private static void awaitDatagrams(int port) throws IOException {
        long startNanos = System.nanoTime();
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback(), 0))) {
            socket.connect(loopback(), port);
            socket.setSoTimeout(PROBE_MILLIS);
            while (isRefused(socket)) {
                assertTrue(System.nanoTime() - startNanos < DEADLINE.toNanos(), "no server");
            }
        }
    }

    /** Over loopback, the ICMP error has arrived when {@code send} returns. */
    private static boolean isRefused(DatagramSocket socket) throws IOException {
        byte[] probe = "probe".getBytes(StandardCharsets.US_ASCII);
        try {
            socket.send(new DatagramPacket(probe, probe.length));
            socket.receive(new DatagramPacket(new byte[1], 1));
            return false;
        } catch (PortUnreachableException expected) {
            return true;
        } catch (SocketTimeoutException expected) {
            return false;
        }
    }

    @Test
    void bothTcpClientsSendTheSame() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, loopback())) {
            server.setSoTimeout(TIMEOUT_MILLIS);
            int port = server.getLocalPort();
            for (ProcessCommand client :
                    List.of(seed("tcp_client", port), ours("tcp-client", port))) {
                try (RunningProcess launched = client.start();
                        Socket accepted = server.accept()) {
                    accepted.getOutputStream()
                            .write("hello client!".getBytes(StandardCharsets.US_ASCII));
                    accepted.setSoTimeout(TIMEOUT_MILLIS);
                    assertEquals("hello sever!", text(accepted.getInputStream().readAllBytes()));
                    accepted.shutdownOutput();
                    assertEquals(GREETED, launched.end());
                }
            }
        }
    }

    @Test
    void bothTcpServersSendTheSame() throws IOException {
        int port = freePort();
        try (RunningProcess seed = seed("tcp_server", port).start();
                RunningProcess ours = ours("tcp-server", 0).start()) {
            runOnceAccepted(ours("tcp-client", port));
            for (int each : new int[] {port, ours.port()}) {
                try (TcpPeer peer = TcpPeer.connect(each).send("hello sever!")) {
                    assertEquals("hello client!<closed>", peer.awaitEnd());
                }
            }
            assertEquals(seed.awaitOut("hello"), ours.awaitOut("hello"));
        }
    }

    @Test
    void bothUdpClientsSendTheSame() throws IOException {
        try (DatagramSocket server = new DatagramSocket(new InetSocketAddress(loopback(), 0))) {
            server.setSoTimeout(TIMEOUT_MILLIS);
            int port = server.getLocalPort();
            for (ProcessCommand client :
                    List.of(seed("udp_client", port), ours("udp-client", port))) {
                assertEquals(new ProcessResult(0, "", ""), client.run());
                DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                server.receive(packet);
                assertEquals("hello sever!", text(packet.getData(), packet.getLength()));
            }
        }
    }

    private static String text(byte[] bytes) {
        return text(bytes, bytes.length);
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
