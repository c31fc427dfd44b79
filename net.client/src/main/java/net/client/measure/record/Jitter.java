package net.client.measure.record;

import java.util.OptionalDouble;

/**
 * Interarrival jitter (RFC 3550, section 6.4.1 and appendix A.8), without rounding to integers: the
 * smoothed absolute difference between successive values. Not thread-safe.
 */
public final class Jitter {
    private static final double GAIN = 1.0 / 16;

    private long count;
    private long previous;
    private double smoothedNanos;

    /**
     * Records the next value, in order of arrival.
     *
     * @param nanos a duration or time with a constant offset; only differences count
     */
    public void record(long nanos) {
        if (count++ > 0) {
            smoothedNanos += (Math.abs(nanos - previous) - smoothedNanos) * GAIN;
        }
        previous = nanos;
    }

    /**
     * Sets the value that the next one is compared with, after a change that is not jitter.
     *
     * @param nanos as for {@link #record}
     */
    public void restart(long nanos) {
        count = Math.max(count, 1);
        previous = nanos;
    }

    /**
     * Returns the jitter so far.
     *
     * @return nanoseconds; empty with fewer than two values
     */
    public OptionalDouble nanos() {
        return count < 2 ? OptionalDouble.empty() : OptionalDouble.of(smoothedNanos);
    }
}
