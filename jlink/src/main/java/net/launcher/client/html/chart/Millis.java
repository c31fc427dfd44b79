package net.launcher.client.html.chart;

import net.client.measure.Histogram;

/** Milliseconds, the unit of times in charts. */
final class Millis {
    private static final double NANOS = 1e6;

    private Millis() {}

    static double of(long nanos) {
        return nanos / NANOS;
    }

    /** Returns an axis that covers all times. */
    static Axis axis(Histogram times, double from, double to) {
        return Axis.of(min(times), max(times), from, to);
    }

    /** Returns the minimum, at least 1 ns. */
    static double min(Histogram times) {
        return of(Math.max(times.min().orElseThrow(), 1));
    }

    /** Returns the maximum, at least 1 ns. */
    static double max(Histogram times) {
        return of(Math.max(times.max().orElseThrow(), 1));
    }
}
