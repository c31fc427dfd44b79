package net.launcher.image;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A raw UDP client. */
final class UdpPeer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int MAX_BYTES = 2048;
    private static final InetAddress SERVER = InetAddress.ofLiteral("127.0.0.1");

    private final DatagramSocket socket;
    private final InetSocketAddress server;

    private UdpPeer(DatagramSocket socket, InetSocketAddress server) {
        this.socket = socket;
        this.server = server;
    }

    /** Sends from one of the loopback addresses. */
    static UdpPeer of(String from, int port) throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral(from));
        return new UdpPeer(socket, new InetSocketAddress(SERVER, port));
    }

    UdpPeer send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, server));
        return this;
    }

    /** Waits for an answer. */
    String receive() throws IOException {
        return receive(TIMEOUT_MILLIS);
    }

    /** Receives without waiting; returns whether there was a reply. */
    boolean hasAnswer() throws IOException {
        try {
            receive(1);
            return true;
        } catch (SocketTimeoutException expected) {
            return false;
        }
    }

    private String receive(int timeoutMillis) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        socket.setSoTimeout(timeoutMillis);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        socket.close();
    }
}
