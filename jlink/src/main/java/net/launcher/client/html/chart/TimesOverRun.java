package net.launcher.client.html.chart;

import net.client.measure.Timeline.Point;
import net.launcher.command.value.Durations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Chart of the times over the run: a point per exchange if there are few, otherwise the median, the
 * 99th percentile and the range per interval.
 */
public final class TimesOverRun {
    /** Maximum number of points that are drawn large, since they are well apart. */
    private static final int MAX_LARGE = 100;

    private static final String LARGE_RADIUS = "4";
    private static final String SMALL_RADIUS = "2.5";

    private final List<Series> all;
    private final List<TimelineBuckets> buckets = new ArrayList<>();
    private final TimesPlot plot;

    public TimesOverRun(List<Series> all) {
        this.all = all;
        for (Series series : all) {
            buckets.add(TimelineBuckets.of(series.result().timeline()));
        }
        plot = TimesPlot.of(all, ChartSize.WIDE);
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
        chart.xAxis(plot.xAxis().axis(), plot.xAxis().title()).yAxis(plot.yAxis(), "ms");
        for (int i = 0; i < all.size(); i++) {
            int points = points(all.get(i)).size();
            if (points == 0) {
                plot.lines(chart, all.get(i), buckets.get(i));
            } else {
                String radius = points <= MAX_LARGE ? LARGE_RADIUS : SMALL_RADIUS;
                plot.circles(chart, all.get(i), radius);
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
}
