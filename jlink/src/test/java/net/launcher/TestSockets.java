package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Plain sockets for servers in this process, on 127.0.0.1. */
public final class TestSockets {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int TIMEOUT_MILLIS = 30_000;

    private TestSockets() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static Socket tcp(RunningLauncher server) throws IOException, InterruptedException {
        Socket socket = new Socket(LOOPBACK, Integer.parseInt(server.port()));
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /** Sends bytes, half-closes, and returns all bytes received. */
    public static byte[] exchange(RunningLauncher server, byte[] request)
            throws IOException, InterruptedException {
        try (Socket socket = tcp(server)) {
            return exchange(socket, request);
        }
    }

    public static byte[] exchange(Socket socket, byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        socket.shutdownOutput();
        return socket.getInputStream().readAllBytes();
    }

    public static String exchange(RunningLauncher server, String request)
            throws IOException, InterruptedException {
        return new String(exchange(server, bytes(request)), StandardCharsets.UTF_8);
    }

    /** Reads to the end, which must be a reset. */
    public static void assertReset(Socket socket) {
        SocketException reset =
                assertThrows(SocketException.class, () -> socket.getInputStream().readAllBytes());
        assertEquals("Connection reset", reset.getMessage());
    }

    public static DatagramSocket udp() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    public static void send(DatagramSocket socket, RunningLauncher server, byte[] payload)
            throws IOException, InterruptedException {
        InetSocketAddress to = new InetSocketAddress(LOOPBACK, Integer.parseInt(server.port()));
        socket.send(new DatagramPacket(payload, payload.length, to));
    }

    public static byte[] receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }
}
