package net.client.measure;

/**
 * Times recorded one after the other: how they are spread, and how each differs from the one before
 * it. Not thread-safe.
 */
public final class LatencyRecorder {
    private final Histogram histogram = new Histogram();
    private final Jitter jitter = new Jitter();

    /** Creates times of which there are none yet. */
    public LatencyRecorder() {}

    /**
     * Records the next one, in the order of arrival.
     *
     * @param nanos the time, from 0
     * @throws IllegalArgumentException if it is negative; nothing is recorded then
     */
    public void record(long nanos) {
        histogram.record(nanos);
        jitter.record(nanos);
    }

    /**
     * Returns what they come to so far.
     *
     * @return figures that do not change
     */
    public LatencySummary timings() {
        return LatencySummary.of(histogram, jitter);
    }

    /**
     * Returns how they are spread so far.
     *
     * @return a histogram of its own
     */
    public Histogram histogram() {
        return histogram.copy();
    }
}
