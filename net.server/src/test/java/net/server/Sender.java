package net.server;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A UDP client. */
final class Sender implements AutoCloseable {
    private final DatagramSocket socket;

    /** Sends from a numeric address. */
    Sender(String host) throws SocketException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
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

    /** Watches for a while that nothing comes. */
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
