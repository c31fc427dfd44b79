package net.launcher.client.html.chart;

import net.launcher.client.html.chart.Ticks.Tick;

import java.util.List;

/**
 * Maps values of a chart to coordinates of its drawing.
 *
 * @param lower the value at the start of the axis
 * @param upper the value at its end
 * @param isLog whether the axis is logarithmic
 * @param from the coordinate of the lower value
 * @param to the coordinate of the upper value
 * @param ticks the marks
 */
public record Axis(
        double lower, double upper, boolean isLog, double from, double to, List<Tick> ticks) {
    private static final int MAX_TICKS = 8;

    /** Maximum steps of an axis from zero. */
    private static final int MAX_STEPS = 5;

    /** Ratio of maximum to minimum from which an axis is logarithmic. */
    private static final double LOG_FROM = 8;

    /** Returns an axis from zero to a round number not below a value. */
    public static Axis fromZero(double max, double from, double to) {
        double step = Ticks.step(max, MAX_STEPS).doubleValue();
        double upper = Math.ceil(max / step) * step;
        return new Axis(0, upper, false, from, to, Ticks.linear(0, upper, MAX_STEPS));
    }

    /** Returns an axis from zero, whose ticks are whole numbers. */
    public static Axis fromCount(long max, double from, double to) {
        return fromZero(Math.max(max, MAX_STEPS), from, to);
    }

    /** Returns an axis of values above zero, logarithmic if their range is wide. */
    static Axis of(double min, double max, double from, double to) {
        if (max / min < LOG_FROM) {
            return fromZero(max, from, to);
        }
        return log(Ticks.roundDown(min), Ticks.roundUp(max), from, to);
    }

    static Axis log(double lower, double upper, double from, double to) {
        return new Axis(lower, upper, true, from, to, Ticks.log(lower, upper));
    }

    static Axis linear(double lower, double upper, double from, double to) {
        return new Axis(lower, upper, false, from, to, Ticks.linear(lower, upper, MAX_TICKS));
    }

    /** Returns this axis with labels only at its first and last labelled tick. */
    Axis withOuterLabels() {
        List<Tick> labelled = ticks.stream().filter(tick -> !tick.label().isEmpty()).toList();
        List<Tick> outer =
                ticks.stream()
                        .map(
                                tick ->
                                        tick.equals(labelled.getFirst())
                                                        || tick.equals(labelled.getLast())
                                                ? tick
                                                : new Tick(tick.value(), ""))
                        .toList();
        return new Axis(lower, upper, isLog, from, to, outer);
    }

    /** Returns the coordinate of a value, clamped to the ends of the axis. */
    public double at(double value) {
        double inside = Math.clamp(value, lower, upper);
        double share =
                isLog
                        ? Math.log(inside / lower) / Math.log(upper / lower)
                        : (inside - lower) / (upper - lower);
        return from + share * (to - from);
    }
}
