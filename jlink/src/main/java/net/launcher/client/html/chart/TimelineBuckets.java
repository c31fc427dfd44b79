package net.launcher.client.html.chart;

import net.client.measure.Timeline;
import net.client.measure.Timeline.Slot;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Slots of a timeline, merged until most contain a time, so that a gap means missing answers and
 * not the pause between two exchanges.
 *
 * @param widthNanos the length of each slot
 * @param slots the slots that are not empty
 */
record TimelineBuckets(long widthNanos, List<Slot> slots) {
    /** Number of slots below which they are no longer merged. */
    private static final int MIN_COUNT = 40;

    static TimelineBuckets of(Timeline timeline) {
        TimelineBuckets buckets = new TimelineBuckets(timeline.widthNanos(), timeline.slots());
        while (buckets.isSparse()) {
            buckets = buckets.merged();
        }
        return buckets;
    }

    private boolean isSparse() {
        if (slots.isEmpty()) {
            return false;
        }
        int timed = 0;
        for (Slot slot : slots) {
            timed += slot.count() > 0 ? 1 : 0;
        }
        long span = slots.getLast().startNanos() - slots.getFirst().startNanos();
        long count = span / widthNanos + 1;
        return count > MIN_COUNT && timed < 0.7 * count;
    }

    private TimelineBuckets merged() {
        long width = 2 * widthNanos;
        List<Slot> merged = new ArrayList<>();
        for (Slot slot : slots) {
            long start = slot.startNanos() / width * width;
            Slot moved = moved(slot, start);
            boolean isSecond = !merged.isEmpty() && merged.getLast().startNanos() == start;
            merged.add(isSecond ? sum(merged.removeLast(), moved) : moved);
        }
        return new TimelineBuckets(width, List.copyOf(merged));
    }

    private static Slot moved(Slot slot, long start) {
        return new Slot(
                start,
                slot.count(),
                slot.min(),
                slot.mean(),
                slot.max(),
                slot.failed(),
                slot.late());
    }

    private static Slot sum(Slot one, Slot other) {
        boolean isTimed = one.count() > 0 && other.count() > 0;
        Slot timed = one.count() > 0 ? one : other;
        return new Slot(
                one.startNanos(),
                one.count() + other.count(),
                isTimed ? min(one.min(), other.min()) : timed.min(),
                isTimed ? mean(one, other) : timed.mean(),
                isTimed ? max(one.max(), other.max()) : timed.max(),
                one.failed() + other.failed(),
                one.late() + other.late());
    }

    private static OptionalLong min(OptionalLong one, OptionalLong other) {
        return OptionalLong.of(Math.min(one.orElseThrow(), other.orElseThrow()));
    }

    private static OptionalLong max(OptionalLong one, OptionalLong other) {
        return OptionalLong.of(Math.max(one.orElseThrow(), other.orElseThrow()));
    }

    private static OptionalLong mean(Slot one, Slot other) {
        double share = (double) other.count() / (one.count() + other.count());
        long distance = other.mean().orElseThrow() - one.mean().orElseThrow();
        return OptionalLong.of(one.mean().orElseThrow() + Math.round(distance * share));
    }
}
