package net.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * An accepted connection. It is set to abort from the start, so that a server that dies or fails
 * leaves its peer with a reset; only {@link #closeInOrder} is a receipt.
 */
final class Connection implements AutoCloseable {
    private final SocketChannel channel;
    private final InputStream in;
    private final InetSocketAddress local;
    private final InetSocketAddress peer;
    private final long startNanos = System.nanoTime();
    private long bytesReceived;
    private long bytesSent;

    Connection(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        in = channel.socket().getInputStream();
        local = (InetSocketAddress) channel.getLocalAddress();
        peer = (InetSocketAddress) channel.getRemoteAddress();
    }

    InetSocketAddress local() {
        return local;
    }

    InetSocketAddress peer() {
        return peer;
    }

    long bytesReceived() {
        return bytesReceived;
    }

    long bytesSent() {
        return bytesSent;
    }

    /** Tells whether this side has not closed it. */
    boolean isOpen() {
        return channel.isOpen();
    }

    long ageNanos() {
        return System.nanoTime() - startNanos;
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            bytesSent += channel.write(bytes);
        }
    }

    /**
     * Reads what has come, or waits for it.
     *
     * @return the number of bytes, or -1 after the peer's FIN
     * @throws SocketTimeoutException if nothing came in time; the connection is as it was
     */
    int read(byte[] array, int offset, int length, long timeoutNanos) throws IOException {
        if (timeoutNanos <= 0) {
            throw new SocketTimeoutException();
        }
        // Rounded up, since zero would mean to wait for ever.
        long millis = TimeUnit.NANOSECONDS.toMillis(timeoutNanos - 1) + 1;
        channel.socket().setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
        int count = in.read(array, offset, length);
        bytesReceived += Math.max(count, 0);
        return count;
    }

    /** Returns what the connection was, now that it has ended. */
    Session session(SessionEnd end) {
        Duration duration = Duration.ofNanos(ageNanos());
        return new Session(local, peer, bytesReceived, bytesSent, duration, end);
    }

    /** Closes with a FIN: the receipt. */
    void closeInOrder() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, -1);
        channel.close();
    }

    /** Closes with a reset, unless it is closed already. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
