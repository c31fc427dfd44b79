package net.client.measure;

import java.util.List;
import java.util.OptionalLong;

/**
 * Latencies and failures over the time of a run, in slots of equal width. Immutable.
 *
 * <p>There are at most {@value #MAX_SLOTS} slots: when a run exceeds them, pairs are merged into
 * slots of twice the width. The initial width is 2^21 ns, about 2 ms.
 *
 * @param widthNanos the width of a slot, in nanoseconds: a power of two
 * @param slots the non-empty slots in order of time
 */
public record Timeline(long widthNanos, List<Slot> slots) {
    /** Maximum number of slots. */
    public static final int MAX_SLOTS = 600;

    /** Copies the list of slots. */
    public Timeline {
        slots = List.copyOf(slots);
    }

    /**
     * The values of one slot.
     *
     * @param startNanos start of the slot, in nanoseconds from the start of the run
     * @param count number of latencies
     * @param min their minimum in nanoseconds; empty if there are none
     * @param mean their mean in nanoseconds, rounded down; empty if there are none
     * @param max their maximum in nanoseconds; empty if there are none
     * @param failed number of failed exchanges, including lost datagrams
     * @param late number of answers received after their exchange had failed
     */
    public record Slot(
            long startNanos,
            long count,
            OptionalLong min,
            OptionalLong mean,
            OptionalLong max,
            long failed,
            long late) {}
}
