package net.launcher.client.html;

import net.launcher.client.html.Ticks.Tick;

import java.util.List;

/**
 * From the values of a chart to places in its drawing.
 *
 * @param lower the value at the axis' beginning
 * @param upper the value at its end
 * @param isLog whether a place is that of the value's logarithm
 * @param from the place of the lower value
 * @param to the place of the upper one
 * @param ticks the marks
 */
record Axis(double lower, double upper, boolean isLog, double from, double to, List<Tick> ticks) {
    private static final int MAX_TICKS = 8;

    /** From zero to the top of an axis beside a chart, which is lower than the chart is wide. */
    private static final int MAX_STEPS = 5;

    /** A span from which on the short values would lie on the ground of a linear axis. */
    private static final double LOG_FROM = 8;

    /** An axis from zero to a round number that has room for a value. */
    static Axis fromZero(double max, double from, double to) {
        double step = Ticks.step(max, MAX_STEPS).doubleValue();
        double upper = Math.ceil(max / step) * step;
        return new Axis(0, upper, false, from, to, Ticks.linear(0, upper, MAX_STEPS));
    }

    /** An axis of values above zero, logarithmic where they ask for it. */
    static Axis of(double min, double max, double from, double to) {
        if (max / min < LOG_FROM) {
            return fromZero(max, from, to);
        }
        return log(Ticks.below(min), Ticks.above(max), from, to);
    }

    static Axis log(double lower, double upper, double from, double to) {
        return new Axis(lower, upper, true, from, to, Ticks.log(lower, upper));
    }

    static Axis linear(double lower, double upper, double from, double to) {
        return new Axis(lower, upper, false, from, to, Ticks.linear(lower, upper, MAX_TICKS));
    }

    /** Returns the place of a value; one beyond an end has that one's. */
    double at(double value) {
        double inside = Math.clamp(value, lower, upper);
        double share =
                isLog
                        ? Math.log(inside / lower) / Math.log(upper / lower)
                        : (inside - lower) / (upper - lower);
        return from + share * (to - from);
    }
}
