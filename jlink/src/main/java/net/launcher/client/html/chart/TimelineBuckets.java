package net.launcher.client.html.chart;

import net.client.measure.Histogram.Bucket;
import net.client.measure.Timeline;
import net.client.measure.Timeline.Slot;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Slots of a timeline, merged until most contain enough times for a 99th percentile.
 *
 * @param widthNanos the length of each slot
 * @param slots the slots that are not empty
 */
record TimelineBuckets(long widthNanos, List<Slot> slots) {
    /** Number of slots below which they are no longer merged. */
    private static final int MIN_COUNT = 10;

    /** Share of the slots that must have a 99th percentile. */
    private static final double MOST = 0.7;

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
        int sufficient = 0;
        for (Slot slot : slots) {
            sufficient += slot.percentile(0.99).isPresent() ? 1 : 0;
        }
        long span = slots.getLast().startNanos() - slots.getFirst().startNanos();
        long count = span / widthNanos + 1;
        return count > MIN_COUNT && sufficient < MOST * count;
    }

    private TimelineBuckets merged() {
        long width = 2 * widthNanos;
        List<Slot> merged = new ArrayList<>();
        for (Slot slot : slots) {
            long start = slot.startNanos() / width * width;
            boolean isSecond = !merged.isEmpty() && merged.getLast().startNanos() == start;
            merged.add(
                    isSecond
                            ? sum(merged.removeLast(), slot)
                            : new Slot(
                                    start, slot.count(), slot.min(), slot.max(), slot.buckets()));
        }
        return new TimelineBuckets(width, List.copyOf(merged));
    }

    private static Slot sum(Slot one, Slot other) {
        TreeMap<Long, Bucket> buckets = new TreeMap<>();
        for (Slot slot : List.of(one, other)) {
            for (Bucket bucket : slot.buckets()) {
                Bucket present = buckets.get(bucket.lowest());
                long before = present == null ? 0 : present.count();
                buckets.put(
                        bucket.lowest(),
                        new Bucket(bucket.lowest(), bucket.highest(), before + bucket.count()));
            }
        }
        return new Slot(
                one.startNanos(),
                one.count() + other.count(),
                Math.min(one.min(), other.min()),
                Math.max(one.max(), other.max()),
                List.copyOf(buckets.values()));
    }
}
