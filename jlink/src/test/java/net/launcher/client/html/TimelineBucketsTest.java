package net.launcher.client.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.measure.Timeline.Slot;
import net.client.measure.internal.TimelineRecorder;

import org.junit.jupiter.api.Test;

import java.util.OptionalLong;

class TimelineBucketsTest {
    private static final long SECOND = 1_000_000_000;

    private final TimelineRecorder timeline = new TimelineRecorder();

    @Test
    void slotsWithATimeEachStayAsTheyAre() {
        for (int i = 0; i < 600; i++) {
            timeline.record(i * TimelineRecorder.MIN_WIDTH_NANOS, 5);
        }
        TimelineBuckets stretches = TimelineBuckets.of(timeline.snapshot());
        assertEquals(timeline.snapshot().slots(), stretches.slots());
        assertEquals(TimelineRecorder.MIN_WIDTH_NANOS, stretches.widthNanos());
    }

    /** One in two seconds, for a minute: of slots of 134 ms, one in fifteen has a time. */
    @Test
    void oneTimeNowAndThenIsNoGapEachTime() {
        for (int i = 0; i < 30; i++) {
            timeline.record(2 * i * SECOND, 100 + i % 2);
        }
        timeline.recordFailed(SECOND / 20);
        timeline.recordLate(60 * SECOND - 1);
        assertEquals(134_217_728, timeline.snapshot().widthNanos());
        TimelineBuckets stretches = TimelineBuckets.of(timeline.snapshot());
        // 2.1 s: the first width of which a minute has no more than 40.
        assertEquals(2_147_483_648L, stretches.widthNanos());
        assertEquals(30, stretches.slots().stream().mapToLong(Slot::count).sum());
        assertEquals(1, stretches.slots().getFirst().failed());
        assertEquals(1, stretches.slots().getLast().late());
        long next = 0;
        for (Slot slot : stretches.slots()) {
            assertEquals(0, slot.startNanos() % stretches.widthNanos());
            assertTrue(slot.startNanos() >= next);
            next = slot.startNanos() + stretches.widthNanos();
        }
    }

    @Test
    void mergedSlotHasTheFiguresOfBoth() {
        // Of 48 slots of 2 ms, two have a time; of 24 of 4 ms, one has both.
        timeline.record(0, 10);
        timeline.record(TimelineRecorder.MIN_WIDTH_NANOS, 40);
        timeline.record(TimelineRecorder.MIN_WIDTH_NANOS + 1, 70);
        timeline.recordFailed(47 * TimelineRecorder.MIN_WIDTH_NANOS);
        TimelineBuckets stretches = TimelineBuckets.of(timeline.snapshot());
        assertEquals(2 * TimelineRecorder.MIN_WIDTH_NANOS, stretches.widthNanos());
        OptionalLong none = OptionalLong.empty();
        assertEquals(
                new Slot(0, 3, OptionalLong.of(10), OptionalLong.of(40), OptionalLong.of(70), 0, 0),
                stretches.slots().getFirst());
        assertEquals(
                new Slot(46 * TimelineRecorder.MIN_WIDTH_NANOS, 0, none, none, none, 1, 0),
                stretches.slots().getLast());
    }

    @Test
    void nothingMeasuredIsNothing() {
        assertEquals(0, TimelineBuckets.of(timeline.snapshot()).slots().size());
    }
}
