package net.client.measure;

import net.protocol.internal.Preconditions;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Histogram of durations in nanoseconds, with three significant digits. Immutable.
 *
 * <p>Log-linear, like HdrHistogram: one bucket per nanosecond below 2048 ns, then 1024 buckets per
 * power of two, so that the values in a bucket differ by less than 0.1 %.
 *
 * @param count number of recorded durations
 * @param min the exact minimum; empty if nothing was recorded
 * @param max the exact maximum, even above {@link #MAX_NANOS}; empty if nothing was recorded
 * @param mean the mean of the exact durations; empty if nothing was recorded
 * @param stddev the sample standard deviation (divisor {@code n - 1}) of the exact durations; empty
 *     with fewer than two
 * @param buckets the non-empty buckets in ascending order
 */
public record Histogram(
        long count,
        OptionalLong min,
        OptionalLong max,
        OptionalDouble mean,
        OptionalDouble stddev,
        List<Bucket> buckets) {
    /**
     * The largest value with a bucket, 73 minutes; larger values are counted in the last bucket.
     */
    public static final long MAX_NANOS = (1L << 42) - 1;

    /** Copies the list of buckets. */
    public Histogram {
        buckets = List.copyOf(buckets);
    }

    /**
     * A bucket and its count.
     *
     * @param lowest the smallest value of the bucket, in nanoseconds
     * @param highest the largest value of the bucket, in nanoseconds; the bucket of {@link
     *     #MAX_NANOS} also counts larger values
     * @param count number of recorded values, above zero
     */
    public record Bucket(long lowest, long highest, long count) {
        private Bucket plus(Bucket other) {
            return new Bucket(lowest, highest, count + other.count);
        }
    }

    /**
     * Returns the histogram of the durations of several histograms.
     *
     * @param parts the histograms
     * @return their sum; its mean and standard deviation are exact up to rounding
     */
    public static Histogram sum(List<Histogram> parts) {
        SortedMap<Long, Bucket> buckets = new TreeMap<>();
        OptionalLong min = OptionalLong.empty();
        OptionalLong max = OptionalLong.empty();
        long count = 0;
        double mean = 0;
        double squares = 0;
        for (Histogram part : parts) {
            if (part.count == 0) {
                continue;
            }
            for (Bucket bucket : part.buckets) {
                buckets.merge(bucket.lowest(), bucket, Bucket::plus);
            }
            min = OptionalLong.of(Math.min(part.min.orElseThrow(), min.orElse(Long.MAX_VALUE)));
            max = OptionalLong.of(Math.max(part.max.orElseThrow(), max.orElse(0)));
            // The parallel variant of Welford's algorithm (Chan, Golub and LeVeque, 1979).
            double distance = part.mean.orElseThrow() - mean;
            double stddev = part.stddev.orElse(0);
            count += part.count;
            mean += distance * part.count / count;
            squares +=
                    stddev * stddev * (part.count - 1)
                            + distance * distance * part.count * (count - part.count) / count;
        }
        return new Histogram(
                count,
                min,
                max,
                count == 0 ? OptionalDouble.empty() : OptionalDouble.of(mean),
                count < 2
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Math.sqrt(squares / (count - 1))),
                List.copyOf(buckets.values()));
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
        Preconditions.require(p > 0 && p < 1, "p must be above 0 and below 1", p);
        // In binary, 0.07 * 100 is slightly above 7, which would give rank 8.
        BigDecimal share = BigDecimal.valueOf(p);
        BigDecimal upTo = BigDecimal.valueOf(count).multiply(share);
        boolean isEnough =
                p > 0.5
                        ? BigDecimal.valueOf(count).subtract(upTo).compareTo(BigDecimal.ONE) >= 0
                        : count > 0;
        return isEnough
                ? OptionalLong.of(at(upTo.setScale(0, RoundingMode.CEILING).longValueExact()))
                : OptionalLong.empty();
    }

    /** Returns the value at a rank, from 1. */
    private long at(long rank) {
        long passed = 0;
        int i = -1;
        while (passed < rank) {
            i++;
            passed += buckets.get(i).count();
        }
        return Math.clamp(buckets.get(i).highest(), min.orElseThrow(), max.orElseThrow());
    }
}
