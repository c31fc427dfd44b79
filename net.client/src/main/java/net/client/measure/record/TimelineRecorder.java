package net.client.measure.record;

import net.client.measure.Timeline;
import net.client.measure.Timeline.Point;
import net.client.measure.Timeline.Slot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Records latencies for a {@link Timeline}. Slots and points are allocated when they are first
 * used. Not thread-safe.
 */
public final class TimelineRecorder {
    /** Widths are powers of two, so that a shift replaces a slow division. */
    private static final int MIN_SHIFT = 21;

    /** Initial width of a slot. */
    public static final long MIN_WIDTH_NANOS = 1L << MIN_SHIFT;

    /** Ranges of latencies in a slot, whose bounds differ by at most 1/32. */
    private static final BucketScale SCALE = new BucketScale(6);

    private static final long[] NONE = {};

    /** Initial length of {@link #points}. */
    private static final int MIN_POINTS = 32;

    /** Latencies of one slot. */
    private static final class OpenSlot {
        private final BucketCounts counts = new BucketCounts(SCALE);
        private long count;
        private long min = Long.MAX_VALUE;
        private long max;

        void record(long nanos) {
            counts.add(nanos);
            count++;
            min = Math.min(min, nanos);
            max = Math.max(max, nanos);
        }

        void add(OpenSlot other) {
            counts.addAll(other.counts);
            count += other.count;
            min = Math.min(min, other.min);
            max = Math.max(max, other.max);
        }

        Slot at(long startNanos) {
            return new Slot(startNanos, count, min, max, counts.buckets());
        }
    }

    /** Null where no latency was recorded. */
    private final OpenSlot[] slots = new OpenSlot[Timeline.MAX_SLOTS];

    /** Times and latencies of the points, alternating. */
    private long[] points = NONE;

    private long count;

    /** The width is 2 to the power of this. */
    private int shift = MIN_SHIFT;

    /**
     * Records a latency.
     *
     * @param atNanos time of the answer, in nanoseconds from the start of the run, at least 0
     * @param nanos the latency, at least 0
     * @throws IllegalArgumentException if a value is negative; nothing is recorded then
     */
    public void record(long atNanos, long nanos) {
        requireNotNegative("atNanos", atNanos);
        requireNotNegative("nanos", nanos);
        if (count < Timeline.MAX_POINTS) {
            recordPoint(atNanos, nanos);
        }
        count++;
        while (atNanos >> shift >= Timeline.MAX_SLOTS) {
            merge();
        }
        int slot = (int) (atNanos >> shift);
        if (slots[slot] == null) {
            slots[slot] = new OpenSlot();
        }
        slots[slot].record(nanos);
    }

    private static void requireNotNegative(String name, long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException(name + " must not be negative: " + nanos);
        }
    }

    private void recordPoint(long atNanos, long nanos) {
        int i = 2 * (int) count;
        if (i == points.length) {
            points = Arrays.copyOf(points, Math.clamp(2L * i, MIN_POINTS, 2 * Timeline.MAX_POINTS));
        }
        points[i] = atNanos;
        points[i + 1] = nanos;
    }

    /** Merges pairs of slots. */
    private void merge() {
        for (int i = 0; i < Timeline.MAX_SLOTS; i += 2) {
            OpenSlot first = slots[i];
            OpenSlot second = slots[i + 1];
            slots[i] = null;
            slots[i + 1] = null;
            if (first != null && second != null) {
                first.add(second);
            }
            slots[i / 2] = first == null ? second : first;
        }
        shift++;
    }

    /** Returns the latencies recorded so far. */
    public Timeline snapshot() {
        List<Slot> filled = new ArrayList<>();
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != null) {
                filled.add(slots[i].at((long) i << shift));
            }
        }
        return new Timeline(1L << shift, filled, points());
    }

    private List<Point> points() {
        List<Point> all = new ArrayList<>();
        if (count <= Timeline.MAX_POINTS) {
            for (int i = 0; i < 2 * count; i += 2) {
                all.add(new Point(points[i], points[i + 1]));
            }
        }
        return all;
    }
}
