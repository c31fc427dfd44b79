package net.launcher.metrics;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A histogram of times with fixed buckets, from 50 µs to 10 s. Written by one thread; others read
 * consistent snapshots.
 */
final class LatencyBuckets {
    /** The upper bounds of the buckets in seconds, as the value of the label {@code le}. */
    static final String[] LABELS = {
        "5e-05", "0.0001", "0.00025", "0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05",
        "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "10.0", "+Inf"
    };

    private static final long MICRO = 1_000;

    private static final long[] BOUNDS = {
        50 * MICRO,
        100 * MICRO,
        250 * MICRO,
        500 * MICRO,
        1_000 * MICRO,
        2_500 * MICRO,
        5_000 * MICRO,
        10_000 * MICRO,
        25_000 * MICRO,
        50_000 * MICRO,
        100_000 * MICRO,
        250_000 * MICRO,
        500_000 * MICRO,
        1_000_000 * MICRO,
        2_500_000 * MICRO,
        5_000_000 * MICRO,
        10_000_000 * MICRO
    };

    /** Attempts to read between two changes; the writer needs far less time than a reader. */
    private static final int MAX_READS = 1_000;

    /**
     * Counts by bucket, and their sum in nanoseconds.
     *
     * @param counts times above the bound of the bucket before, up to that of this one
     */
    record Snapshot(long[] counts, long sumNanos) {
        /** Returns the times of both. */
        Snapshot plus(Snapshot other) {
            long[] sums = counts.clone();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += other.counts[i];
            }
            return new Snapshot(sums, sumNanos + other.sumNanos);
        }
    }

    private final long[] counts = new long[LABELS.length];
    private long sumNanos;

    /** Number of changes begun and ended: odd during a change. */
    private final AtomicLong version = new AtomicLong();

    /** Adds a time. */
    void record(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
            bucket++;
        }
        long changes = version.getPlain();
        version.setOpaque(changes + 1);
        VarHandle.storeStoreFence();
        counts[bucket]++;
        sumNanos += nanos;
        version.setRelease(changes + 2);
    }

    /** Returns the times so far. */
    Snapshot snapshot() {
        for (int i = 0; ; i++) {
            long before = version.getAcquire();
            Snapshot snapshot = new Snapshot(counts.clone(), sumNanos);
            VarHandle.loadLoadFence();
            boolean isStable = before % 2 == 0 && before == version.getOpaque();
            if (isStable || i == MAX_READS) {
                return snapshot;
            }
            Thread.onSpinWait();
        }
    }
}
