package net.client.measure;

import net.client.internal.Rounding;

import java.util.OptionalLong;

/**
 * Summary of the latencies of a run, in nanoseconds. A figure is empty if there are too few values
 * for it: for percentiles see {@link Histogram#percentile}.
 *
 * @param min the exact minimum
 * @param mean the mean of the exact values, rounded
 * @param p50 the median
 * @param p90 the 90th percentile; requires 10 values
 * @param p99 the 99th percentile; requires 100 values
 * @param p999 the 99.9th percentile; requires 1000 values
 * @param max the exact maximum
 * @param stddev the sample standard deviation of the exact values, rounded; requires 2 values
 * @param jitter the jitter between successive values (RFC 3550, section 6.4.1), rounded; requires 2
 *     values
 */
public record LatencySummary(
        OptionalLong min,
        OptionalLong mean,
        OptionalLong p50,
        OptionalLong p90,
        OptionalLong p99,
        OptionalLong p999,
        OptionalLong max,
        OptionalLong stddev,
        OptionalLong jitter) {
    /**
     * Returns the summary of a histogram, which has no jitter.
     *
     * @param times the histogram
     * @return its figures
     */
    public static LatencySummary of(Histogram times) {
        return new LatencySummary(
                times.min(),
                Rounding.rounded(times.mean()),
                times.percentile(0.5),
                times.percentile(0.9),
                times.percentile(0.99),
                times.percentile(0.999),
                times.max(),
                Rounding.rounded(times.stddev()),
                OptionalLong.empty());
    }
}
