package net.client;

import java.util.OptionalDouble;

/**
 * The jitter of RFC 3550, section 6.4.1 and appendix A.8, without its rounding to integers: the
 * smoothed difference of one round trip to the one that arrived before it.
 */
final class Jitter {
    private static final double GAIN = 1.0 / 16;

    private long count;
    private long previous;
    private double nanos;

    /** Takes the next round trip, in the order of arrival. */
    void record(long roundTripNanos) {
        if (count++ > 0) {
            nanos += (Math.abs(roundTripNanos - previous) - nanos) * GAIN;
        }
        previous = roundTripNanos;
    }

    /** Returns nanoseconds; empty before the second round trip. */
    OptionalDouble nanos() {
        return count < 2 ? OptionalDouble.empty() : OptionalDouble.of(nanos);
    }
}
