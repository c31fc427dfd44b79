package net.client.run.internal;

import java.nio.ByteBuffer;

/** A block of bytes that comes over and over, in pieces of any size. */
final class RepeatingPattern {
    private final ByteBuffer block;
    private int at;

    RepeatingPattern(ByteBuffer block) {
        this.block = block.duplicate();
    }

    /** Takes the next piece, up to where it differs; returns whether it did not. */
    boolean take(ByteBuffer in) {
        int end = in.limit();
        while (in.position() < end) {
            int count = Math.min(end - in.position(), block.capacity() - at);
            in.limit(in.position() + count);
            block.limit(at + count).position(at);
            int mismatch = in.mismatch(block);
            in.position(mismatch < 0 ? in.limit() : in.position() + mismatch).limit(end);
            if (mismatch >= 0) {
                return false;
            }
            at = (at + count) % block.capacity();
        }
        return true;
    }
}
