package net.client.measure.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.measure.Histogram;
import net.client.measure.Histogram.Bucket;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Compares a million values of each distribution with a sorted array and HdrHistogram. */
class HistogramDistributionsTest {
    private static final int TIMES = 1_000_000;

    private enum Distribution {
        UNIFORM {
            @Override
            double next(RandomGenerator random) {
                return random.nextDouble(Histogram.MAX_NANOS);
            }
        },
        EXPONENTIAL {
            @Override
            double next(RandomGenerator random) {
                return random.nextExponential() * 250_000;
            }
        },
        LOG_NORMAL {
            @Override
            double next(RandomGenerator random) {
                return Math.exp(random.nextGaussian(13, 2));
            }
        },
        /** Most values are short, the others follow a retransmission. */
        BIMODAL {
            @Override
            double next(RandomGenerator random) {
                return random.nextInt(200) == 0
                        ? random.nextGaussian(200_000_000, 3_000_000)
                        : random.nextGaussian(80_000, 9_000);
            }
        },
        /** A deviation computed from sums of squares would lose precision here. */
        FAR_AND_NARROW {
            @Override
            double next(RandomGenerator random) {
                return random.nextGaussian(1_000_000_000, 1000);
            }
        };

        abstract double next(RandomGenerator random);

        long[] times() {
            SplittableRandom random = new SplittableRandom(20_261_122 + ordinal());
            long[] times = new long[TIMES];
            Arrays.setAll(times, i -> Math.max((long) next(random), 0));
            return times;
        }
    }

    @ParameterizedTest
    @EnumSource
    void percentilesAgreeWithSortingAndWithHdrHistogram(Distribution distribution) {
        long[] times = distribution.times();
        Histogram histogram = of(times);
        org.HdrHistogram.Histogram peer = new org.HdrHistogram.Histogram(Histogram.MAX_NANOS, 3);
        for (long nanos : times) {
            peer.recordValue(nanos);
        }
        Arrays.sort(times);

        assertEquals(OptionalLong.of(times[0]), histogram.min());
        assertEquals(OptionalLong.of(times[TIMES - 1]), histogram.max());
        long before = 0;
        for (int rank = 1; rank < TIMES; rank = next(rank)) {
            long exact = times[rank - 1];
            long actual = histogram.percentile((double) rank / TIMES).getAsLong();
            assertTrue(actual >= exact && actual - exact <= exact / 1024, exact + " as " + actual);
            assertTrue(actual >= before && actual <= times[TIMES - 1], actual + " after " + before);
            before = actual;
            long theirs = peer.getValueAtPercentile(100.0 * rank / TIMES);
            assertEquals(Math.min(theirs, times[TIMES - 1]), actual);
        }
        assertEquals(TIMES, histogram.count());
    }

    @ParameterizedTest
    @EnumSource
    void bucketsAgreeWithSorting(Distribution distribution) {
        long[] times = distribution.times();
        List<Bucket> buckets = of(times).buckets();
        Arrays.sort(times);
        int i = 0;
        for (Bucket bucket : buckets) {
            int first = i;
            assertTrue(times[i] >= bucket.lowest());
            while (i < TIMES && times[i] <= bucket.highest()) {
                i++;
            }
            assertEquals(i - first, bucket.count());
        }
        assertEquals(TIMES, i);
    }

    @ParameterizedTest
    @EnumSource
    void meanAndDeviationAreExactToNineDigits(Distribution distribution) {
        long[] times = distribution.times();
        Histogram histogram = of(times);
        BigInteger sum = BigInteger.ZERO;
        BigInteger squares = BigInteger.ZERO;
        for (long nanos : times) {
            BigInteger value = BigInteger.valueOf(nanos);
            sum = sum.add(value);
            squares = squares.add(value.multiply(value));
        }
        BigDecimal count = BigDecimal.valueOf(TIMES);
        double mean = new BigDecimal(sum).divide(count, MathContext.DECIMAL128).doubleValue();
        BigDecimal distances =
                new BigDecimal(squares).subtract(new BigDecimal(sum.multiply(sum)).divide(count));
        double stddev =
                distances
                        .divide(count.subtract(BigDecimal.ONE), MathContext.DECIMAL128)
                        .sqrt(MathContext.DECIMAL128)
                        .doubleValue();
        assertEquals(mean, histogram.mean().getAsDouble(), mean * 1e-9);
        assertEquals(stddev, histogram.stddev().getAsDouble(), stddev * 1e-9);
    }

    /** All ranks at both ends, and steps between them. */
    private static int next(int rank) {
        return rank < 2000 || rank >= TIMES - 2000 ? rank + 1 : Math.min(rank + 997, TIMES - 2000);
    }

    private static Histogram of(long[] times) {
        HistogramRecorder recorder = new HistogramRecorder();
        for (long nanos : times) {
            recorder.record(nanos);
        }
        return recorder.snapshot();
    }
}
