package net.client.measure.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.measure.Timeline;
import net.client.measure.Timeline.Slot;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;

class TimelineRecorderTest {
    private static final long WIDTH = 2_097_152;
    private static final long SECOND = 1_000_000_000;

    private final TimelineRecorder timeline = new TimelineRecorder();

    private static Slot timed(long start, long count, long min, long mean, long max) {
        return new Slot(
                start,
                count,
                OptionalLong.of(min),
                OptionalLong.of(mean),
                OptionalLong.of(max),
                0,
                0);
    }

    private static Slot untimed(long start, long failed, long late) {
        OptionalLong none = OptionalLong.empty();
        return new Slot(start, 0, none, none, none, failed, late);
    }

    @Test
    void slotHasMinimumMeanAndMaximum() {
        timeline.record(0, 10);
        timeline.record(WIDTH - 1, 40);
        timeline.record(1, 31);
        timeline.record(WIDTH, 7);
        assertEquals(
                List.of(timed(0, 3, 10, 27, 40), timed(WIDTH, 1, 7, 7, 7)),
                timeline.snapshot().slots());
        assertEquals(WIDTH, timeline.snapshot().widthNanos());
    }

    @Test
    void failedAndLateHaveNoLatency() {
        timeline.recordFailed(2 * WIDTH);
        timeline.recordFailed(2 * WIDTH + 5);
        timeline.recordLate(4 * WIDTH - 1);
        assertEquals(
                List.of(untimed(2 * WIDTH, 2, 0), untimed(3 * WIDTH, 0, 1)),
                timeline.snapshot().slots());
    }

    @Test
    void exceedingLastSlotMergesPairs() {
        timeline.record(0, 4);
        timeline.record(WIDTH, 9);
        timeline.recordFailed(3 * WIDTH);
        timeline.record(600 * WIDTH - 1, 5);
        assertEquals(WIDTH, timeline.snapshot().widthNanos());
        timeline.record(600 * WIDTH, 6);
        assertEquals(2 * WIDTH, timeline.snapshot().widthNanos());
        assertEquals(
                List.of(
                        timed(0, 2, 4, 6, 9),
                        untimed(2 * WIDTH, 1, 0),
                        timed(598 * WIDTH, 1, 5, 5, 5),
                        timed(600 * WIDTH, 1, 6, 6, 6)),
                timeline.snapshot().slots());
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "599, 1", "600, 2", "1199, 2", "1200, 4", "1843199, 4096"})
    void widthDoublesAsNeeded(long slot, long factor) {
        timeline.record(slot * WIDTH, 1);
        assertEquals(factor * WIDTH, timeline.snapshot().widthNanos());
        assertEquals(
                slot / factor * factor * WIDTH,
                timeline.snapshot().slots().getFirst().startNanos());
    }

    @Test
    void latestTimeHasSlot() {
        timeline.record(0, 1);
        timeline.record(Long.MAX_VALUE, 2);
        assertEquals(2, timeline.snapshot().slots().size());
    }

    /** For any order of times, the slots match those computed from a list of all values. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void slotsMatchListOfAllValues(int seed) {
        Random random = new Random(seed);
        long span = SECOND * (1L << 2 * seed);
        List<long[]> all = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            long at = random.nextLong(span * (i + 1) / 3000);
            long[] event = {at, random.nextInt(10), random.nextLong(1_000_000)};
            all.add(event);
            switch ((int) event[1]) {
                case 0 -> timeline.recordFailed(at);
                case 1 -> timeline.recordLate(at);
                default -> timeline.record(at, event[2]);
            }
        }
        long last = all.stream().mapToLong(event -> event[0]).max().orElseThrow();
        long width = WIDTH;
        while (last >= 600 * width) {
            width *= 2;
        }
        assertEquals(width, timeline.snapshot().widthNanos());
        assertEquals(slots(all, width), timeline.snapshot().slots());
    }

    private static List<Slot> slots(List<long[]> all, long width) {
        TreeMap<Long, List<long[]>> bySlot = new TreeMap<>();
        for (long[] event : all) {
            bySlot.computeIfAbsent(event[0] / width, _ -> new ArrayList<>()).add(event);
        }
        List<Slot> slots = new ArrayList<>();
        bySlot.forEach(
                (slot, events) -> {
                    var times =
                            events.stream()
                                    .filter(event -> event[1] > 1)
                                    .mapToLong(event -> event[2])
                                    .summaryStatistics();
                    Slot counts =
                            untimed(
                                    slot * width,
                                    events.stream().filter(event -> event[1] == 0).count(),
                                    events.stream().filter(event -> event[1] == 1).count());
                    long mean = times.getCount() == 0 ? 0 : times.getSum() / times.getCount();
                    slots.add(
                            times.getCount() == 0
                                    ? counts
                                    : new Slot(
                                            slot * width,
                                            times.getCount(),
                                            OptionalLong.of(times.getMin()),
                                            OptionalLong.of(mean),
                                            OptionalLong.of(times.getMax()),
                                            counts.failed(),
                                            counts.late()));
                });
        return slots;
    }

    @Test
    void snapshotDoesNotChange() {
        timeline.record(0, 1);
        Timeline before = timeline.snapshot();
        timeline.record(600 * WIDTH, 9);
        timeline.recordFailed(0);
        timeline.recordLate(0);
        assertEquals(new Timeline(WIDTH, List.of(timed(0, 1, 1, 1, 1))), before);
        assertEquals(2, timeline.snapshot().slots().size());
    }

    @Test
    void emptyTimelineHasNoSlots() {
        assertEquals(new Timeline(WIDTH, List.of()), timeline.snapshot());
    }

    @Test
    void rejectsNegativeValues() {
        assertRefused("nanos must not be negative: -1", () -> timeline.record(0, -1));
        assertRefused("atNanos must not be negative: -1", () -> timeline.record(-1, 0));
        assertRefused("atNanos must not be negative: -2", () -> timeline.recordFailed(-2));
        assertRefused("atNanos must not be negative: -3", () -> timeline.recordLate(-3));
        assertTrue(timeline.snapshot().slots().isEmpty());
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
