package net.client.pipe;

import net.client.internal.Closeables;
import net.client.pipe.PipeException.End;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Where a pipe reads what it sends. */
final class PipeInput implements Closeable {
    /** How long to leave a channel alone that does not block, and has nothing or takes nothing. */
    static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ReadableByteChannel in;
    private final boolean isFile;
    private volatile boolean isAwaited;
    private volatile long awaitedNanos;

    PipeInput(ReadableByteChannel in) {
        this.in = in;
        this.isFile = isFile(in);
    }

    /** A disk is slow at times, but never silent; pipes and terminals have no size. */
    private static boolean isFile(ReadableByteChannel in) {
        try {
            return in instanceof FileChannel file && file.size() > 0;
        } catch (IOException expected) {
            // Reading it will tell.
            return false;
        }
    }

    /** Reads some bytes; returns -1 at the end. */
    int read(ByteBuffer buffer) throws PipeException {
        awaitedNanos = System.nanoTime();
        isAwaited = true;
        try {
            int count = in.read(buffer);
            while (count == 0) {
                LockSupport.parkNanos(this, PAUSE_NANOS);
                count = in.read(buffer);
            }
            return count;
        } catch (IOException e) {
            throw new PipeException(End.INPUT, e);
        } finally {
            isAwaited = false;
        }
    }

    /** Returns for how long a read has waited; zero if none does. */
    long silentNanos(long nowNanos) {
        return isAwaited && !isFile ? Math.max(0, nowNanos - awaitedNanos) : 0;
    }

    @Override
    public void close() {
        Closeables.closeQuietly(in);
    }
}
