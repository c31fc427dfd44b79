package net.server.loop;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * An accepted connection with its traffic counts. It is set to reset on close, also if the server
 * fails or is killed; only {@link #closeOrderly} sends a FIN.
 *
 * <p>Used only by the thread that serves it, except for the accessors and {@link #abort}.
 */
public class TcpConnection implements AutoCloseable {
    private final SocketChannel channel;
    private final InetSocketAddress local;
    private final InetSocketAddress peer;
    private final long startNanos = System.nanoTime();

    /** Present after {@link #register}. Used on the thread of the loop. */
    private Optional<ConnectionKey> key = Optional.empty();

    private volatile Closeable abortAction;
    private volatile long activeNanos = startNanos;
    private volatile long bytesReceived;
    private volatile long bytesSent;

    /** Takes over a channel, which the caller closes if this throws. */
    public TcpConnection(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        abortAction = channel;
        local = (InetSocketAddress) channel.getLocalAddress();
        peer = (InetSocketAddress) channel.getRemoteAddress();
    }

    /** Returns the server's address. */
    public final InetSocketAddress local() {
        return local;
    }

    /** Returns the client's address. */
    public final InetSocketAddress peer() {
        return peer;
    }

    /** Returns the time at which the connection was accepted. */
    public final long startNanos() {
        return startNanos;
    }

    /** Returns the time at which a byte was last sent or received. */
    public final long activeNanos() {
        return activeNanos;
    }

    /** Returns the number of bytes received. */
    public final long bytesReceived() {
        return bytesReceived;
    }

    /** Returns the number of bytes sent. */
    public final long bytesSent() {
        return bytesSent;
    }

    /** Makes reads and writes non-blocking. */
    public final void configureNonBlocking() throws IOException {
        channel.configureBlocking(false);
    }

    /** Registers the channel with an event loop. */
    public final ConnectionKey register(EventLoop loop, int operations, LoopHandler handler)
            throws IOException {
        key = Optional.of(loop.register(channel, operations, handler));
        return key.get();
    }

    /** Returns whether the event loop has postponed reads and writes in favour of others. */
    final boolean isWaiting() {
        return key.isPresent() && key.get().isWaiting();
    }

    /** Returns the socket, for reads with a timeout. */
    public final Socket socket() {
        return channel.socket();
    }

    /** Reads into a buffer, as {@link SocketChannel#read(ByteBuffer)} does. */
    public final int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    /** Counts the result of a read. */
    public final void addReceived(int count, long nowNanos) {
        if (count > 0) {
            bytesReceived += count;
        }
        activeNanos = nowNanos;
    }

    /** Writes from a buffer, as {@link SocketChannel#write(ByteBuffer)} does. */
    public final int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    /** Counts the result of a write. */
    public final void addSent(int count, long nowNanos) {
        if (count > 0) {
            bytesSent += count;
            activeNanos = nowNanos;
        }
    }

    /** Sets the action of {@link #abort}, which otherwise closes the channel. */
    public final void onAbort(Closeable action) {
        abortAction = action;
    }

    /** Resets the connection. Thread-safe. */
    public final void abort() throws IOException {
        abortAction.close();
    }

    /** Closes with a FIN. */
    public final void closeOrderly() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, -1);
        channel.close();
    }

    /** Closes with a reset, unless the connection is closed. */
    @Override
    public final void close() throws IOException {
        channel.close();
    }
}
