package net.client.measure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How often each time was measured, in nanoseconds, to three significant digits.
 *
 * <p>It is log-linear, as HdrHistogram is: one bucket a nanosecond below 2048 ns, then 1024 buckets
 * for each power of two, so that the times of a bucket differ by less than 0.1 %. Whatever is
 * recorded, it takes 33,792 counters of 8 bytes: 264 KiB.
 *
 * <p>Not thread-safe: each thread records in its own, and {@link #add} brings them together.
 */
public final class Histogram {
    /** The longest time with a bucket of its own, 73 minutes; a longer one counts as this. */
    public static final long MAX_NANOS = (1L << 42) - 1;

    /** A time below 2 to the power of this has a bucket of its own; of others, so many bits do. */
    private static final int BITS = 11;

    /** Buckets a power of two: a time's highest bit is set, so the other ten tell it apart. */
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
     * The times that are not told apart from each other, and how many there were.
     *
     * @param lowest in nanoseconds
     * @param highest in nanoseconds; of the bucket of {@link #MAX_NANOS}, which also counts what is
     *     longer, that
     * @param count how many, above zero
     */
    public record Bucket(long lowest, long highest, long count) {}

    /**
     * Records one time, at a cost that does not depend on it, and allocates nothing.
     *
     * @param nanos the time, from 0
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
     * Records all that another histogram has, which stays as it is.
     *
     * @param other what another thread recorded, which must not be recording now
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
     * Returns what there is so far.
     *
     * @return a histogram of its own
     */
    public Histogram copy() {
        Histogram copy = new Histogram(counts.clone());
        copy.moments.add(moments);
        copy.min = min;
        copy.max = max;
        return copy;
    }

    /**
     * Returns how many times were recorded.
     *
     * @return from 0
     */
    public long count() {
        return moments.count();
    }

    /**
     * Returns the shortest time, exact.
     *
     * @return nanoseconds; empty without a time
     */
    public OptionalLong min() {
        return count() == 0 ? OptionalLong.empty() : OptionalLong.of(min);
    }

    /**
     * Returns the longest time, exact even above {@link #MAX_NANOS}.
     *
     * @return nanoseconds; empty without a time
     */
    public OptionalLong max() {
        return count() == 0 ? OptionalLong.empty() : OptionalLong.of(max);
    }

    /**
     * Returns the mean of the times as they were, not as their buckets have them.
     *
     * @return nanoseconds; empty without a time
     */
    public OptionalDouble mean() {
        return moments.mean();
    }

    /**
     * Returns the sample's standard deviation, which divides by one less than the count, of the
     * times as they were.
     *
     * @return nanoseconds; empty with fewer than two times
     */
    public OptionalDouble stddev() {
        return moments.stddev();
    }

    /**
     * Returns the time that a share of all did not exceed, by nearest rank: the highest of that
     * time's bucket, so never less than the time and never 0.1 % more, but not more than the {@link
     * #max} either.
     *
     * <p>Above the median it takes {@code 1 / (1 - p)} times, so that at least one of them ranks
     * above: 10 for 0.9, 100 for 0.99, 1000 for 0.999. Up to the median, one is enough.
     *
     * @param p the share, above 0 and below 1; taken as the decimal that {@link
     *     Double#toString(double)} has for it
     * @return nanoseconds; empty with fewer times than it takes
     * @throws IllegalArgumentException if the share is out of its range
     */
    public OptionalLong percentile(double p) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("p must be above 0 and below 1: " + p);
        }
        // In binary, 0.07 of 100 would be a little more than 7, and its rank 8.
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

    /** Returns the same for a share in thousandths, without the arithmetic of decimals. */
    OptionalLong thousandths(int share) {
        boolean isEnough =
                share > 500 ? count() >= (1000 + 999 - share) / (1000 - share) : count() > 0;
        // Thousands apart from the rest, so that nothing overflows.
        long rank = count() / 1000 * share + (count() % 1000 * share + 999) / 1000;
        return isEnough ? OptionalLong.of(at(rank)) : OptionalLong.empty();
    }

    /**
     * Returns the buckets that have counted a time, for a chart.
     *
     * @return from the shortest times to the longest; empty without a time
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

    /** Returns the time at a rank, the first being 1. */
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
