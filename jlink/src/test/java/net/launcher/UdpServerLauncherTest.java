package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** {@code udp-server} from its first line to its exit status. */
class UdpServerLauncherTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static RunningLauncher server(String... args) {
        return RunningLauncher.start(new UdpServerLauncher(), args);
    }

    private static void send(DatagramSocket socket, RunningLauncher server, String message)
            throws IOException, InterruptedException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        InetSocketAddress to = new InetSocketAddress(LOOPBACK, Integer.parseInt(server.port()));
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    @Test
    void interruptExitsWith0AndASummary() throws Exception {
        try (RunningLauncher server = server("127.0.0.1", "0");
                DatagramSocket peer = new DatagramSocket(0, LOOPBACK)) {
            String from = " from 127.0.0.1:" + peer.getLocalPort() + "\n";
            send(peer, server, "a\nb");
            send(peer, server, "");
            send(peer, server, "c from 192.0.2.1:9");
            // Datagrams received before the end are recorded, so there is no need to wait.
            assertEquals(0, server.interrupt().status());
            assertEquals(
                    "received: a\\x0Ab"
                            + from
                            + "received: "
                            + from
                            + "received: c from 192.0.2.1:9"
                            + from,
                    server.out());
            String expected =
                    "udp-server: listening on 127\\.0\\.0\\.1:"
                            + server.port()
                            + "\nudp-server: datagram from "
                            + from.strip().substring("from ".length())
                            + " is empty\n"
                            + "udp-server: 3 messages from 3 datagrams, 21 B received, 0 B sent, 0"
                            + " truncated, 0 dropped, up \\d+\\.\\d\\d? m?s\n";
            assertTrue(server.err().matches(expected), server::err);
        }
    }

    @Test
    void reportsATruncatedDatagram() throws Exception {
        try (RunningLauncher server = server("127.0.0.1", "0");
                DatagramSocket peer = new DatagramSocket(0, LOOPBACK)) {
            String from = "127.0.0.1:" + peer.getLocalPort();
            send(peer, server, "a".repeat(1025));
            assertEquals(
                    "udp-server: message from " + from + " truncated: kept 1024 of 1025 bytes",
                    server.awaitErr("truncated: "));
            assertEquals(0, server.interrupt().status());
            assertEquals("received: " + "a".repeat(1024) + " from " + from + "\n", server.out());
        }
    }

    @Test
    void jsonHasAnEventForAnEmptyDatagram() throws Exception {
        try (RunningLauncher server = server("--format", "json", "127.0.0.1", "0");
                DatagramSocket peer = new DatagramSocket(0, LOOPBACK)) {
            send(peer, server, "");
            String line = server.awaitOut("\"message\"");
            assertEquals(0, Events.parseLine(line).get("bytes").asInt());
            assertEquals("", Events.parseLine(line).get("text").asText());
            assertEquals("udp", Events.parseLine(line).get("transport").asText());
        }
    }
}
