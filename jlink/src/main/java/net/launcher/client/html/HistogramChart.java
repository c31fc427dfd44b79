package net.launcher.client.html;

import net.client.measure.Histogram;
import net.client.measure.Histogram.Bucket;
import net.client.run.RunResult;

/** Histogram of the times: one bar per range, on a logarithmic axis if the times vary widely. */
final class HistogramChart {
    private static final int MIN_BARS = 8;
    private static final int MAX_BARS = 48;

    /** Factor that widens the axis, so that equal times still have a width. */
    private static final double MARGIN = 1.02;

    private static final double GAP = 1;

    /** Minimum height of a bar, so that small counts are visible. */
    private static final double MIN_HEIGHT = 1.5;

    private final Histogram times;
    private final Axis across;
    private final long[] counts;

    HistogramChart(RunResult result) {
        times = result.histogram();
        double lower = PercentileCurve.inMillis(Math.max(times.min().orElseThrow(), 1)) / MARGIN;
        double upper = PercentileCurve.inMillis(Math.max(times.max().orElseThrow(), 1)) * MARGIN;
        boolean isWide = upper / lower >= 3;
        across =
                isWide
                        ? Axis.log(lower, upper, Chart.LEFT, Chart.RIGHT)
                        : Axis.linear(lower, upper, Chart.LEFT, Chart.RIGHT);
        counts = new long[bars(times.count())];
        for (Bucket bucket : times.buckets()) {
            counts[bar(PercentileCurve.inMillis(bucket.lowest()))] += bucket.count();
        }
    }

    /** Returns the number of bars for a number of times (Rice's rule). */
    private static int bars(long count) {
        return Math.clamp(Math.round(2 * Math.cbrt(count)), MIN_BARS, MAX_BARS);
    }

    private int bar(double millis) {
        double share = (across.at(millis) - across.from()) / (across.to() - across.from());
        return Math.min((int) (share * counts.length), counts.length - 1);
    }

    void draw(Html html) {
        long max = 1;
        for (long count : counts) {
            max = Math.max(max, count);
        }
        Axis up = Axis.fromZero(max, Chart.BOTTOM, Chart.TOP);
        html.open("figure");
        html.element("h2", "Distribution");
        html.open("p", "class", "legend");
        LegendIcons.BARS.explain(html, "exchanges that took so long, " + times.count() + " in all");
        html.close();
        Chart.open(
                        html,
                        "spread",
                        "Distribution of the times",
                        "A bar for each range of times, as high as there are exchanges in it.")
                .below(across, across.isLog() ? "time in ms, logarithmic" : "time in ms")
                .beside(up, "count")
                .path("bars", bars(up))
                .close();
        html.close();
    }

    private SvgPath bars(Axis up) {
        SvgPath bars = new SvgPath();
        double width = (across.to() - across.from()) / counts.length;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                double left = across.from() + i * width;
                double top = Math.min(up.at(counts[i]), Chart.BOTTOM - MIN_HEIGHT);
                bars.moveTo(left, Chart.BOTTOM).along(top);
                bars.across(left + width - GAP).along(Chart.BOTTOM).end();
            }
        }
        return bars;
    }
}
