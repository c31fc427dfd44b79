package net.launcher.client.html.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.measure.Histogram.Bucket;
import net.client.measure.Timeline;
import net.client.measure.Timeline.Slot;
import net.client.measure.record.TimelineRecorder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class TimelineBucketsTest {
    private static final long WIDTH = TimelineRecorder.MIN_WIDTH_NANOS;

    private final TimelineRecorder timeline = new TimelineRecorder();

    /** Each slot is merged until it has 100 times, or there are at most 10 slots. */
    @ParameterizedTest
    @CsvSource({"100, 1", "99, 2", "50, 2", "49, 4", "25, 4", "1, 16"})
    void mergesSlotsUntilMostHaveAPercentile(int perSlot, int factor) {
        for (int i = 0; i < 128 * perSlot; i++) {
            timeline.record(i / perSlot * WIDTH, 100 + i % 2);
        }
        TimelineBuckets buckets = TimelineBuckets.of(timeline.snapshot());
        assertEquals(factor * WIDTH, buckets.widthNanos());
        assertEquals(128 * perSlot, buckets.slots().stream().mapToLong(Slot::count).sum());
        long next = 0;
        for (Slot slot : buckets.slots()) {
            assertEquals(0, slot.startNanos() % buckets.widthNanos());
            assertTrue(slot.startNanos() >= next);
            next = slot.startNanos() + buckets.widthNanos();
        }
    }

    @Test
    void mergedSlotHasTheTimesOfBoth() {
        timeline.record(0, 10);
        timeline.record(WIDTH, 40);
        timeline.record(WIDTH + 1, 10);
        timeline.record(19 * WIDTH, 5);
        TimelineBuckets buckets = TimelineBuckets.of(timeline.snapshot());
        // 20 slots of 2 ms become 10 of 4 ms.
        assertEquals(2 * WIDTH, buckets.widthNanos());
        assertEquals(
                List.of(
                        new Slot(
                                0,
                                3,
                                10,
                                40,
                                List.of(new Bucket(10, 10, 2), new Bucket(40, 40, 1))),
                        new Slot(18 * WIDTH, 1, 5, 5, List.of(new Bucket(5, 5, 1)))),
                buckets.slots());
    }

    @Test
    void emptyTimelineHasNoSlots() {
        Timeline empty = timeline.snapshot();
        assertEquals(new TimelineBuckets(WIDTH, List.of()), TimelineBuckets.of(empty));
    }
}
