package net.client.measure.record;

import net.client.measure.Timeline;
import net.client.measure.Timeline.Slot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Records latencies and failures for a {@link Timeline}. The first recorded value allocates 28 KiB;
 * nothing is allocated after that. Not thread-safe.
 */
public final class TimelineRecorder {
    /** Widths are powers of two, so that a shift replaces a slow division. */
    private static final int MIN_SHIFT = 21;

    /** Initial width of a slot. */
    public static final long MIN_WIDTH_NANOS = 1L << MIN_SHIFT;

    private static final long[] NONE = {};

    private long[] counts = NONE;
    private long[] mins = NONE;
    private long[] maxes = NONE;
    private long[] sums = NONE;
    private long[] failed = NONE;
    private long[] late = NONE;

    /** The width is 2 to the power of this. */
    private int shift = MIN_SHIFT;

    /** Number of slots up to the last non-empty one. */
    private int size;

    /**
     * Records a latency.
     *
     * @param atNanos time of the answer, in nanoseconds from the start of the run, at least 0
     * @param nanos the latency, at least 0
     * @throws IllegalArgumentException if a value is negative; nothing is recorded then
     */
    public void record(long atNanos, long nanos) {
        requireNotNegative("nanos", nanos);
        int slot = slot(atNanos);
        counts[slot]++;
        sums[slot] += nanos;
        mins[slot] = Math.min(mins[slot], nanos);
        maxes[slot] = Math.max(maxes[slot], nanos);
    }

    /**
     * Records a failed exchange.
     *
     * @param atNanos time of the failure, in nanoseconds from the start of the run, at least 0
     * @throws IllegalArgumentException if the time is negative; nothing is recorded then
     */
    public void recordFailed(long atNanos) {
        int slot = slot(atNanos);
        failed[slot]++;
    }

    /**
     * Records an answer received after its exchange had failed.
     *
     * @param atNanos time of the answer, in nanoseconds from the start of the run, at least 0
     * @throws IllegalArgumentException if the time is negative; nothing is recorded then
     */
    public void recordLate(long atNanos) {
        int slot = slot(atNanos);
        late[slot]++;
    }

    private static void requireNotNegative(String name, long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException(name + " must not be negative: " + nanos);
        }
    }

    /** Returns the index of the slot of a time, after merging slots if needed. */
    private int slot(long atNanos) {
        requireNotNegative("atNanos", atNanos);
        if (size == 0) {
            allocate();
        }
        while (atNanos >> shift >= Timeline.MAX_SLOTS) {
            merge();
        }
        int slot = (int) (atNanos >> shift);
        size = Math.max(size, slot + 1);
        return slot;
    }

    private void allocate() {
        counts = new long[Timeline.MAX_SLOTS];
        mins = new long[Timeline.MAX_SLOTS];
        maxes = new long[Timeline.MAX_SLOTS];
        sums = new long[Timeline.MAX_SLOTS];
        failed = new long[Timeline.MAX_SLOTS];
        late = new long[Timeline.MAX_SLOTS];
        Arrays.fill(mins, Long.MAX_VALUE);
    }

    /** Merges pairs of slots. */
    private void merge() {
        for (int i = 0; i < Timeline.MAX_SLOTS / 2; i++) {
            mins[i] = Math.min(mins[2 * i], mins[2 * i + 1]);
            maxes[i] = Math.max(maxes[2 * i], maxes[2 * i + 1]);
        }
        Arrays.fill(mins, Timeline.MAX_SLOTS / 2, Timeline.MAX_SLOTS, Long.MAX_VALUE);
        Arrays.fill(maxes, Timeline.MAX_SLOTS / 2, Timeline.MAX_SLOTS, 0);
        for (long[] values : new long[][] {counts, sums, failed, late}) {
            for (int i = 0; i < Timeline.MAX_SLOTS / 2; i++) {
                values[i] = values[2 * i] + values[2 * i + 1];
            }
            Arrays.fill(values, Timeline.MAX_SLOTS / 2, Timeline.MAX_SLOTS, 0);
        }
        shift++;
        size = (size + 1) / 2;
    }

    /** Returns the values recorded so far. */
    public Timeline snapshot() {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (counts[i] + failed[i] + late[i] > 0) {
                slots.add(at(i));
            }
        }
        return new Timeline(1L << shift, slots);
    }

    private Slot at(int i) {
        boolean isTimed = counts[i] > 0;
        return new Slot(
                (long) i << shift,
                counts[i],
                isTimed ? OptionalLong.of(mins[i]) : OptionalLong.empty(),
                isTimed ? OptionalLong.of(sums[i] / counts[i]) : OptionalLong.empty(),
                isTimed ? OptionalLong.of(maxes[i]) : OptionalLong.empty(),
                failed[i],
                late[i]);
    }
}
