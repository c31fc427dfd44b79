package net.server;

import net.protocol.Message;
import net.protocol.Transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An accepted connection. It is set to abort from the start, so that a server that dies or fails
 * leaves its peer with a reset; only {@link #closeInOrder} is a receipt.
 */
final class NioConnection implements Connection, AutoCloseable {
    /** After so many reads, writes and messages others get their turn, though nothing blocked. */
    private static final int TURN = 32;

    private final SocketChannel channel;
    private final InetSocketAddress local;
    private final InetSocketAddress peer;
    private final MessageRecorder recorder;
    private final long startNanos = System.nanoTime();
    private final AtomicReference<CloseReason> aborted = new AtomicReference<>();
    private volatile Closeable cut;
    private volatile long activeNanos = startNanos;
    private volatile long bytesReceived;
    private volatile long bytesSent;
    private int turns;

    /** Takes a channel over, which the caller closes if this throws. */
    NioConnection(
            SocketChannel channel,
            SocketSettings settings,
            ServerListener listener,
            Counters counters)
            throws IOException {
        this.channel = channel;
        this.recorder = new MessageRecorder(listener, counters);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        settings.applyToSender(channel);
        cut = channel;
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
        int count = channel.read(target);
        received(count, System.nanoTime());
        turn();
        return count;
    }

    /** Reads what has come at a time; on a connection that never blocks, that may be nothing. */
    int receive(ByteBuffer target, long nowNanos) throws IOException {
        return received(channel.read(target), nowNanos);
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
        InputStream in = channel.socket().getInputStream();
        int count = in.read(target.array(), offset, target.remaining());
        received(count, System.nanoTime());
        turn();
        target.position(target.position() + Math.max(count, 0));
        return count;
    }

    private int received(int count, long nowNanos) {
        if (count > 0) {
            bytesReceived += count;
        }
        activeNanos = nowNanos;
        return count;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        recorder.commit();
        while (source.hasRemaining()) {
            int count = channel.write(source);
            sent(count, System.nanoTime());
            turn();
        }
    }

    /** Writes at a time; on a connection that never blocks, as much as there is room for. */
    void send(ByteBuffer source, long nowNanos) throws IOException {
        sent(channel.write(source), nowNanos);
    }

    private void sent(int count, long nowNanos) {
        if (count > 0) {
            bytesSent += count;
            activeNanos = nowNanos;
        }
    }

    /** From now on reads and writes do not wait, but for messages to be recorded. */
    void unblock() throws IOException {
        channel.configureBlocking(false);
    }

    SelectionKey register(EventLoop loop, int operations, EventLoop.Ready ready)
            throws IOException {
        return loop.register(channel, operations, ready);
    }

    /** Says how to cut it off, other than to close its socket from another thread. */
    void cutBy(Closeable other) {
        cut = other;
    }

    private void turn() {
        turns++;
        if (turns % TURN == 0) {
            Thread.yield();
        }
    }

    @Override
    public void take(Message message, long received) throws IOException {
        record(message, received);
        turn();
    }

    /** Hands a message to the listener, of a connection that leaves turns to its loop. */
    void record(Message message, long received) throws IOException {
        recorder.take(
                new ReceivedMessage(Instant.now(), Transport.TCP, local, peer, message, received));
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

    /** Gives up what was taken: it was lost together with what others handed over. */
    void lose() {
        recorder.lose();
    }

    /** Closes with a reset and for a reason, unless another one came first. */
    void abort(CloseReason reason) throws IOException {
        mark(reason);
        cut.close();
    }

    /** Says why it ends, unless another reason came first. */
    void mark(CloseReason reason) {
        aborted.compareAndSet(null, reason);
    }

    /** Closes with a FIN, which is a receipt if messages were taken; returns how it ended. */
    CloseReason closeInOrder() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, -1);
            channel.close();
            return recorder.messages() > 0 ? CloseReason.RECEIPT : CloseReason.CLOSED;
        } catch (IOException expected) {
            // Cut off by another thread.
            return endAfter(expected);
        }
    }

    /** Returns what a failure of the service says about the end of this connection. */
    CloseReason endAfter(Exception failure) {
        try {
            commit();
        } catch (IOException expected) {
            // The listener has been told.
            return CloseReason.UNRECORDED;
        }
        CloseReason reason = aborted.get();
        if (reason != null) {
            return reason;
        }
        return switch (failure) {
            case ProtocolException e -> CloseReason.PROTOCOL;
            case IOException e -> CloseReason.RESET;
            default -> CloseReason.FAILED;
        };
    }

    /** Returns what the connection was, now that it has ended. */
    Session session(CloseReason end) {
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
