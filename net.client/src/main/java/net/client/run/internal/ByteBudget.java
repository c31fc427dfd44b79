package net.client.run.internal;

import java.util.OptionalLong;

/** How many bytes the streams of a bulk run may still move, all together; for one thread. */
final class ByteBudget {
    private long left;

    ByteBudget(OptionalLong bytes) {
        this.left = bytes.orElse(Long.MAX_VALUE);
    }

    boolean isSpent() {
        return left <= 0;
    }

    /** Returns how much of so many bytes there is left. */
    int limit(int bytes) {
        return (int) Math.min(bytes, left);
    }

    void spend(long bytes) {
        left -= bytes;
    }
}
