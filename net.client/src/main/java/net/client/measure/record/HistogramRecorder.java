package net.client.measure.record;

import net.client.measure.Histogram;
import net.client.measure.Histogram.Bucket;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Records durations for a {@link Histogram}. The size is fixed: 33,792 counters of 8 bytes, 264
 * KiB. Not thread-safe.
 */
public final class HistogramRecorder {
    /** Significant bits: values below 2 to this power have one bucket each. */
    private static final int BITS = 11;

    /** Buckets per power of two: one bit fewer, since the highest bit is always set. */
    private static final int STEP = 1 << (BITS - 1);

    private final long[] counts = new long[index(Histogram.MAX_NANOS) + 1];
    private final Moments moments = new Moments();
    private long min = Long.MAX_VALUE;
    private long max;

    /**
     * Records a duration, in constant time and without allocation.
     *
     * @param nanos the duration, at least 0
     * @throws IllegalArgumentException if it is negative; nothing is recorded then
     */
    public void record(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("nanos must not be negative: " + nanos);
        }
        counts[index(Math.min(nanos, Histogram.MAX_NANOS))]++;
        moments.record(nanos);
        min = Math.min(min, nanos);
        max = Math.max(max, nanos);
    }

    /** Returns the durations recorded so far. */
    public Histogram snapshot() {
        return new Histogram(
                moments.count(), min(), max(), moments.mean(), moments.stddev(), buckets());
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

    private List<Bucket> buckets() {
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                buckets.add(new Bucket(lowest(i), lowest(i + 1) - 1, counts[i]));
            }
        }
        return buckets;
    }

    /** Returns the value at a rank, from 1. */
    private long at(long rank) {
        int i = index(Math.min(min, Histogram.MAX_NANOS));
        for (long passed = counts[i]; passed < rank; passed += counts[i]) {
            i++;
        }
        return Math.clamp(lowest(i + 1) - 1, min, max);
    }

    private static int index(long nanos) {
        int shift = Math.max(Long.SIZE - BITS - Long.numberOfLeadingZeros(nanos), 0);
        return shift * STEP + (int) (nanos >>> shift);
    }

    private static long lowest(int index) {
        int shift = Math.max(index / STEP - 1, 0);
        return (long) (index - shift * STEP) << shift;
    }
}
