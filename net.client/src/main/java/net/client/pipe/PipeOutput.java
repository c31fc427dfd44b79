package net.client.pipe;

import net.client.internal.Closeables;
import net.client.pipe.PipeException.End;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.LockSupport;

/** The output of a pipe. */
final class PipeOutput implements Closeable {
    private final WritableByteChannel out;

    PipeOutput(WritableByteChannel out) {
        this.out = out;
    }

    /** Writes all remaining bytes. */
    void write(ByteBuffer bytes) throws PipeException {
        try {
            while (bytes.hasRemaining()) {
                if (out.write(bytes) == 0) {
                    LockSupport.parkNanos(this, PipeInput.PAUSE_NANOS);
                }
            }
        } catch (IOException e) {
            throw new PipeException(End.OUTPUT, e);
        }
    }

    @Override
    public void close() {
        Closeables.closeQuietly(out);
    }
}
