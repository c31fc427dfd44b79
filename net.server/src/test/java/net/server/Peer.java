package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A TCP client that performs an exchange step by step. */
final class Peer implements AutoCloseable {
    private final Socket socket;

    private Peer(InetAddress source, InetSocketAddress server) throws IOException {
        socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(source, 0));
            socket.connect(server, (int) Loopback.DEADLINE.toMillis());
            socket.setSoTimeout((int) Loopback.DEADLINE.toMillis());
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    static Peer connect(InetSocketAddress server) throws IOException {
        return new Peer(null, server);
    }

    /** Connects from a numeric address of this machine. */
    static Peer connectFrom(String source, InetSocketAddress server) throws IOException {
        return new Peer(InetAddress.ofLiteral(source), server);
    }

    /** Connects and reads the greeting. */
    static Peer greeted(Server server) throws IOException {
        Peer peer = connect(server.local());
        peer.assertGreeting();
        return peer;
    }

    /** Waits until the server refuses connections. */
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
            // The listening socket was closed during the handshake.
            return false;
        }
    }

    /** Checks an exchange up to the receipt. */
    static void assertServed(Server server, String text) throws IOException {
        try (Peer peer = greeted(server)) {
            peer.send(text).finish().assertReceipt();
        }
    }

    /** Checks that the server resets a connection from an address at once. */
    static void assertRefused(String source, Server server) throws IOException {
        assertRefused(source, server.local());
    }

    /** Checks that the server resets a connection to one of its addresses at once. */
    static void assertRefused(String source, InetSocketAddress server) throws IOException {
        try (Peer peer = connectFrom(source, server)) {
            peer.assertReset();
        } catch (ConnectException e) {
            throw e;
        } catch (SocketException expected) {
            // The reset arrived during the connect.
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

    void assertReads(String text) throws IOException {
        assertEquals(text, new String(read(text.length()), StandardCharsets.US_ASCII));
    }

    /** Reads exactly a number of bytes. */
    byte[] read(int length) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(length);
        assertEquals(length, bytes.length);
        return bytes;
    }

    InetSocketAddress remote() {
        return (InetSocketAddress) socket.getRemoteSocketAddress();
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** Waits for the FIN, without bytes before it. */
    void assertReceipt() throws IOException {
        assertEquals(-1, socket.getInputStream().read());
    }

    /** Waits for a reset, without bytes before it. */
    void assertReset() {
        assertThrows(SocketException.class, () -> socket.getInputStream().read());
    }

    /** Waits for a reset after any number of bytes. */
    void assertResetAfterAll() {
        assertThrows(
                SocketException.class,
                () -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
    }

    /** Checks that for a while neither bytes nor the end arrive. */
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
