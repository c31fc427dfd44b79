package net.client.measure.record;

import net.client.internal.Rounding;
import net.client.measure.Histogram;
import net.client.measure.LatencySummary;

/** Records latencies for a summary and a histogram. Not thread-safe. */
public final class LatencyRecorder {
    private final HistogramRecorder times = new HistogramRecorder();
    private final Jitter jitter = new Jitter();

    /**
     * Records the next latency, in order of arrival.
     *
     * @param nanos the latency, at least 0
     * @throws IllegalArgumentException if it is negative; nothing is recorded then
     */
    public void record(long nanos) {
        times.record(nanos);
        jitter.record(nanos);
    }

    /** Returns a summary of the latencies so far. */
    public LatencySummary summary() {
        return new LatencySummary(
                times.min(),
                Rounding.rounded(times.moments().mean()),
                times.thousandths(500),
                times.thousandths(900),
                times.thousandths(990),
                times.thousandths(999),
                times.max(),
                Rounding.rounded(times.moments().stddev()),
                Rounding.rounded(jitter.nanos()));
    }

    /** Returns the histogram of the latencies so far. */
    public Histogram histogram() {
        return times.snapshot();
    }
}
