package net.launcher.client.html.chart;

import net.client.measure.Histogram;
import net.client.measure.Histogram.Bucket;
import net.client.run.RunResult;

/** Histogram of the times: one bar per range, on a logarithmic axis if the times vary widely. */
public final class HistogramChart {
    private static final int MIN_BARS = 8;
    private static final int MAX_BARS = 48;

    /** Factor that widens the axis, so that equal times still have a width. */
    private static final double MARGIN = 1.02;

    private static final double GAP = 1;

    /** Minimum height of a bar, so that small counts are visible. */
    private static final double MIN_HEIGHT = 1.5;

    private final Histogram times;
    private final Axis xAxis;
    private final long[] counts;

    public HistogramChart(RunResult result) {
        times = result.histogram();
        double lower = Millis.min(times) / MARGIN;
        double upper = Millis.max(times) * MARGIN;
        boolean isWide = upper / lower >= 3;
        xAxis =
                isWide
                        ? Axis.log(lower, upper, Chart.LEFT, Chart.RIGHT)
                        : Axis.linear(lower, upper, Chart.LEFT, Chart.RIGHT);
        counts = new long[barCount(times.count())];
        for (Bucket bucket : times.buckets()) {
            counts[barIndex(Millis.of(bucket.lowest()))] += bucket.count();
        }
    }

    /** Returns the number of bars for a number of times (Rice's rule). */
    private static int barCount(long count) {
        return Math.clamp(Math.round(2 * Math.cbrt(count)), MIN_BARS, MAX_BARS);
    }

    private int barIndex(double millis) {
        double share = (xAxis.at(millis) - xAxis.from()) / (xAxis.to() - xAxis.from());
        return Math.min((int) (share * counts.length), counts.length - 1);
    }

    public void draw(Html html) {
        long max = 1;
        for (long count : counts) {
            max = Math.max(max, count);
        }
        Axis yAxis = Axis.fromZero(max, Chart.BOTTOM, Chart.TOP);
        html.open("figure");
        html.element("h2", "Distribution");
        html.open("p", "class", "legend");
        LegendIcons.BARS.entry(html, "exchanges per range, " + times.count() + " in total");
        html.close();
        Chart.open(
                        html,
                        "distribution",
                        "Distribution of times",
                        "Number of exchanges per range of times")
                .xAxis(xAxis, xAxis.isLog() ? "time in ms (logarithmic)" : "time in ms")
                .yAxis(yAxis, "count")
                .path("bars", bars(yAxis))
                .close();
        html.close();
    }

    private SvgPath bars(Axis yAxis) {
        SvgPath bars = new SvgPath();
        double width = (xAxis.to() - xAxis.from()) / counts.length;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                double left = xAxis.from() + i * width;
                double top = Math.min(yAxis.at(counts[i]), Chart.BOTTOM - MIN_HEIGHT);
                bars.moveTo(left, Chart.BOTTOM).verticalTo(top);
                bars.horizontalTo(left + width - GAP).verticalTo(Chart.BOTTOM).close();
            }
        }
        return bars;
    }
}
