package net.client.measure.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.measure.Histogram.Bucket;
import net.client.measure.Timeline;
import net.client.measure.Timeline.Point;
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

    private static Bucket one(long nanos) {
        return new Bucket(nanos, nanos, 1);
    }

    /** Below 64 ns each value has a bucket of its own. */
    @Test
    void slotHasRangeAndBuckets() {
        timeline.record(0, 10);
        timeline.record(WIDTH - 1, 40);
        timeline.record(1, 31);
        timeline.record(WIDTH, 7);
        assertEquals(
                List.of(
                        new Slot(0, 3, 10, 40, List.of(one(10), one(31), one(40))),
                        new Slot(WIDTH, 1, 7, 7, List.of(one(7)))),
                timeline.snapshot().slots());
        assertEquals(WIDTH, timeline.snapshot().widthNanos());
    }

    @Test
    void exceedingLastSlotMergesPairs() {
        timeline.record(0, 4);
        timeline.record(WIDTH, 9);
        timeline.record(3 * WIDTH, 8);
        timeline.record(128 * WIDTH - 1, 5);
        assertEquals(WIDTH, timeline.snapshot().widthNanos());
        timeline.record(128 * WIDTH, 6);
        assertEquals(2 * WIDTH, timeline.snapshot().widthNanos());
        assertEquals(
                List.of(
                        new Slot(0, 2, 4, 9, List.of(one(4), one(9))),
                        new Slot(2 * WIDTH, 1, 8, 8, List.of(one(8))),
                        new Slot(126 * WIDTH, 1, 5, 5, List.of(one(5))),
                        new Slot(128 * WIDTH, 1, 6, 6, List.of(one(6)))),
                timeline.snapshot().slots());
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "127, 1", "128, 2", "255, 2", "256, 4", "393215, 4096"})
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

    /** 100 latencies from 1 ms to 100 ms: nearest ranks 50 and 99, in buckets of 1/32. */
    @Test
    void percentileIsAtMostOneBucketAboveTheExactValue() {
        for (int i = 1; i <= 100; i++) {
            timeline.record(0, i * 1_000_000L);
        }
        Slot slot = timeline.snapshot().slots().getFirst();
        for (double p : new double[] {0.5, 0.99}) {
            double exact = p * 100_000_000;
            long nanos = slot.percentile(p).orElseThrow();
            assertTrue(nanos >= exact && nanos <= exact * 33 / 32, p + ": " + nanos);
        }
        assertEquals(OptionalLong.empty(), slot.percentile(0.999));
    }

    /** The last bucket also has all larger values, and the percentile is not above the maximum. */
    @Test
    void slotHasLatenciesAboveTheLargestBucket() {
        timeline.record(0, Long.MAX_VALUE);
        Slot slot = timeline.snapshot().slots().getFirst();
        assertEquals(Long.MAX_VALUE, slot.max());
        assertEquals(1, slot.buckets().getFirst().count());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "999, 999", "1000, 1000", "1001, 0"})
    void pointsArePresentUpToTheirLimit(int count, int expected) {
        for (int i = 0; i < count; i++) {
            timeline.record(i, 2 * i);
        }
        List<Point> points = timeline.snapshot().points();
        assertEquals(expected, points.size());
        if (expected > 0) {
            assertEquals(new Point(count - 1, 2 * (count - 1)), points.getLast());
        }
        assertEquals(count, timeline.snapshot().slots().getFirst().count());
    }

    /** For any order of times, the slots match those computed from a list of all values. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void slotsMatchListOfAllValues(int seed) {
        Random random = new Random(seed);
        long span = SECOND * (1L << 2 * seed);
        TreeMap<Long, List<Long>> bySlot = new TreeMap<>();
        List<Point> all = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            Point point = new Point(random.nextLong(span * (i + 1) / 3000), random.nextInt(64));
            all.add(point);
            timeline.record(point.atNanos(), point.nanos());
        }
        long last = all.stream().mapToLong(Point::atNanos).max().orElseThrow();
        long width = WIDTH;
        while (last >= 128 * width) {
            width *= 2;
        }
        for (Point point : all) {
            bySlot.computeIfAbsent(point.atNanos() / width * width, _ -> new ArrayList<>())
                    .add(point.nanos());
        }
        List<Slot> expected = new ArrayList<>();
        bySlot.forEach((start, times) -> expected.add(slot(start, times)));
        assertEquals(width, timeline.snapshot().widthNanos());
        assertEquals(expected, timeline.snapshot().slots());
    }

    private static Slot slot(long start, List<Long> times) {
        TreeMap<Long, Long> counts = new TreeMap<>();
        times.forEach(nanos -> counts.merge(nanos, 1L, Long::sum));
        List<Bucket> buckets = new ArrayList<>();
        counts.forEach((nanos, count) -> buckets.add(new Bucket(nanos, nanos, count)));
        return new Slot(start, times.size(), counts.firstKey(), counts.lastKey(), buckets);
    }

    @Test
    void snapshotDoesNotChange() {
        timeline.record(0, 1);
        Timeline before = timeline.snapshot();
        timeline.record(128 * WIDTH, 9);
        assertEquals(
                new Timeline(
                        WIDTH,
                        List.of(new Slot(0, 1, 1, 1, List.of(one(1)))),
                        List.of(new Point(0, 1))),
                before);
        assertEquals(2, timeline.snapshot().slots().size());
    }

    @Test
    void emptyTimelineHasNoSlots() {
        assertEquals(new Timeline(WIDTH, List.of(), List.of()), timeline.snapshot());
    }

    @Test
    void rejectsNegativeValues() {
        assertRefused("nanos must not be negative: -1", () -> timeline.record(0, -1));
        assertRefused("atNanos must not be negative: -1", () -> timeline.record(-1, 0));
        assertEquals(new Timeline(WIDTH, List.of(), List.of()), timeline.snapshot());
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
