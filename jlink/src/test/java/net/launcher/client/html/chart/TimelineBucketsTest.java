package net.launcher.client.html.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.measure.Timeline.Slot;
import net.client.measure.record.TimelineRecorder;

import org.junit.jupiter.api.Test;

import java.util.OptionalLong;

class TimelineBucketsTest {
    private static final long SECOND = 1_000_000_000;

    private final TimelineRecorder timeline = new TimelineRecorder();

    @Test
    void keepsDenseSlots() {
        for (int i = 0; i < 600; i++) {
            timeline.record(i * TimelineRecorder.MIN_WIDTH_NANOS, 5);
        }
        TimelineBuckets buckets = TimelineBuckets.of(timeline.snapshot());
        assertEquals(timeline.snapshot().slots(), buckets.slots());
        assertEquals(TimelineRecorder.MIN_WIDTH_NANOS, buckets.widthNanos());
    }

    /** One time every 2 s for a minute: one of 15 slots of 134 ms has a time. */
    @Test
    void mergesSparseSlots() {
        for (int i = 0; i < 30; i++) {
            timeline.record(2 * i * SECOND, 100 + i % 2);
        }
        timeline.recordFailed(SECOND / 20);
        timeline.recordLate(60 * SECOND - 1);
        assertEquals(134_217_728, timeline.snapshot().widthNanos());
        TimelineBuckets buckets = TimelineBuckets.of(timeline.snapshot());
        // 2.1 s is the first width with at most 40 slots per minute.
        assertEquals(2_147_483_648L, buckets.widthNanos());
        assertEquals(30, buckets.slots().stream().mapToLong(Slot::count).sum());
        assertEquals(1, buckets.slots().getFirst().failed());
        assertEquals(1, buckets.slots().getLast().late());
        long next = 0;
        for (Slot slot : buckets.slots()) {
            assertEquals(0, slot.startNanos() % buckets.widthNanos());
            assertTrue(slot.startNanos() >= next);
            next = slot.startNanos() + buckets.widthNanos();
        }
    }

    @Test
    void mergedSlotHasTheFiguresOfBoth() {
        // Two of 48 slots of 2 ms have a time; one of 24 slots of 4 ms has both.
        timeline.record(0, 10);
        timeline.record(TimelineRecorder.MIN_WIDTH_NANOS, 40);
        timeline.record(TimelineRecorder.MIN_WIDTH_NANOS + 1, 70);
        timeline.recordFailed(47 * TimelineRecorder.MIN_WIDTH_NANOS);
        TimelineBuckets buckets = TimelineBuckets.of(timeline.snapshot());
        assertEquals(2 * TimelineRecorder.MIN_WIDTH_NANOS, buckets.widthNanos());
        OptionalLong none = OptionalLong.empty();
        assertEquals(
                new Slot(0, 3, OptionalLong.of(10), OptionalLong.of(40), OptionalLong.of(70), 0, 0),
                buckets.slots().getFirst());
        assertEquals(
                new Slot(46 * TimelineRecorder.MIN_WIDTH_NANOS, 0, none, none, none, 1, 0),
                buckets.slots().getLast());
    }

    @Test
    void emptyTimelineHasNoSlots() {
        assertEquals(0, TimelineBuckets.of(timeline.snapshot()).slots().size());
    }
}
