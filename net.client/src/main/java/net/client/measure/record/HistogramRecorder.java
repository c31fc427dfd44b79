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
    private static final BucketScale SCALE = new BucketScale(11);

    private final long[] counts = new long[SCALE.size()];
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
        counts[SCALE.index(nanos)]++;
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
                buckets.add(SCALE.bucket(i, counts[i]));
            }
        }
        return buckets;
    }

    /** Returns the value at a rank, from 1. */
    private long at(long rank) {
        int i = SCALE.index(min);
        for (long passed = counts[i]; passed < rank; passed += counts[i]) {
            i++;
        }
        return Math.clamp(SCALE.highest(i), min, max);
    }
}
