package net.client.measure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Histogram of durations in nanoseconds, with three significant digits.
 *
 * <p>Log-linear, like HdrHistogram: one bucket per nanosecond below 2048 ns, then 1024 buckets per
 * power of two, so that the values in a bucket differ by less than 0.1 %. The size is fixed: 33,792
 * counters of 8 bytes, 264 KiB.
 *
 * <p>Not thread-safe: each thread records into its own, and {@link #add} merges them.
 */
public final class Histogram {
    /** The largest value with a bucket, 73 minutes; larger values count in the last bucket. */
    public static final long MAX_NANOS = (1L << 42) - 1;

    /** Significant bits: values below 2 to this power have one bucket each. */
    private static final int BITS = 11;

    /** Buckets per power of two: the highest bit is always set, so one bit fewer selects. */
    private static final int STEP = 1 << (BITS - 1);

    private final long[] counts;
    private final Moments moments = new Moments();
    private long min = Long.MAX_VALUE;
    private long max;

    /** Creates an empty histogram. */
    public Histogram() {
        this(new long[index(MAX_NANOS) + 1]);
    }

    private Histogram(long[] counts) {
        this.counts = counts;
    }

    /**
     * A bucket and its count.
     *
     * @param lowest the smallest value of the bucket, in nanoseconds
     * @param highest the largest value of the bucket, in nanoseconds; the bucket of {@link
     *     #MAX_NANOS} also counts larger values
     * @param count number of recorded values, above zero
     */
    public record Bucket(long lowest, long highest, long count) {}

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
        counts[index(Math.min(nanos, MAX_NANOS))]++;
        moments.record(nanos);
        min = Math.min(min, nanos);
        max = Math.max(max, nanos);
    }

    /**
     * Adds the counts of another histogram, which is not changed.
     *
     * @param other a histogram that no other thread is recording into
     */
    public void add(Histogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        moments.add(other.moments);
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    /**
     * Returns a copy of this histogram.
     *
     * @return an independent histogram
     */
    public Histogram copy() {
        Histogram copy = new Histogram(counts.clone());
        copy.moments.add(moments);
        copy.min = min;
        copy.max = max;
        return copy;
    }

    /**
     * Returns the number of recorded durations.
     *
     * @return at least 0
     */
    public long count() {
        return moments.count();
    }

    /**
     * Returns the exact minimum.
     *
     * @return nanoseconds; empty if nothing was recorded
     */
    public OptionalLong min() {
        return count() == 0 ? OptionalLong.empty() : OptionalLong.of(min);
    }

    /**
     * Returns the exact maximum, even above {@link #MAX_NANOS}.
     *
     * @return nanoseconds; empty if nothing was recorded
     */
    public OptionalLong max() {
        return count() == 0 ? OptionalLong.empty() : OptionalLong.of(max);
    }

    /**
     * Returns the mean of the exact durations.
     *
     * @return nanoseconds; empty if nothing was recorded
     */
    public OptionalDouble mean() {
        return moments.mean();
    }

    /**
     * Returns the sample standard deviation (divisor {@code n - 1}) of the exact durations.
     *
     * @return nanoseconds; empty with fewer than two values
     */
    public OptionalDouble stddev() {
        return moments.stddev();
    }

    /**
     * Returns a percentile by nearest rank: the upper bound of the bucket, which is at most 0.1 %
     * above the exact value, limited to the {@link #max}.
     *
     * <p>Above the median at least {@code 1 / (1 - p)} values are required, so that at least one
     * ranks above: 10 for 0.9, 100 for 0.99, 1000 for 0.999. Otherwise one value is enough.
     *
     * @param p the fraction, above 0 and below 1; used as the decimal that {@link
     *     Double#toString(double)} returns
     * @return nanoseconds; empty with too few values
     * @throws IllegalArgumentException if the fraction is out of its range
     */
    public OptionalLong percentile(double p) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("p must be above 0 and below 1: " + p);
        }
        // In binary, 0.07 * 100 is slightly above 7, which would give rank 8.
        BigDecimal share = BigDecimal.valueOf(p);
        BigDecimal upTo = BigDecimal.valueOf(count()).multiply(share);
        boolean isEnough =
                p > 0.5
                        ? BigDecimal.valueOf(count()).subtract(upTo).compareTo(BigDecimal.ONE) >= 0
                        : count() > 0;
        return isEnough
                ? OptionalLong.of(at(upTo.setScale(0, RoundingMode.CEILING).longValueExact()))
                : OptionalLong.empty();
    }

    /** Returns a percentile given in thousandths, without decimal arithmetic. */
    OptionalLong thousandths(int share) {
        boolean isEnough =
                share > 500 ? count() >= (1000 + 999 - share) / (1000 - share) : count() > 0;
        // Thousands and remainder separately, to avoid overflow.
        long rank = count() / 1000 * share + (count() % 1000 * share + 999) / 1000;
        return isEnough ? OptionalLong.of(at(rank)) : OptionalLong.empty();
    }

    /**
     * Returns the non-empty buckets.
     *
     * @return in ascending order; empty if nothing was recorded
     */
    public List<Bucket> buckets() {
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                buckets.add(new Bucket(lowest(i), lowest(i + 1) - 1, counts[i]));
            }
        }
        return List.copyOf(buckets);
    }

    /** Returns the value at a rank, from 1. */
    private long at(long rank) {
        int i = index(Math.min(min, MAX_NANOS));
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
