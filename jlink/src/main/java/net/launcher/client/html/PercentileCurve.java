package net.launcher.client.html;

import net.client.measure.Histogram;
import net.client.measure.Histogram.Bucket;
import net.client.measure.LatencySummary;
import net.client.run.RunResult;
import net.launcher.client.html.Ticks.Tick;
import net.launcher.command.Durations;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Percentile chart of the times. As in plots of HdrHistogram, each further nine has the same width,
 * so that the few long times are visible.
 */
final class PercentileCurve {
    static final double NANOS_PER_MILLI = 1e6;

    /** Ticks of the percentile axis. */
    private static final List<Tick> SHARES =
            List.of(
                    new Tick(0, "0"),
                    new Tick(0.5, "50"),
                    new Tick(0.9, "90"),
                    new Tick(0.99, "99"),
                    new Tick(0.999, "99.9"),
                    new Tick(0.9999, "99.99"),
                    new Tick(0.99999, "99.999"),
                    new Tick(0.999999, "99.9999"),
                    new Tick(0.9999999, "99.99999"));

    /** Extra width for the longest time, whose share is 100 %. */
    private static final double ROOM = 0.12;

    /** Minimum distance between drawn points. */
    private static final double MIN_MOVE = 0.7;

    private final RunResult result;
    private final Histogram times;
    private final Axis across;
    private final Axis up;

    PercentileCurve(RunResult result) {
        this.result = result;
        times = result.histogram();
        double nines = Math.log10(times.count()) + ROOM;
        List<Tick> ticks = new ArrayList<>();
        for (Tick share : SHARES) {
            if (nines(share.value()) <= nines) {
                ticks.add(new Tick(nines(share.value()), share.label()));
            }
        }
        across = new Axis(0, nines, false, Chart.LEFT, Chart.RIGHT, ticks);
        up = millis(times, Chart.BOTTOM, Chart.TOP);
    }

    /** Returns an axis that covers all times, in milliseconds. */
    static Axis millis(Histogram times, double from, double to) {
        return Axis.of(
                inMillis(Math.max(times.min().orElseThrow(), 1)),
                inMillis(Math.max(times.max().orElseThrow(), 1)),
                from,
                to);
    }

    static double inMillis(long nanos) {
        return nanos / NANOS_PER_MILLI;
    }

    private static double nines(double share) {
        return -Math.log10(1 - share);
    }

    void draw(Html html) {
        html.open("figure");
        html.element("h2", "Percentiles");
        html.open("p", "class", "legend");
        LegendIcons.CURVE.explain(html, "time within which so many of the exchanges were done");
        LegendIcons.DOT.explain(html, named());
        html.close();
        Chart chart =
                Chart.open(
                        html,
                        "percentiles",
                        "Percentiles of the times",
                        "The curve of the times over their percentiles: " + named());
        chart.below(across, "percentile").beside(up, "ms").path("curve", curve());
        dots(chart);
        chart.close();
        html.close();
    }

    /** Returns the percentiles that have a dot, in words. */
    private String named() {
        LatencySummary time = result.time();
        StringBuilder text = new StringBuilder();
        append(text, "median ", time.p50());
        append(text, ", 90 % ", time.p90());
        append(text, ", 99 % ", time.p99());
        append(text, ", 99.9 % ", time.p999());
        return text.toString();
    }

    private static void append(StringBuilder text, String name, OptionalLong nanos) {
        if (nanos.isPresent()) {
            text.append(name).append(Durations.precise(nanos.getAsLong()));
        }
    }

    /** Returns a step for each bucket: a time is that of all ranks in it. */
    private SvgPath curve() {
        SvgPath curve = new SvgPath();
        double x = across.from();
        double y = up.at(inMillis(times.min().orElseThrow()));
        curve.moveTo(x, y);
        long passed = 0;
        for (Bucket bucket : times.buckets()) {
            long highest = Math.min(bucket.highest(), times.max().orElseThrow());
            double nextY = up.at(inMillis(highest));
            double nextX = across.at(ninesAfter(passed));
            if (nextX - x >= MIN_MOVE || y - nextY >= MIN_MOVE) {
                curve.across(nextX).along(nextY);
                x = nextX;
                y = nextY;
            }
            passed += bucket.count();
        }
        return curve.along(up.at(inMillis(times.max().orElseThrow()))).across(across.to());
    }

    private double ninesAfter(long passed) {
        return Math.log10((double) times.count() / (times.count() - passed));
    }

    private void dots(Chart chart) {
        LatencySummary time = result.time();
        dot(chart, 0.5, time.p50());
        dot(chart, 0.9, time.p90());
        dot(chart, 0.99, time.p99());
        dot(chart, 0.999, time.p999());
    }

    private void dot(Chart chart, double share, OptionalLong nanos) {
        if (nanos.isPresent()) {
            chart.dot(across.at(nines(share)), up.at(inMillis(nanos.getAsLong())));
        }
    }
}
