package net.client.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.OptionalLong;

class LatencyRecorderTest {
    /** 100 and 260 differ by 160, a sixteenth of which is 10. */
    @Test
    void summaryCoversAllValuesInOrder() {
        LatencyRecorder times = new LatencyRecorder();
        times.record(100);
        times.record(260);
        LatencySummary timings = times.timings();
        assertEquals(OptionalLong.of(100), timings.min());
        assertEquals(OptionalLong.of(180), timings.mean());
        assertEquals(OptionalLong.of(260), timings.max());
        assertEquals(OptionalLong.of(10), timings.jitter());
    }

    @Test
    void emptyHasNoStatistics() {
        LatencyRecorder times = new LatencyRecorder();
        assertEquals(OptionalLong.empty(), times.timings().max());
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
        assertEquals(OptionalLong.of(0), times.timings().jitter());
        assertEquals(2, times.histogram().count());
    }

    @Test
    void returnedValuesAreSnapshots() {
        LatencyRecorder times = new LatencyRecorder();
        times.record(1);
        Histogram before = times.histogram();
        LatencySummary figures = times.timings();
        times.record(3);
        assertEquals(1, before.count());
        assertEquals(OptionalLong.of(1), figures.max());
        before.record(7);
        assertEquals(OptionalLong.of(3), times.timings().max());
    }
}
