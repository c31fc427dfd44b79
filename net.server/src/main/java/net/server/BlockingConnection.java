package net.server;

import net.protocol.Message;
import net.protocol.internal.Preconditions;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Blocking view of a connection, for a user-written service on its virtual thread. */
final class BlockingConnection implements Connection {
    /**
     * Number of operations between yields, since a virtual thread that never blocks is not
     * preempted.
     */
    private static final int OPS_PER_YIELD = 32;

    private final RecordedConnection connection;
    private int operations;

    BlockingConnection(RecordedConnection connection) {
        this.connection = connection;
    }

    @Override
    public InetSocketAddress local() {
        return connection.local();
    }

    @Override
    public InetSocketAddress peer() {
        return connection.peer();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        connection.commitMessages();
        int count = connection.read(target);
        addReceived(count);
        return count;
    }

    @Override
    public int read(ByteBuffer target, Duration timeout) throws IOException {
        Preconditions.requirePositive("timeout", timeout);
        connection.commitMessages();
        // Rounded up, since zero means no timeout.
        long millis = TimeUnit.NANOSECONDS.toMillis(TimeUnit.NANOSECONDS.convert(timeout) - 1) + 1;
        connection.socket().setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
        int offset = target.arrayOffset() + target.position();
        InputStream in = connection.socket().getInputStream();
        int count = in.read(target.array(), offset, target.remaining());
        addReceived(count);
        target.position(target.position() + Math.max(count, 0));
        return count;
    }

    private void addReceived(int count) {
        connection.addReceived(count, System.nanoTime());
        yieldSometimes();
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        connection.commitMessages();
        while (source.hasRemaining()) {
            int count = connection.write(source);
            connection.addSent(count, System.nanoTime());
            yieldSometimes();
        }
    }

    @Override
    public void record(Message message, long received) throws IOException {
        connection.record(message, received);
        yieldSometimes();
    }

    private void yieldSometimes() {
        operations++;
        if (operations % OPS_PER_YIELD == 0) {
            Thread.yield();
        }
    }
}
