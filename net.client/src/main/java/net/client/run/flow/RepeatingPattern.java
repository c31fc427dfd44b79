package net.client.run.flow;

import java.nio.ByteBuffer;

/** Compares a byte stream with a block that repeats, in pieces of any size. */
final class RepeatingPattern {
    private final ByteBuffer block;
    private int offset;

    RepeatingPattern(ByteBuffer block) {
        this.block = block.duplicate();
    }

    /** Reads the next piece up to the first byte that differs; returns whether all bytes match. */
    boolean matchNext(ByteBuffer in) {
        int end = in.limit();
        while (in.position() < end) {
            int count = Math.min(end - in.position(), block.capacity() - offset);
            in.limit(in.position() + count);
            block.limit(offset + count).position(offset);
            int mismatch = in.mismatch(block);
            in.position(mismatch < 0 ? in.limit() : in.position() + mismatch).limit(end);
            if (mismatch >= 0) {
                return false;
            }
            offset = (offset + count) % block.capacity();
        }
        return true;
    }
}
