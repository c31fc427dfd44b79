package net.client.run.flow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes a block repeatedly to a non-blocking channel, within a byte budget. */
final class BlockWriter {
    /** Maximum writes per call, which limits streams of small blocks. */
    private static final int MAX_WRITES = 64;

    private final ByteBuffer block;
    private final ByteBudget budget;
    private long written;
    private boolean isFull;

    BlockWriter(ByteBuffer block, ByteBudget budget) {
        this.block = block.duplicate();
        this.budget = budget;
    }

    /**
     * Writes until the send buffer is full or a limit is reached. {@link #written} is also valid
     * after an exception.
     */
    void write(WritableByteChannel channel, long maxBytes) throws IOException {
        written = 0;
        isFull = false;
        for (int i = 0; i < MAX_WRITES && written < maxBytes && !isFull && !budget.isSpent(); i++) {
            if (block.position() == block.capacity()) {
                block.rewind();
            }
            int size = (int) Math.min(block.capacity() - block.position(), maxBytes - written);
            block.limit(block.position() + budget.limit(size));
            int count = channel.write(block);
            written += count;
            budget.spend(count);
            isFull = block.hasRemaining();
        }
    }

    /** Returns the number of bytes that the last call has written. */
    long written() {
        return written;
    }

    /** Returns whether the send buffer was full at the end of the last call. */
    boolean isFull() {
        return isFull;
    }
}
