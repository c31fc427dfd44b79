package net.client.measure;

import java.util.OptionalDouble;

/**
 * The jitter of RFC 3550, section 6.4.1 and appendix A.8, without its rounding to integers: the
 * smoothed difference of one time to the one that arrived before it. Not thread-safe.
 */
public final class Jitter {
    private static final double GAIN = 1.0 / 16;

    private long count;
    private long previous;
    private double smoothedNanos;

    /** Creates the jitter of times of which there are none yet. */
    public Jitter() {}

    /**
     * Takes the next time, in the order of arrival.
     *
     * @param nanos from any starting point, the same for all: only differences count
     */
    public void record(long nanos) {
        if (count++ > 0) {
            smoothedNanos += (Math.abs(nanos - previous) - smoothedNanos) * GAIN;
        }
        previous = nanos;
    }

    /**
     * Returns the jitter so far.
     *
     * @return nanoseconds; empty before the second time
     */
    public OptionalDouble nanos() {
        return count < 2 ? OptionalDouble.empty() : OptionalDouble.of(smoothedNanos);
    }
}
