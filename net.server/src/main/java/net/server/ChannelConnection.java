package net.server;

import net.protocol.Message;
import net.protocol.Transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An accepted connection. It is set to abort from the start, so that a server that dies or fails
 * leaves its peer with a reset; only {@link #closeInOrder} is a receipt.
 */
final class ChannelConnection implements Connection, AutoCloseable {
    /** After so many reads, writes and messages others get their turn, though nothing blocked. */
    private static final int TURN = 32;

    private final SocketChannel channel;
    private final InputStream in;
    private final InetSocketAddress local;
    private final InetSocketAddress peer;
    private final Recorder recorder;
    private final long startNanos = System.nanoTime();
    private final AtomicReference<SessionEnd> aborted = new AtomicReference<>();
    private volatile long activeNanos = startNanos;
    private volatile long bytesReceived;
    private volatile long bytesSent;
    private int turns;

    /** Takes a channel over, which the caller closes if this throws. */
    ChannelConnection(
            SocketChannel channel,
            SocketSettings settings,
            ServerListener listener,
            Counters counters)
            throws IOException {
        this.channel = channel;
        this.recorder = new Recorder(listener, counters);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        settings.applyToSender(channel);
        in = channel.socket().getInputStream();
        local = (InetSocketAddress) channel.getLocalAddress();
        peer = (InetSocketAddress) channel.getRemoteAddress();
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public InetSocketAddress peer() {
        return peer;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        recorder.commit();
        return received(channel.read(target));
    }

    @Override
    public int read(ByteBuffer target, Duration timeout) throws IOException {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout must be above zero: " + timeout);
        }
        recorder.commit();
        // Rounded up, since zero would mean to wait for ever.
        long millis = TimeUnit.NANOSECONDS.toMillis(TimeUnit.NANOSECONDS.convert(timeout) - 1) + 1;
        channel.socket().setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
        int offset = target.arrayOffset() + target.position();
        int count = received(in.read(target.array(), offset, target.remaining()));
        target.position(target.position() + Math.max(count, 0));
        return count;
    }

    private int received(int count) {
        if (count > 0) {
            bytesReceived += count;
        }
        moved();
        return count;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        recorder.commit();
        while (source.hasRemaining()) {
            bytesSent += channel.write(source);
            moved();
        }
    }

    private void moved() {
        activeNanos = System.nanoTime();
        turn();
    }

    private void turn() {
        turns++;
        if (turns % TURN == 0) {
            Thread.yield();
        }
    }

    @Override
    public void take(Message message, long received) throws IOException {
        recorder.take(
                new ReceivedMessage(Instant.now(), Transport.TCP, local, peer, message, received));
        turn();
    }

    long bytesReceived() {
        return bytesReceived;
    }

    long bytesSent() {
        return bytesSent;
    }

    long startNanos() {
        return startNanos;
    }

    /** Tells whether it waits for the server's own listener, which is no fault of the peer. */
    boolean isRecording() {
        return recorder.isBusy();
    }

    /** When a byte last came or went. */
    long activeNanos() {
        return activeNanos;
    }

    /** Has what was taken recorded, once the service is done; throws if anything was not. */
    void commit() throws IOException {
        recorder.commit();
        if (recorder.hasFailed()) {
            throw new IOException("message not recorded");
        }
    }

    /** Closes with a reset and for a reason, unless another one came first. */
    void abort(SessionEnd reason) throws IOException {
        aborted.compareAndSet(null, reason);
        channel.close();
    }

    /** Closes with a FIN, which is a receipt if messages were taken; returns how it ended. */
    SessionEnd closeInOrder() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, -1);
            channel.close();
            return recorder.messages() > 0 ? SessionEnd.RECEIPT : SessionEnd.CLOSED;
        } catch (IOException expected) {
            // Cut off by another thread.
            return endAfter(expected);
        }
    }

    /** Returns what a failure of the service says about the end of this connection. */
    SessionEnd endAfter(Exception failure) {
        try {
            commit();
        } catch (IOException expected) {
            // The listener has been told.
            return SessionEnd.UNRECORDED;
        }
        SessionEnd reason = aborted.get();
        if (reason != null) {
            return reason;
        }
        return switch (failure) {
            case ProtocolException e -> SessionEnd.PROTOCOL;
            case IOException e -> SessionEnd.RESET;
            default -> SessionEnd.FAILED;
        };
    }

    /** Returns what the connection was, now that it has ended. */
    Session session(SessionEnd end) {
        Duration duration = Duration.ofNanos(System.nanoTime() - startNanos);
        return new Session(
                local, peer, recorder.messages(), bytesReceived, bytesSent, duration, end);
    }

    /** Closes with a reset, unless it is closed already. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
