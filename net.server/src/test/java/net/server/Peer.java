package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A TCP client that takes an exchange step by step. */
final class Peer implements AutoCloseable {
    private final Socket socket;

    private Peer(InetSocketAddress server) throws IOException {
        socket = new Socket();
        try {
            socket.connect(server, (int) Loopback.DEADLINE.toMillis());
            socket.setSoTimeout((int) Loopback.DEADLINE.toMillis());
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    static Peer connect(InetSocketAddress server) throws IOException {
        return new Peer(server);
    }

    /** Connects and takes the greeting. */
    static Peer greeted(Server server) throws IOException {
        Peer peer = new Peer(server.local());
        peer.assertGreeting();
        return peer;
    }

    /** Waits until the server lets nobody in. */
    static void awaitRefusal(Server server) {
        Loopback.await(() -> isRefused(server));
    }

    private static boolean isRefused(Server server) {
        try {
            connect(server.local()).close();
            return false;
        } catch (ConnectException expected) {
            return true;
        } catch (IOException expected) {
            // The listening socket went away in the middle of the handshake.
            return false;
        }
    }

    /** Checks a whole exchange, receipt included. */
    static void assertServed(Server server, String text) throws IOException {
        try (Peer peer = greeted(server)) {
            peer.send(text).finish().assertReceipt();
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    Peer send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    Peer send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Half-closes. */
    Peer finish() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Closes with a reset. */
    void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void assertGreeting() throws IOException {
        byte[] greeting = socket.getInputStream().readNBytes(13);
        assertEquals("hello client!", new String(greeting, StandardCharsets.US_ASCII));
    }

    /** Waits for the orderly end, with nothing before it. */
    void assertReceipt() throws IOException {
        assertEquals(-1, socket.getInputStream().read());
    }

    /** Waits for a reset, with nothing before it. */
    void assertReset() {
        assertThrows(SocketException.class, () -> socket.getInputStream().read());
    }

    /** Watches for a while that nothing comes: no byte, no end. */
    void assertSilence() throws IOException {
        socket.setSoTimeout((int) Loopback.WATCH.toMillis());
        assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
        socket.setSoTimeout((int) Loopback.DEADLINE.toMillis());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
