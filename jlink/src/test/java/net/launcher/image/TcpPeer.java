package net.launcher.image;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A raw TCP client, controlled step by step. */
final class TcpPeer implements AutoCloseable {
    static final String GREETING = "hello client!";

    /** How long a peer waits for a connection and for each read. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final InetAddress SERVER = InetAddress.ofLiteral("127.0.0.1");

    private final Socket socket;

    private TcpPeer(Socket socket) {
        this.socket = socket;
    }

    static TcpPeer connect(int port) throws IOException {
        return connect(SERVER.getHostAddress(), port);
    }

    /** Connects from a loopback address. */
    static TcpPeer connect(String from, int port) throws IOException {
        Socket socket = new Socket();
        try {
            if (!from.equals(SERVER.getHostAddress())) {
                socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
            }
            socket.connect(new InetSocketAddress(SERVER, port), (int) TIMEOUT.toMillis());
            return new TcpPeer(socket).readTimeout(TIMEOUT);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Connects, and reads the greeting. */
    static TcpPeer greeted(int port) throws IOException {
        TcpPeer peer = connect(port);
        peer.read(GREETING.length());
        return peer;
    }

    /** Sends a message and half-closes. */
    TcpPeer send(String message) throws IOException {
        return write(message).halfClose();
    }

    TcpPeer write(String text) throws IOException {
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    TcpPeer write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    TcpPeer halfClose() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Reads a number of characters, or fewer at the end of input. */
    String read(int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    /** Reads to the end, and returns the text followed by {@code <closed>} or {@code <reset>}. */
    String awaitEnd() throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                text.append((char) b);
            }
            return text + "<closed>";
        } catch (SocketException e) {
            return text + "<reset>";
        }
    }

    /** Limits the time that each read waits. */
    TcpPeer readTimeout(Duration timeout) throws IOException {
        socket.setSoTimeout((int) timeout.toMillis());
        return this;
    }

    int localPort() {
        return socket.getLocalPort();
    }

    /** Waits until a port is closed. */
    static void awaitRefusal(int port) throws IOException {
        long startNanos = System.nanoTime();
        while (System.nanoTime() - startNanos < TIMEOUT.toNanos()) {
            try {
                connect(port).close();
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            } catch (ConnectException expected) {
                return;
            } catch (SocketException expected) {
                // The listener closed meanwhile: retry.
            }
        }
        throw new IOException("port is still open: " + port);
    }

    /** Ends the connection with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
