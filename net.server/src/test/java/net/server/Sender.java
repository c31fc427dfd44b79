package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A UDP client. */
final class Sender implements AutoCloseable {
    private final DatagramSocket socket;

    /** Sends from a numeric address. */
    Sender(String host) throws SocketException {
        this(host, 0);
    }

    /** Sends from a numeric address and a port. */
    Sender(String host, int port) throws SocketException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(host), port));
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void send(String text, InetSocketAddress server) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8), server);
    }

    void send(byte[] bytes, InetSocketAddress server) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, server));
    }

    /** Waits for a datagram and returns its payload. */
    byte[] receive() throws IOException {
        socket.setSoTimeout((int) Loopback.DEADLINE.toMillis());
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    void assertReceives(String text) throws IOException {
        assertEquals(text, new String(receive(), StandardCharsets.UTF_8));
    }

    /** Checks that for a while no datagram arrives. */
    void assertSilence() throws IOException {
        socket.setSoTimeout((int) Loopback.WATCH.toMillis());
        DatagramPacket packet = new DatagramPacket(new byte[1], 1);
        assertThrows(SocketTimeoutException.class, () -> socket.receive(packet));
    }

    @Override
    public void close() {
        socket.close();
    }
}
