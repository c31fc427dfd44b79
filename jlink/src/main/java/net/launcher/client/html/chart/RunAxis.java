package net.launcher.client.html.chart;

/**
 * Axis of the time since the start of a run, in a unit that depends on its length.
 *
 * @param unit the name of the unit, in the plural
 */
public record RunAxis(Axis axis, double unitNanos, String unit) {
    /** Minimum length of a run in a unit for that unit to be used. */
    private static final double MIN_UNITS = 3;

    private static final double SECOND = 1e9;
    private static final double MINUTE = 60 * SECOND;
    private static final double HOUR = 60 * MINUTE;

    public static RunAxis of(long endNanos) {
        return of(endNanos, ChartSize.WIDE);
    }

    static RunAxis of(long endNanos, ChartSize size) {
        if (endNanos < MIN_UNITS * SECOND) {
            return of(endNanos, size, 1e6, "ms");
        }
        if (endNanos < MIN_UNITS * MINUTE) {
            return of(endNanos, size, SECOND, "seconds");
        }
        return endNanos < MIN_UNITS * HOUR
                ? of(endNanos, size, MINUTE, "minutes")
                : of(endNanos, size, HOUR, "hours");
    }

    private static RunAxis of(long endNanos, ChartSize size, double unitNanos, String unit) {
        double end = Math.max(endNanos, 1) / unitNanos;
        return new RunAxis(Axis.linear(0, end, size.left(), size.right()), unitNanos, unit);
    }

    public double at(long nanos) {
        return axis.at(nanos / unitNanos);
    }

    public String title() {
        return unit + " since the start";
    }
}
