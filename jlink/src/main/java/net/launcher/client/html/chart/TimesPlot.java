package net.launcher.client.html.chart;

import net.client.measure.Timeline.Point;
import net.client.measure.Timeline.Slot;

import java.util.List;
import java.util.OptionalLong;

/** Draws the times of runs over their duration, on the axes of a chart. */
public record TimesPlot(RunAxis xAxis, Axis yAxis) {
    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;

    /**
     * Returns axes that cover all times.
     *
     * @param all runs with at least one time
     */
    public static TimesPlot of(List<Series> all, ChartSize size) {
        long endNanos = 0;
        for (Series series : all) {
            endNanos = Math.max(endNanos, series.result().duration().toNanos());
            endNanos =
                    Math.max(endNanos, series.result().timeline().slots().getLast().startNanos());
        }
        return new TimesPlot(
                RunAxis.of(endNanos, size), Millis.axis(all, size.bottom(), size.top()));
    }

    /** Returns the same axes with labels only at their ends. */
    public TimesPlot withOuterLabels() {
        return new TimesPlot(
                new RunAxis(xAxis.axis().withOuterLabels(), xAxis.unitNanos(), xAxis.unit()),
                yAxis.withOuterLabels());
    }

    private double y(long nanos) {
        return yAxis.at(Millis.of(nanos));
    }

    /** Draws a circle for each time. */
    void circles(Chart chart, Series series, String radius) {
        for (Point point : series.result().timeline().points()) {
            chart.dot(series.dot(), xAxis.at(point.atNanos()), y(point.nanos()), radius);
        }
    }

    /** Draws a small dot for each time, in less text than circles. */
    public void dots(Chart chart, Series series) {
        SvgPath dots = new SvgPath();
        for (Point point : series.result().timeline().points()) {
            dots.dot(xAxis.at(point.atNanos()), y(point.nanos()));
        }
        chart.path("dots", dots);
    }

    /** Draws the median, the 99th percentile and, for the main run, the range per interval. */
    public void lines(Chart chart, Series series) {
        lines(chart, series, TimelineBuckets.of(series.result().timeline()));
    }

    void lines(Chart chart, Series series, TimelineBuckets slots) {
        if (series.isMain()) {
            chart.path("band", band(slots));
        }
        chart.path(series.isMain() ? "tail" : "second-tail", line(slots, TAIL));
        chart.path(series.line(), line(slots, MEDIAN));
    }

    private static boolean isAdjacent(TimelineBuckets buckets, int i) {
        List<Slot> slots = buckets.slots();
        return i > 0
                && slots.get(i).startNanos() - slots.get(i - 1).startNanos()
                        == buckets.widthNanos();
    }

    /** Returns the outline of each group of adjacent slots. */
    private SvgPath band(TimelineBuckets buckets) {
        SvgPath band = new SvgPath();
        int start = 0;
        for (int i = 1; i <= buckets.slots().size(); i++) {
            if (i == buckets.slots().size() || !isAdjacent(buckets, i)) {
                band(band, buckets.slots().subList(start, i), buckets.widthNanos());
                start = i;
            }
        }
        return band;
    }

    /** Adds the outline of adjacent slots: along the maxima and back along the minima. */
    private void band(SvgPath band, List<Slot> part, long widthNanos) {
        band.moveTo(xAxis.at(part.getFirst().startNanos()), y(part.getFirst().max()));
        for (Slot slot : part) {
            band.verticalTo(y(slot.max())).horizontalTo(xAxis.at(slot.startNanos() + widthNanos));
        }
        for (Slot slot : part.reversed()) {
            band.verticalTo(y(slot.min())).horizontalTo(xAxis.at(slot.startNanos()));
        }
        band.close();
    }

    /** Returns a line through a percentile of each slot that has it, with gaps for the others. */
    private SvgPath line(TimelineBuckets buckets, double percentile) {
        SvgPath line = new SvgPath();
        boolean isOpen = false;
        for (int i = 0; i < buckets.slots().size(); i++) {
            Slot slot = buckets.slots().get(i);
            OptionalLong nanos = slot.percentile(percentile);
            if (nanos.isEmpty()) {
                isOpen = false;
                continue;
            }
            double x = xAxis.at(slot.startNanos() + buckets.widthNanos() / 2);
            double y = y(nanos.getAsLong());
            if (isOpen && isAdjacent(buckets, i)) {
                line.lineTo(x, y);
            } else {
                line.dot(x, y);
            }
            isOpen = true;
        }
        return line;
    }
}
