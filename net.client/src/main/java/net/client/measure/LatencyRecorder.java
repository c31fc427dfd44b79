package net.client.measure;

/** Records latencies into a histogram and a jitter. Not thread-safe. */
public final class LatencyRecorder {
    private final Histogram histogram = new Histogram();
    private final Jitter jitter = new Jitter();

    /** Creates an empty recorder. */
    public LatencyRecorder() {}

    /**
     * Records the next latency, in order of arrival.
     *
     * @param nanos the latency, at least 0
     * @throws IllegalArgumentException if it is negative; nothing is recorded then
     */
    public void record(long nanos) {
        histogram.record(nanos);
        jitter.record(nanos);
    }

    /**
     * Returns a summary of the latencies so far.
     *
     * @return an immutable snapshot
     */
    public LatencySummary timings() {
        return LatencySummary.of(histogram, jitter);
    }

    /**
     * Returns the histogram of the latencies so far.
     *
     * @return an independent copy
     */
    public Histogram histogram() {
        return histogram.copy();
    }
}
