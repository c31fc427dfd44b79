package net.server.loop;

import java.util.concurrent.TimeUnit;

/** Limits the work in one phase of a tick, over all connections, by bytes and by time. */
final class WorkBudget {
    /** Bytes received and sent from which on busy connections wait for the next tick. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    /** Time after which they wait, too, as with a slow listener. */
    private static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private long bytes;
    private long startBytes;
    private long startNanos;

    /** Begins a phase. */
    void begin() {
        startBytes = bytes;
        startNanos = System.nanoTime();
    }

    void add(int count) {
        bytes += count;
    }

    /** Returns the bytes so far, in all phases. */
    long bytes() {
        return bytes;
    }

    boolean isSpent() {
        return isSpentByBytes() || System.nanoTime() - startNanos >= MAX_NANOS;
    }

    /** Returns whether the bytes are spent, without reading the clock. */
    boolean isSpentByBytes() {
        return bytes - startBytes >= MAX_BYTES;
    }
}
