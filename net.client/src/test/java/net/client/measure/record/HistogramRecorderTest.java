package net.client.measure.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.measure.Histogram;
import net.client.measure.Histogram.Bucket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

class HistogramRecorderTest {
    private static final long MAX = Histogram.MAX_NANOS;

    @Test
    void emptyHasNoStatistics() {
        Histogram empty = of();
        assertEquals(0, empty.count());
        assertEquals(OptionalLong.empty(), empty.min());
        assertEquals(OptionalLong.empty(), empty.max());
        assertEquals(OptionalDouble.empty(), empty.mean());
        assertEquals(OptionalDouble.empty(), empty.stddev());
        assertEquals(OptionalLong.empty(), empty.percentile(0.5));
        assertEquals(OptionalLong.empty(), empty.percentile(0.01));
        assertEquals(List.of(), empty.buckets());
    }

    @Test
    void medianOfSingleValueIsIt() {
        Histogram one = of(1_234_567);
        assertEquals(OptionalLong.of(1_234_567), one.percentile(0.5));
        assertEquals(OptionalLong.of(1_234_567), one.min());
        assertEquals(OptionalLong.of(1_234_567), one.max());
        assertEquals(OptionalDouble.of(1_234_567), one.mean());
        assertEquals(OptionalDouble.empty(), one.stddev());
    }

    @Test
    void rangeHoldsAnHour() {
        assertTrue(MAX >= 3_600_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -MAX, Long.MIN_VALUE})
    void rejectsNegativeValues(long nanos) {
        HistogramRecorder recorder = recorder(7);
        Exception thrown =
                assertThrows(IllegalArgumentException.class, () -> recorder.record(nanos));
        assertEquals("nanos must not be negative: " + nanos, thrown.getMessage());
        Histogram histogram = recorder.snapshot();
        assertEquals(1, histogram.count());
        assertEquals(OptionalLong.of(7), histogram.min());
        assertEquals(OptionalDouble.of(7), histogram.mean());
        assertEquals(List.of(new Bucket(7, 7, 1)), histogram.buckets());
    }

    /** At -1, 0 and +1 of each power of two. */
    @Test
    void bucketsHoldThreeDigitsAroundEachPowerOfTwo() {
        org.HdrHistogram.Histogram peer = new org.HdrHistogram.Histogram(MAX, 3);
        for (long power = 1; power <= MAX; power *= 2) {
            for (long nanos = power - 1; nanos <= power + 1; nanos++) {
                long width = width(nanos);
                long lowest = nanos - nanos % width;
                long highest = lowest + width - 1;
                assertEquals(peer.lowestEquivalentValue(nanos), lowest);
                assertEquals(peer.highestEquivalentValue(nanos), highest);

                assertEquals(List.of(new Bucket(lowest, highest, 1)), of(nanos).buckets());
                assertEquals(OptionalLong.of(nanos), of(nanos).percentile(0.5));
                assertEquals(OptionalLong.of(highest), of(nanos, MAX).percentile(0.5));
                assertTrue(highest - nanos <= nanos / 1000.0);
            }
        }
    }

    /** The number of buckets is that of the Javadoc. */
    @Test
    void bucketsLeaveNoGap() {
        HistogramRecorder histogram = new HistogramRecorder();
        for (long nanos = 0; nanos <= MAX; nanos += width(nanos)) {
            histogram.record(nanos);
            histogram.record(nanos + width(nanos) - 1);
        }
        List<Bucket> buckets = histogram.snapshot().buckets();
        assertEquals(33_792, buckets.size());
        long next = 0;
        for (Bucket bucket : buckets) {
            assertEquals(next, bucket.lowest());
            assertEquals(2, bucket.count());
            next = bucket.highest() + 1;
        }
        assertEquals(MAX + 1, next);
    }

    @Test
    void largerValuesCountInLastBucketButMaxIsExact() {
        long width = width(MAX);
        for (long nanos : new long[] {MAX - 1, MAX, MAX + 1, 2 * MAX, Long.MAX_VALUE}) {
            Histogram histogram = of(5, nanos);
            Bucket longest = histogram.buckets().getLast();
            assertEquals(new Bucket(MAX + 1 - width, MAX, 1), longest);
            assertEquals(OptionalLong.of(nanos), histogram.max());
        }
        Histogram most = of(1, 2 * MAX, 2 * MAX, 3 * MAX, 3 * MAX);
        assertEquals(OptionalLong.of(MAX), most.percentile(0.5));
        assertEquals(OptionalLong.of(3 * MAX), most.max());
        assertEquals((1 + 10.0 * MAX) / 5, most.mean().getAsDouble(), 1);
        Histogram all = of(2 * MAX, 2 * MAX, 3 * MAX);
        assertEquals(OptionalLong.of(2 * MAX), all.percentile(0.5));
    }

    @ParameterizedTest
    @CsvSource({
        "1.0E-9, 1",
        "0.01, 1",
        "0.1, 1",
        "0.4999, 1",
        "0.5, 1",
        "0.5001, 3",
        "0.6, 3",
        "0.7, 4",
        "0.75, 4",
        "0.8, 5",
        "0.9, 10",
        "0.95, 20",
        "0.99, 100",
        "0.995, 200",
        "0.999, 1000",
        "0.9999, 10000",
        "0.99999, 100000",
    })
    void percentileRequiresMinimumCount(double p, int needed) {
        HistogramRecorder histogram = new HistogramRecorder();
        for (int i = 0; i < needed - 1; i++) {
            histogram.record(1);
        }
        assertEquals(OptionalLong.empty(), histogram.snapshot().percentile(p));
        histogram.record(1);
        assertEquals(OptionalLong.of(1), histogram.snapshot().percentile(p));
        histogram.record(1);
        assertEquals(OptionalLong.of(1), histogram.snapshot().percentile(p));
    }

    /** The values equal their ranks, 1 to 1000, one per bucket. */
    @ParameterizedTest
    @CsvSource({
        "4.9E-324, 1",
        "0.0005, 1",
        "0.001, 1",
        "0.0010001, 2",
        "0.007, 7",
        "0.07, 70",
        "0.069999, 70",
        "0.14, 140",
        "0.28, 280",
        "0.29, 290",
        "0.5, 500",
        "0.5001, 501",
        "0.55, 550",
        "0.56, 560",
        "0.57, 570",
        "0.58, 580",
        "0.9, 900",
        "0.99, 990",
        "0.9901, 991",
        "0.998, 998",
        "0.9985, 999",
        "0.999, 999",
    })
    void percentileIsTheNearestRank(double p, long rank) {
        HistogramRecorder histogram = new HistogramRecorder();
        for (int nanos = 1000; nanos >= 1; nanos--) {
            histogram.record(nanos);
        }
        assertEquals(OptionalLong.of(rank), histogram.snapshot().percentile(p));
    }

    @Test
    void acceptsFractionsNextToLimits() {
        Histogram histogram = of(3, 4);
        assertEquals(OptionalLong.of(3), histogram.percentile(Double.MIN_VALUE));
        assertEquals(OptionalLong.empty(), histogram.percentile(Math.nextDown(1.0)));
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                -Double.MIN_VALUE,
                1,
                1.0000000000000002,
                99,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY
            })
    void rejectsFractionsOutOfRange(double p) {
        Histogram histogram = of(1);
        Exception thrown =
                assertThrows(IllegalArgumentException.class, () -> histogram.percentile(p));
        assertEquals("p must be above 0 and below 1: " + p, thrown.getMessage());
    }

    @Test
    void percentileLiesNeitherAboveTheMaxNorBelowTheMin() {
        Histogram histogram = of(1_000_001, 1_000_001, 1_000_002);
        assertEquals(OptionalLong.of(1_000_002), histogram.percentile(0.5));
        assertEquals(OptionalLong.of(1_000_001), of(1_000_001, 1_000_001).percentile(0.01));
    }

    @Test
    void meanAndDeviationAreOfTheExactTimes() {
        // Distances from the mean are -3, -1, 1 and 3: variance 20 / 3.
        Histogram histogram = of(10_000_003, 10_000_001, 10_000_007, 10_000_005);
        assertEquals(10_000_004, histogram.mean().getAsDouble(), 1e-8);
        assertEquals(Math.sqrt(20 / 3.0), histogram.stddev().getAsDouble(), 1e-8);
        assertEquals(OptionalDouble.of(0), of(9_999, 9_999, 9_999).stddev());
    }

    @Test
    void snapshotDoesNotChange() {
        HistogramRecorder recorder = recorder(10, 20);
        Histogram before = recorder.snapshot();
        recorder.record(90);
        assertEquals(of(10, 20), before);
        assertEquals(2, before.count());
        assertEquals(OptionalLong.of(20), before.max());
        assertEquals(OptionalDouble.of(15), before.mean());
        assertEquals(of(10, 20, 90), recorder.snapshot());
    }

    /** Shares whose products with the largest counts overflow a long. */
    @ParameterizedTest
    @ValueSource(longs = {1, 999, 1000, 1001, 2100L << 50, Long.MAX_VALUE})
    void rankDoesNotOverflow(long count) {
        for (int share : new int[] {1, 500, 900, 990, 999}) {
            BigDecimal product = BigDecimal.valueOf(count).multiply(BigDecimal.valueOf(share, 3));
            assertEquals(
                    product.setScale(0, RoundingMode.CEILING).longValueExact(),
                    HistogramRecorder.rank(count, share));
        }
    }

    private static Histogram of(long... times) {
        return recorder(times).snapshot();
    }

    private static HistogramRecorder recorder(long... times) {
        HistogramRecorder recorder = new HistogramRecorder();
        for (long nanos : times) {
            recorder.record(nanos);
        }
        return recorder;
    }

    /** At most 2048 buckets cover the values below the next power of two. */
    private static long width(long nanos) {
        long width = 1;
        while (2048 * width <= nanos) {
            width *= 2;
        }
        return width;
    }
}
