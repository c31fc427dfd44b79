package net.launcher.client.html.chart;

import net.client.measure.Timeline.Point;
import net.client.measure.Timeline.Slot;
import net.launcher.command.value.Durations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * Chart of the times over the run: a point per exchange if there are few, otherwise the median, the
 * 99th percentile and the range per interval.
 */
public final class TimesOverRun {
    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;

    /** Maximum number of points that are drawn large, since they are well apart. */
    private static final int MAX_LARGE = 100;

    private static final String LARGE_RADIUS = "4";
    private static final String SMALL_RADIUS = "2.5";

    private final List<Series> all;
    private final List<TimelineBuckets> buckets = new ArrayList<>();
    private final RunAxis xAxis;
    private final Axis yAxis;

    public TimesOverRun(List<Series> all) {
        this.all = all;
        long endNanos = 0;
        for (Series series : all) {
            TimelineBuckets ofSeries = TimelineBuckets.of(series.result().timeline());
            buckets.add(ofSeries);
            long lastNanos = ofSeries.slots().getLast().startNanos();
            endNanos = Math.max(endNanos, series.result().duration().toNanos());
            endNanos = Math.max(endNanos, lastNanos);
        }
        xAxis = RunAxis.of(endNanos);
        yAxis = Millis.axis(all, Chart.BOTTOM, Chart.TOP);
    }

    private static List<Point> points(Series series) {
        return series.result().timeline().points();
    }

    public void draw(Html html) {
        html.open("figure");
        html.element("h2", "Times over the run");
        html.open("p", "class", "legend");
        for (int i = 0; i < all.size(); i++) {
            legend(html, all.get(i), buckets.get(i).widthNanos());
        }
        html.close();
        Chart chart = Chart.open(html, "times", "Times over the run", description());
        chart.xAxis(xAxis.axis(), xAxis.title()).yAxis(yAxis, "ms");
        for (int i = 0; i < all.size(); i++) {
            if (points(all.get(i)).isEmpty()) {
                lines(chart, all.get(i), buckets.get(i));
            } else {
                points(chart, all.get(i));
            }
        }
        chart.close();
        html.close();
    }

    private static void legend(Html html, Series series, long widthNanos) {
        if (!points(series).isEmpty()) {
            series.dotIcon().entry(html, series.label() + "time of each exchange");
            return;
        }
        String per = " per " + Durations.text(Duration.ofNanos(widthNanos));
        LegendIcons tail = series.isMain() ? LegendIcons.TAIL : LegendIcons.SECOND_TAIL;
        series.lineIcon().entry(html, series.label() + "p50" + per);
        tail.entry(html, series.label() + "p99" + per);
        if (series.isMain()) {
            LegendIcons.BAND.entry(html, series.label() + "minimum to maximum");
        }
    }

    private String description() {
        StringJoiner text = new StringJoiner("; ");
        for (Series series : all) {
            text.add(
                    series.label()
                            + "from "
                            + Durations.precise(series.times().min().orElseThrow())
                            + " to "
                            + Durations.precise(series.times().max().orElseThrow())
                            + " in "
                            + Durations.text(series.result().duration()));
        }
        return text.toString();
    }

    private void points(Chart chart, Series series) {
        List<Point> points = points(series);
        String radius = points.size() <= MAX_LARGE ? LARGE_RADIUS : SMALL_RADIUS;
        for (Point point : points) {
            chart.dot(series.dot(), xAxis.at(point.atNanos()), y(point.nanos()), radius);
        }
    }

    private void lines(Chart chart, Series series, TimelineBuckets slots) {
        if (series.isMain()) {
            chart.path("band", band(slots));
        }
        chart.path(series.isMain() ? "tail" : "second-tail", line(slots, TAIL));
        chart.path(series.line(), line(slots, MEDIAN));
    }

    private double y(long nanos) {
        return yAxis.at(Millis.of(nanos));
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
                // A line of zero length with round ends is a dot.
                line.moveTo(x, y).horizontalTo(x);
            }
            isOpen = true;
        }
        return line;
    }
}
