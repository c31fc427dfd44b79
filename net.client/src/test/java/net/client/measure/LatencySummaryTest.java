package net.client.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.OptionalLong;

class LatencySummaryTest {
    private static final OptionalLong NONE = OptionalLong.empty();

    @Test
    void emptyHasNoStatistics() {
        assertEquals(
                new LatencySummary(NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE), upTo(0));
    }

    @Test
    void singleValueHasNoDeviation() {
        OptionalLong one = OptionalLong.of(1);
        assertEquals(new LatencySummary(one, one, one, NONE, NONE, NONE, one, NONE, NONE), upTo(1));
    }

    /** For 1 and 2: mean 1.5, deviation sqrt(0.5), jitter 1/16. */
    @Test
    void figuresAreRounded() {
        OptionalLong one = OptionalLong.of(1);
        OptionalLong two = OptionalLong.of(2);
        assertEquals(
                new LatencySummary(one, two, one, NONE, NONE, NONE, two, one, OptionalLong.of(0)),
                upTo(2));
    }

    @Test
    void percentilesRequireMinimumCount() {
        assertEquals(NONE, upTo(9).p90());
        assertEquals(OptionalLong.of(9), upTo(10).p90());
        assertEquals(OptionalLong.of(10), upTo(11).p90());
        assertEquals(NONE, upTo(99).p99());
        assertEquals(OptionalLong.of(99), upTo(100).p99());
        assertEquals(OptionalLong.of(100), upTo(101).p99());
        assertEquals(NONE, upTo(999).p999());
        assertEquals(OptionalLong.of(999), upTo(1000).p999());
        assertEquals(OptionalLong.of(1000), upTo(1001).p999());
    }

    /** For 1 to n the variance is n(n + 1)/12, here 83,416.7; each difference is 1. */
    @Test
    void eachStatisticIsInItsComponent() {
        LatencySummary timings = upTo(1000);
        assertEquals(OptionalLong.of(1), timings.min());
        assertEquals(OptionalLong.of(501), timings.mean());
        assertEquals(OptionalLong.of(500), timings.p50());
        assertEquals(OptionalLong.of(900), timings.p90());
        assertEquals(OptionalLong.of(990), timings.p99());
        assertEquals(OptionalLong.of(999), timings.p999());
        assertEquals(OptionalLong.of(1000), timings.max());
        assertEquals(OptionalLong.of(289), timings.stddev());
        assertEquals(OptionalLong.of(1), timings.jitter());
    }

    @Test
    void percentilesAreThoseOfTheHistogram() {
        Histogram histogram = new Histogram();
        for (int count = 1; count <= 2100; count++) {
            histogram.record(count);
            assertPercentiles(histogram);
        }
    }

    /** 2100 values doubled 50 times exceed 2^61. */
    @Test
    void percentilesOfAnyCountAreThoseOfTheHistogram() {
        Histogram histogram = new Histogram();
        for (int nanos = 1; nanos <= 2100; nanos++) {
            histogram.record(nanos);
        }
        for (int i = 0; i < 50; i++) {
            histogram.add(histogram.copy());
            assertPercentiles(histogram);
        }
        assertEquals(2100L << 50, histogram.count());
    }

    private static void assertPercentiles(Histogram histogram) {
        LatencySummary timings = LatencySummary.of(histogram, new Jitter());
        assertEquals(histogram.percentile(0.5), timings.p50());
        assertEquals(histogram.percentile(0.9), timings.p90());
        assertEquals(histogram.percentile(0.99), timings.p99());
        assertEquals(histogram.percentile(0.999), timings.p999());
    }

    @Test
    void meanLiesBetweenMinAndMaxForLargestValues() {
        Histogram histogram = new Histogram();
        histogram.record(Long.MAX_VALUE);
        histogram.record(Long.MAX_VALUE);
        LatencySummary timings = LatencySummary.of(histogram, new Jitter());
        assertEquals(OptionalLong.of(Long.MAX_VALUE), timings.mean());
        assertEquals(OptionalLong.of(0), timings.stddev());
        assertTrue(timings.jitter().isEmpty());
    }

    /** Returns the summary of 1, 2, 3 and so on. */
    private static LatencySummary upTo(int last) {
        Histogram histogram = new Histogram();
        Jitter jitter = new Jitter();
        for (int nanos = 1; nanos <= last; nanos++) {
            histogram.record(nanos);
            jitter.record(nanos);
        }
        return LatencySummary.of(histogram, jitter);
    }
}
