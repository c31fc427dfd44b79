package net.client.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * What was measured when, for a chart: the times of a run, and what failed, in slots of equal width
 * from its beginning on.
 *
 * <p>However long the run, there are at most {@value #MAX_SLOTS} slots: where it outgrows them,
 * each two become one of twice the width. A width is 2 ms at first. Nothing is allocated but 28 KiB
 * with what is first recorded.
 *
 * <p>Not thread-safe.
 */
public final class Timeline {
    /** How many slots there are at most. */
    public static final int MAX_SLOTS = 600;

    /** Widths are powers of two, since C1 leaves a division to the processor. */
    private static final int MIN_SHIFT = 21;

    /** The width of a slot at first, in nanoseconds. */
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

    /** Slots up to the last one with something in it. */
    private int size;

    /** Creates an empty timeline. */
    public Timeline() {}

    /**
     * What was measured from a point in time on, for as long as the timeline's slots are wide.
     *
     * @param startNanos when it begins, in nanoseconds from the beginning of the run
     * @param count how many times were recorded
     * @param min the shortest of them, in nanoseconds; empty without one
     * @param mean of them, in nanoseconds, rounded down; empty without one
     * @param max the longest of them, in nanoseconds; empty without one
     * @param failed exchanges that failed, so over UDP also those that were lost
     * @param late answers that came after their exchange had failed
     */
    public record Slot(
            long startNanos,
            long count,
            OptionalLong min,
            OptionalLong mean,
            OptionalLong max,
            long failed,
            long late) {}

    /**
     * Records a time.
     *
     * @param atNanos when it was over, in nanoseconds from the beginning of the run, from 0
     * @param nanos the time, from 0
     * @throws IllegalArgumentException if one is negative; nothing is recorded then
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
     * Records an exchange that failed.
     *
     * @param atNanos when it failed, in nanoseconds from the beginning of the run, from 0
     * @throws IllegalArgumentException if that is negative; nothing is recorded then
     */
    public void recordFailed(long atNanos) {
        int slot = slot(atNanos);
        failed[slot]++;
    }

    /**
     * Records an answer that came after its exchange had failed.
     *
     * @param atNanos when it came, in nanoseconds from the beginning of the run, from 0
     * @throws IllegalArgumentException if that is negative; nothing is recorded then
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

    /** Returns the index of a slot, which there is room for when it returns. */
    private int slot(long atNanos) {
        requireNotNegative("atNanos", atNanos);
        if (size == 0) {
            allocate();
        }
        while (atNanos >> shift >= MAX_SLOTS) {
            merge();
        }
        int slot = (int) (atNanos >> shift);
        size = Math.max(size, slot + 1);
        return slot;
    }

    private void allocate() {
        counts = new long[MAX_SLOTS];
        mins = new long[MAX_SLOTS];
        maxes = new long[MAX_SLOTS];
        sums = new long[MAX_SLOTS];
        failed = new long[MAX_SLOTS];
        late = new long[MAX_SLOTS];
        Arrays.fill(mins, Long.MAX_VALUE);
    }

    /** Makes one slot of each two. */
    private void merge() {
        for (int i = 0; i < MAX_SLOTS / 2; i++) {
            mins[i] = Math.min(mins[2 * i], mins[2 * i + 1]);
            maxes[i] = Math.max(maxes[2 * i], maxes[2 * i + 1]);
        }
        Arrays.fill(mins, MAX_SLOTS / 2, MAX_SLOTS, Long.MAX_VALUE);
        Arrays.fill(maxes, MAX_SLOTS / 2, MAX_SLOTS, 0);
        for (long[] values : new long[][] {counts, sums, failed, late}) {
            for (int i = 0; i < MAX_SLOTS / 2; i++) {
                values[i] = values[2 * i] + values[2 * i + 1];
            }
            Arrays.fill(values, MAX_SLOTS / 2, MAX_SLOTS, 0);
        }
        shift++;
        size = (size + 1) / 2;
    }

    /**
     * Returns how wide each slot is by now.
     *
     * @return nanoseconds: {@link #MIN_WIDTH_NANOS}, or that some times doubled
     */
    public long widthNanos() {
        return 1L << shift;
    }

    /**
     * Returns the slots with something in them.
     *
     * @return in the order of time; empty where nothing was recorded
     */
    public List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (counts[i] + failed[i] + late[i] > 0) {
                slots.add(at(i));
            }
        }
        return List.copyOf(slots);
    }

    private Slot at(int i) {
        boolean isTimed = counts[i] > 0;
        return new Slot(
                i * widthNanos(),
                counts[i],
                isTimed ? OptionalLong.of(mins[i]) : OptionalLong.empty(),
                isTimed ? OptionalLong.of(sums[i] / counts[i]) : OptionalLong.empty(),
                isTimed ? OptionalLong.of(maxes[i]) : OptionalLong.empty(),
                failed[i],
                late[i]);
    }

    /**
     * Returns what there is so far.
     *
     * @return a timeline of its own
     */
    public Timeline copy() {
        Timeline copy = new Timeline();
        copy.counts = counts.clone();
        copy.mins = mins.clone();
        copy.maxes = maxes.clone();
        copy.sums = sums.clone();
        copy.failed = failed.clone();
        copy.late = late.clone();
        copy.shift = shift;
        copy.size = size;
        return copy;
    }
}
