package net.client.measure;

import net.client.measure.Histogram.Bucket;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Latencies over the time of a run: each of them in a short run, otherwise their distribution in
 * slots of equal width. Immutable.
 *
 * <p>There are at most {@value #MAX_SLOTS} slots: when a run exceeds them, pairs are merged into
 * slots of twice the width. The initial width is 2^21 ns, about 2 ms.
 *
 * @param widthNanos the width of a slot, in nanoseconds: a power of two
 * @param slots the non-empty slots in order of time
 * @param points all latencies in order of recording; empty if there are more than {@value
 *     #MAX_POINTS}
 */
public record Timeline(long widthNanos, List<Slot> slots, List<Point> points) {
    /** Maximum number of slots. */
    public static final int MAX_SLOTS = 128;

    /** Maximum number of points. */
    public static final int MAX_POINTS = 1000;

    /** Copies the lists. */
    public Timeline {
        slots = List.copyOf(slots);
        points = List.copyOf(points);
    }

    /**
     * A latency.
     *
     * @param atNanos time of the answer, in nanoseconds from the start of the run
     * @param nanos the latency in nanoseconds
     */
    public record Point(long atNanos, long nanos) {}

    /**
     * The latencies of one slot.
     *
     * @param startNanos start of the slot, in nanoseconds from the start of the run
     * @param count number of latencies, above zero
     * @param min their minimum in nanoseconds
     * @param max their maximum in nanoseconds
     * @param buckets the non-empty ranges of latencies in ascending order, whose bounds differ by
     *     at most 3.2 %
     */
    public record Slot(long startNanos, long count, long min, long max, List<Bucket> buckets) {
        /** Copies the list of buckets. */
        public Slot {
            buckets = List.copyOf(buckets);
        }

        /**
         * Returns a percentile by the rules of {@link Histogram#percentile}: at most 3.2 % above
         * the exact value, and empty with too few latencies.
         *
         * @param p the fraction, above 0 and below 1
         * @return nanoseconds; empty with too few latencies
         * @throws IllegalArgumentException if the fraction is out of its range
         */
        public OptionalLong percentile(double p) {
            OptionalDouble unknown = OptionalDouble.empty();
            return new Histogram(
                            count,
                            OptionalLong.of(min),
                            OptionalLong.of(max),
                            unknown,
                            unknown,
                            buckets)
                    .percentile(p);
        }
    }
}
