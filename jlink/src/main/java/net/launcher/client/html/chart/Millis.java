package net.launcher.client.html.chart;

import java.util.List;

/** Milliseconds, the unit of times in charts. */
final class Millis {
    private static final double NANOS = 1e6;

    private Millis() {}

    static double of(long nanos) {
        return nanos / NANOS;
    }

    /** Returns an axis that covers all times. */
    static Axis axis(List<Series> all, double from, double to) {
        return Axis.of(min(all), max(all), from, to);
    }

    /** Returns the minimum, at least 1 ns. */
    static double min(List<Series> all) {
        double min = Double.MAX_VALUE;
        for (Series series : all) {
            min = Math.min(min, of(Math.max(series.times().min().orElseThrow(), 1)));
        }
        return min;
    }

    /** Returns the maximum, at least 1 ns. */
    static double max(List<Series> all) {
        double max = of(1);
        for (Series series : all) {
            max = Math.max(max, of(series.times().max().orElseThrow()));
        }
        return max;
    }
}
