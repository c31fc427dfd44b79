package net.client.measure;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a run's times come to, in nanoseconds. A figure is empty where it does not exist: each of
 * them without a time, a percentile with fewer times than {@link Histogram#percentile} asks for.
 *
 * @param min the shortest, exact
 * @param mean of the exact times, rounded
 * @param p50 the median
 * @param p90 from 10 times on
 * @param p99 from 100 times on
 * @param p999 from 1000 times on
 * @param max the longest, exact
 * @param stddev the sample's standard deviation, of the exact times, rounded; from 2 times on
 * @param jitter between successive times (RFC 3550, section 6.4.1), rounded; from 2 times on
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
    static LatencySummary of(Histogram times, Jitter jitter) {
        return new LatencySummary(
                times.min(),
                rounded(times.mean()),
                times.thousandths(500),
                times.thousandths(900),
                times.thousandths(990),
                times.thousandths(999),
                times.max(),
                rounded(times.stddev()),
                rounded(jitter.nanos()));
    }

    private static OptionalLong rounded(OptionalDouble nanos) {
        return nanos.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.round(nanos.getAsDouble()));
    }
}
