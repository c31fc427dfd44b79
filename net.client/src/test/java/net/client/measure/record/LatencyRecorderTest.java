package net.client.measure.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.client.measure.Histogram;
import net.client.measure.LatencySummary;

import org.junit.jupiter.api.Test;

import java.util.OptionalLong;

class LatencyRecorderTest {
    private static final OptionalLong NONE = OptionalLong.empty();

    /** 100 and 260 differ by 160, a sixteenth of which is 10. */
    @Test
    void summaryCoversAllValuesInOrder() {
        LatencyRecorder times = new LatencyRecorder();
        times.record(100);
        times.record(260);
        LatencySummary timings = times.summary();
        assertEquals(OptionalLong.of(100), timings.min());
        assertEquals(OptionalLong.of(180), timings.mean());
        assertEquals(OptionalLong.of(260), timings.max());
        assertEquals(OptionalLong.of(10), timings.jitter());
    }

    @Test
    void emptyHasNoStatistics() {
        LatencyRecorder times = new LatencyRecorder();
        assertEquals(OptionalLong.empty(), times.summary().max());
        assertEquals(0, times.histogram().count());
    }

    @Test
    void negativeValueIsNotRecorded() {
        LatencyRecorder times = new LatencyRecorder();
        times.record(5);
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> times.record(-1));
        assertEquals("nanos must not be negative: -1", thrown.getMessage());
        times.record(5);
        assertEquals(OptionalLong.of(0), times.summary().jitter());
        assertEquals(2, times.histogram().count());
    }

    @Test
    void returnedValuesAreSnapshots() {
        LatencyRecorder times = new LatencyRecorder();
        times.record(1);
        Histogram before = times.histogram();
        LatencySummary figures = times.summary();
        times.record(3);
        assertEquals(1, before.count());
        assertEquals(OptionalLong.of(1), figures.max());
        assertEquals(OptionalLong.of(3), times.summary().max());
    }

    @Test
    void summaryOfNothingIsEmpty() {
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
        LatencyRecorder times = new LatencyRecorder();
        for (int count = 1; count <= 2100; count++) {
            times.record(count);
            Histogram histogram = times.histogram();
            LatencySummary summary = times.summary();
            assertEquals(histogram.percentile(0.5), summary.p50());
            assertEquals(histogram.percentile(0.9), summary.p90());
            assertEquals(histogram.percentile(0.99), summary.p99());
            assertEquals(histogram.percentile(0.999), summary.p999());
        }
    }

    @Test
    void meanLiesBetweenMinAndMaxForLargestValues() {
        LatencyRecorder times = new LatencyRecorder();
        times.record(Long.MAX_VALUE);
        times.record(Long.MAX_VALUE);
        LatencySummary timings = times.summary();
        assertEquals(OptionalLong.of(Long.MAX_VALUE), timings.mean());
        assertEquals(OptionalLong.of(0), timings.stddev());
        assertEquals(OptionalLong.of(0), timings.jitter());
    }

    /** Returns the summary of 1, 2, 3 and so on. */
    private static LatencySummary upTo(int last) {
        LatencyRecorder times = new LatencyRecorder();
        for (int nanos = 1; nanos <= last; nanos++) {
            times.record(nanos);
        }
        return times.summary();
    }
}
