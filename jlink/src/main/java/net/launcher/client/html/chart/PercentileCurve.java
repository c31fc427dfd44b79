package net.launcher.client.html.chart;

import net.client.measure.Histogram;
import net.client.measure.Histogram.Bucket;
import net.client.measure.LatencyFigure;
import net.client.run.RunResult;
import net.launcher.client.html.chart.Ticks.Tick;
import net.launcher.command.value.Durations;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * Percentile chart of the times. As in plots of HdrHistogram, each further nine has the same width,
 * so that the few long times are visible.
 */
public final class PercentileCurve {
    /** Marked percentiles and their shares. */
    private static final Map<LatencyFigure, Double> MARKS =
            new EnumMap<>(
                    Map.of(
                            LatencyFigure.P50, 0.5,
                            LatencyFigure.P90, 0.9,
                            LatencyFigure.P99, 0.99,
                            LatencyFigure.P999, 0.999));

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

    /** Extra width for the maximum, whose share is 100 %. */
    private static final double MAX_WIDTH = 0.12;

    /** Minimum distance between drawn points. */
    private static final double MIN_MOVE = 0.7;

    private static final String MARK_RADIUS = "4";

    private final List<Series> all;
    private final Axis xAxis;
    private final Axis yAxis;

    public PercentileCurve(List<Series> all) {
        this.all = all;
        long count = 1;
        for (Series series : all) {
            count = Math.max(count, series.times().count());
        }
        double nines = Math.log10(count) + MAX_WIDTH;
        List<Tick> ticks = new ArrayList<>();
        for (Tick share : SHARES) {
            if (nines(share.value()) <= nines) {
                ticks.add(new Tick(nines(share.value()), share.label()));
            }
        }
        xAxis = new Axis(0, nines, false, Chart.LEFT, Chart.RIGHT, ticks);
        yAxis = Millis.axis(all, Chart.BOTTOM, Chart.TOP);
    }

    private static double nines(double share) {
        return -Math.log10(1 - share);
    }

    public void draw(Html html) {
        html.open("figure");
        html.element("h2", "Percentiles");
        html.open("p", "class", "legend");
        StringJoiner description = new StringJoiner("; ", "Time by percentile: ", "");
        for (Series series : all) {
            series.lineIcon().entry(html, series.label() + "time by percentile");
            series.dotIcon().entry(html, series.label() + markedText(series.result()));
            description.add(series.label() + markedText(series.result()));
        }
        html.close();
        Chart chart =
                Chart.open(html, "percentiles", "Percentiles of times", description.toString());
        chart.xAxis(xAxis, "percentile (logarithmic towards 100)").yAxis(yAxis, "ms");
        for (Series series : all) {
            chart.path(series.line(), curve(series.times()));
            dots(chart, series);
        }
        chart.close();
        html.close();
    }

    /** Returns the marked percentiles as text. */
    private static String markedText(RunResult result) {
        StringJoiner text = new StringJoiner(", ");
        for (LatencyFigure mark : MARKS.keySet()) {
            OptionalLong nanos = mark.of(result.time());
            if (nanos.isPresent()) {
                text.add(mark.label() + " " + Durations.precise(nanos.getAsLong()));
            }
        }
        return text.toString();
    }

    /** Returns a step for each bucket: all ranks in it have the same time. */
    private SvgPath curve(Histogram times) {
        SvgPath curve = new SvgPath();
        double x = xAxis.from();
        double y = yAxis.at(Millis.of(times.min().orElseThrow()));
        curve.moveTo(x, y);
        long below = 0;
        for (Bucket bucket : times.buckets()) {
            long highest = Math.min(bucket.highest(), times.max().orElseThrow());
            double nextY = yAxis.at(Millis.of(highest));
            double nextX = xAxis.at(Math.log10((double) times.count() / (times.count() - below)));
            if (nextX - x >= MIN_MOVE || y - nextY >= MIN_MOVE) {
                curve.horizontalTo(nextX).verticalTo(nextY);
                x = nextX;
                y = nextY;
            }
            below += bucket.count();
        }
        double endX = xAxis.at(Math.log10(times.count()) + MAX_WIDTH);
        return curve.verticalTo(yAxis.at(Millis.of(times.max().orElseThrow()))).horizontalTo(endX);
    }

    private void dots(Chart chart, Series series) {
        for (Map.Entry<LatencyFigure, Double> mark : MARKS.entrySet()) {
            OptionalLong nanos = mark.getKey().of(series.result().time());
            if (nanos.isPresent()) {
                double x = xAxis.at(nines(mark.getValue()));
                double y = yAxis.at(Millis.of(nanos.getAsLong()));
                chart.dot(series.dot(), x, y, MARK_RADIUS);
            }
        }
    }
}
