package net.launcher.client.html.chart;

import net.client.measure.Histogram.Bucket;
import net.client.measure.LatencyFigure;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Histogram of the times: one bar per range, on a logarithmic axis if the times vary widely. A
 * second series, for comparison, is an outline.
 */
public final class HistogramChart {
    private static final int MIN_BARS = 8;
    private static final int MAX_BARS = 48;

    /** Factor that widens the axis, so that equal times still have a width. */
    private static final double MARGIN = 1.02;

    private static final double GAP = 1;

    /** Minimum height of a bar, so that small counts are visible. */
    private static final double MIN_HEIGHT = 1.5;

    /** Distance of the labels of marks above the chart: the main series, and the other. */
    private static final double MAIN_LABEL = 5;

    private static final double OTHER_LABEL = 23;

    /** Width and height of the label of a mark, and its distance from the mark. */
    private static final double LABEL_WIDTH = 110;

    private static final double LABEL_HEIGHT = 9;
    private static final double LABEL_GAP = 4;

    private final List<Series> all;
    private final Axis xAxis;
    private final List<long[]> counts = new ArrayList<>();

    public HistogramChart(List<Series> all) {
        this.all = all;
        double lower = Millis.min(all) / MARGIN;
        double upper = Millis.max(all) * MARGIN;
        boolean isWide = upper / lower >= 3;
        xAxis =
                isWide
                        ? Axis.log(lower, upper, Chart.LEFT, Chart.RIGHT)
                        : Axis.linear(lower, upper, Chart.LEFT, Chart.RIGHT);
        int bars = barCount(total());
        for (Series series : all) {
            long[] perBar = new long[bars];
            for (Bucket bucket : series.times().buckets()) {
                perBar[barIndex(Millis.of(bucket.lowest()), bars)] += bucket.count();
            }
            counts.add(perBar);
        }
    }

    private long total() {
        long total = 0;
        for (Series series : all) {
            total += series.times().count();
        }
        return total;
    }

    /** Returns the number of bars for a number of times (Rice's rule). */
    private static int barCount(long count) {
        return Math.clamp(Math.round(2 * Math.cbrt(count)), MIN_BARS, MAX_BARS);
    }

    private int barIndex(double millis, int bars) {
        double share = (xAxis.at(millis) - xAxis.from()) / (xAxis.to() - xAxis.from());
        return Math.min((int) (share * bars), bars - 1);
    }

    public void draw(Html html) {
        long max = 1;
        for (long[] perBar : counts) {
            for (long count : perBar) {
                max = Math.max(max, count);
            }
        }
        Axis yAxis = Axis.fromCount(max, Chart.BOTTOM, Chart.TOP);
        html.open("figure");
        html.element("h2", "Distribution");
        html.open("p", "class", "legend");
        for (Series series : all) {
            LegendIcons icon = series.isMain() ? LegendIcons.BARS : LegendIcons.OUTLINE;
            icon.entry(
                    html,
                    series.label()
                            + "exchanges per range, "
                            + series.times().count()
                            + " in total");
        }
        html.close();
        Chart chart =
                Chart.open(
                        html,
                        "distribution",
                        "Distribution of times",
                        "Number of exchanges per range of times");
        chart.xAxis(xAxis, "time in ms").yAxis(yAxis, "exchanges");
        for (int i = all.size() - 1; i >= 0; i--) {
            boolean isMain = all.get(i).isMain();
            chart.path(
                    isMain ? "bars" : "second",
                    isMain ? bars(counts.get(i), yAxis) : outline(counts.get(i), yAxis));
        }
        for (Series series : all) {
            marks(chart, series);
        }
        chart.close();
        html.close();
    }

    private double width(long[] perBar) {
        return (xAxis.to() - xAxis.from()) / perBar.length;
    }

    private static double top(long count, Axis yAxis) {
        return count == 0 ? Chart.BOTTOM : Math.min(yAxis.at(count), Chart.BOTTOM - MIN_HEIGHT);
    }

    private SvgPath bars(long[] perBar, Axis yAxis) {
        SvgPath bars = new SvgPath();
        double width = width(perBar);
        for (int i = 0; i < perBar.length; i++) {
            if (perBar[i] > 0) {
                double left = xAxis.from() + i * width;
                bars.moveTo(left, Chart.BOTTOM).verticalTo(top(perBar[i], yAxis));
                bars.horizontalTo(left + width - GAP).verticalTo(Chart.BOTTOM).close();
            }
        }
        return bars;
    }

    private SvgPath outline(long[] perBar, Axis yAxis) {
        SvgPath outline = new SvgPath().moveTo(xAxis.from(), Chart.BOTTOM);
        double width = width(perBar);
        for (int i = 0; i < perBar.length; i++) {
            outline.verticalTo(top(perBar[i], yAxis));
            outline.horizontalTo(xAxis.from() + (i + 1) * width);
        }
        return outline.verticalTo(Chart.BOTTOM);
    }

    /** Marks the median and the 99th percentile; neither label covers the other. */
    private void marks(Chart chart, Series series) {
        double y = Chart.TOP - (series.isMain() ? MAIN_LABEL : OTHER_LABEL);
        OptionalLong median = series.result().time().p50();
        OptionalLong p99 = series.result().time().p99();
        double p99X = p99.isPresent() ? xAxis.at(Millis.of(p99.getAsLong())) : Double.MAX_VALUE;
        boolean isLast = p99.isPresent() && p99X > xAxis.to() - LABEL_WIDTH;
        if (median.isPresent()) {
            double x = xAxis.at(Millis.of(median.getAsLong()));
            boolean isBeside = p99X - x < LABEL_WIDTH || x > xAxis.to() - LABEL_WIDTH;
            double labelX = isLast ? Math.min(x, p99X - LABEL_WIDTH) : x;
            mark(chart, series, x, y);
            label(chart, labelX, y, isBeside, series, LatencyFigure.P50);
        }
        if (p99.isPresent()) {
            mark(chart, series, p99X, y);
            label(chart, p99X, y, isLast, series, LatencyFigure.P99);
        }
    }

    private static void label(
            Chart chart, double x, double y, boolean isLeft, Series series, LatencyFigure figure) {
        double textX = isLeft ? x - LABEL_GAP : x + LABEL_GAP;
        chart.text(textX, y, isLeft ? "end" : "start", series.label() + figure.label());
    }

    private static void mark(Chart chart, Series series, double x, double y) {
        SvgPath line = new SvgPath().moveTo(x, y - LABEL_HEIGHT).verticalTo(Chart.BOTTOM);
        chart.path(series.isMain() ? "mark" : "second-mark", line);
    }
}
