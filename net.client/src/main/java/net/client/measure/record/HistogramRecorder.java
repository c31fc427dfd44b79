package net.client.measure.record;

import net.client.measure.Histogram;

import java.util.OptionalLong;

/**
 * Records durations for a {@link Histogram}. 33,792 counters of 8 bytes, allocated when they are
 * first used. Not thread-safe.
 */
public final class HistogramRecorder {
    private static final BucketScale SCALE = new BucketScale(11);

    private final BucketCounts counts = new BucketCounts(SCALE);
    private final Moments moments = new Moments();
    private long min = Long.MAX_VALUE;
    private long max;

    /**
     * Records a duration, in constant time.
     *
     * @param nanos the duration, at least 0
     * @throws IllegalArgumentException if it is negative; nothing is recorded then
     */
    public void record(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("nanos must not be negative: " + nanos);
        }
        counts.add(nanos);
        moments.record(nanos);
        min = Math.min(min, nanos);
        max = Math.max(max, nanos);
    }

    /** Returns the durations recorded so far. */
    public Histogram snapshot() {
        return new Histogram(
                moments.count(), min(), max(), moments.mean(), moments.stddev(), counts.buckets());
    }

    long count() {
        return moments.count();
    }

    Moments moments() {
        return moments;
    }

    OptionalLong min() {
        return count() == 0 ? OptionalLong.empty() : OptionalLong.of(min);
    }

    OptionalLong max() {
        return count() == 0 ? OptionalLong.empty() : OptionalLong.of(max);
    }

    /** Returns {@link Histogram#percentile} in thousandths, without decimal arithmetic. */
    OptionalLong thousandths(int share) {
        boolean isEnough =
                share > 500 ? count() >= (1000 + 999 - share) / (1000 - share) : count() > 0;
        return isEnough ? OptionalLong.of(at(rank(count(), share))) : OptionalLong.empty();
    }

    /** Returns the nearest rank, computed from thousands and remainder to avoid overflow. */
    static long rank(long count, int share) {
        return count / 1000 * share + (count % 1000 * share + 999) / 1000;
    }

    /** Returns the value at a rank, from 1. */
    private long at(long rank) {
        return Math.clamp(counts.highest(rank), min, max);
    }
}
