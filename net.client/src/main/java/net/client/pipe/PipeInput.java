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

/** The input of a pipe. */
final class PipeInput implements Closeable {
    /** Pause between attempts on a non-blocking channel that is not ready. */
    static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ReadableByteChannel in;
    private final boolean isFile;
    private volatile boolean isAwaited;
    private volatile long awaitedNanos;

    PipeInput(ReadableByteChannel in) {
        this.in = in;
        this.isFile = isFile(in);
    }

    /** Returns whether the input is a regular file; pipes and terminals have no size. */
    private static boolean isFile(ReadableByteChannel in) {
        try {
            return in instanceof FileChannel file && file.size() > 0;
        } catch (IOException expected) {
            // The first read reports the failure.
            return false;
        }
    }

    /** Reads at least one byte; returns -1 at the end. */
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

    /** Returns the duration of the pending read; zero if there is none, or for a file. */
    long silentNanos(long nowNanos) {
        return isAwaited && !isFile ? Math.max(0, nowNanos - awaitedNanos) : 0;
    }

    @Override
    public void close() {
        Closeables.closeQuietly(in);
    }
}
