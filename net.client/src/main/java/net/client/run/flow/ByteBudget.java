package net.client.run.flow;

import java.util.OptionalLong;

/** Number of bytes left to transfer, shared by the streams of a bulk run. Not thread-safe. */
final class ByteBudget {
    private long remaining;

    ByteBudget(OptionalLong bytes) {
        this.remaining = bytes.orElse(Long.MAX_VALUE);
    }

    boolean isSpent() {
        return remaining <= 0;
    }

    /** Returns the smaller of a number of bytes and the remaining budget. */
    int limit(int bytes) {
        return (int) Math.min(bytes, remaining);
    }

    void spend(long bytes) {
        remaining -= bytes;
    }
}
