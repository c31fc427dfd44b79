package net.launcher.client.html.targets;

import net.client.run.RunResult;
import net.launcher.client.html.RunIntervals.Sample;
import net.launcher.client.html.chart.Chart;
import net.launcher.client.html.chart.ChartSize;
import net.launcher.client.html.chart.Html;
import net.launcher.client.html.chart.LegendIcons;
import net.launcher.client.html.chart.Series;
import net.launcher.client.html.chart.SvgPath;
import net.launcher.client.html.chart.TimesPlot;
import net.launcher.command.value.Durations;

import java.util.ArrayList;
import java.util.List;

/**
 * Charts of the times over the run, one per target, with the same axes; intervals with losses are
 * marked below.
 */
final class SmallMultiples {
    private static final ChartSize LARGE = new ChartSize(320, 176, 56, 308, 14, 146);
    private static final ChartSize COMPACT = new ChartSize(160, 104, 46, 152, 10, 80);

    /** Maximum number of targets with large charts. */
    private static final int MAX_LARGE = 12;

    /** Limit on the dots of all charts together, for the size of the page. */
    private static final int MAX_DOTS = 100_000;

    private static final int MIN_DOTS = 100;

    /** Height of the mark of an interval in which all exchanges were lost. */
    private static final double MARK_HEIGHT = 6;

    /** Minimum width and height of a mark. */
    private static final double MIN_MARK = 2;

    private final GroupModel model;
    private final boolean isCompact;
    private final ChartSize size;
    private final int maxDots;

    SmallMultiples(GroupModel model) {
        this.model = model;
        int count = model.targets().size();
        isCompact = count > MAX_LARGE;
        size = isCompact ? COMPACT : LARGE;
        maxDots = Math.max(MAX_DOTS / count, MIN_DOTS);
    }

    void draw(Html html) {
        List<Series> timed = new ArrayList<>();
        for (TargetModel target : model.targets()) {
            if (isTimed(target.result())) {
                timed.add(series(target.result()));
            }
        }
        if (timed.isEmpty()) {
            return;
        }
        TimesPlot common = TimesPlot.of(timed, size);
        TimesPlot plot = isCompact ? common.withOuterLabels() : common;
        html.open("figure").element("h2", "Times over the run, by target");
        legend(html, timed);
        html.element("p", axes(plot), "class", "note");
        html.open("div", "class", isCompact ? "multiples compact" : "multiples");
        for (int i = 0; i < model.targets().size(); i++) {
            panel(html, plot, i);
        }
        html.close().close();
    }

    /** Returns whether a run has times; a single exchange has no place in its run. */
    private static boolean isTimed(RunResult result) {
        return !result.timeline().slots().isEmpty();
    }

    private static Series series(RunResult result) {
        return new Series("", result, true);
    }

    private boolean hasDots(RunResult result) {
        int points = result.timeline().points().size();
        return points > 0 && points <= maxDots;
    }

    private static String axes(TimesPlot plot) {
        return "All charts have the same axes: ms"
                + (plot.yAxis().isLog() ? " (logarithmic)" : "")
                + " over "
                + plot.xAxis().title()
                + ".";
    }

    private void legend(Html html, List<Series> timed) {
        long dotted = timed.stream().filter(series -> hasDots(series.result())).count();
        html.open("p", "class", "legend");
        if (dotted > 0) {
            LegendIcons.DOT.entry(html, "time of each exchange");
        }
        if (dotted < timed.size()) {
            LegendIcons.CURVE.entry(html, "p50 per interval");
            LegendIcons.TAIL.entry(html, "p99 per interval");
            LegendIcons.BAND.entry(html, "minimum to maximum");
        }
        if (model.count(SmallMultiples::hasLosses) > 0) {
            LegendIcons.LOST.entry(html, "losses, as high as their share");
        }
        html.close();
    }

    private static boolean hasLosses(TargetModel target) {
        return target.recorder().intervals().samples().stream()
                .anyMatch(sample -> sample.losses() > 0);
    }

    private void panel(Html html, TimesPlot plot, int index) {
        TargetModel target = model.targets().get(index);
        RunResult result = target.result();
        boolean isWorst = index == model.worst();
        html.open("div", "class", isWorst ? "panel worst" : "panel");
        html.open("p").text(target.name());
        if (isWorst) {
            html.text(" ").element("span", "worst", "class", "bad");
        }
        html.close();
        String counts = result.ok() + " ok, " + result.failed() + " failed";
        html.element("p", counts, "class", result.failed() > 0 ? "counts bad" : "counts");
        Chart chart = Chart.open(html, size, "target-" + index, target.name(), description(result));
        chart.xAxis(plot.xAxis().axis(), "").yAxis(plot.yAxis(), "");
        if (isTimed(result) && hasDots(result)) {
            plot.dots(chart, series(result));
        } else if (isTimed(result)) {
            plot.lines(chart, series(result));
        }
        chart.path("lost", losses(plot, target.recorder().intervals().samples()));
        chart.close();
        html.close();
    }

    private static String description(RunResult result) {
        return isTimed(result)
                ? "from "
                        + Durations.precise(result.time().min().orElseThrow())
                        + " to "
                        + Durations.precise(result.time().max().orElseThrow())
                : "no times";
    }

    /** Returns a mark for each sample with losses, as wide as its interval. */
    private SvgPath losses(TimesPlot plot, List<Sample> samples) {
        SvgPath marks = new SvgPath();
        long nanos = 0;
        for (Sample sample : samples) {
            double left = Math.min(plot.xAxis().at(nanos), size.right() - MIN_MARK);
            nanos += sample.nanos();
            if (sample.losses() > 0) {
                double right = Math.max(plot.xAxis().at(nanos), left + MIN_MARK);
                double share = (double) sample.losses() / sample.exchanges();
                double height = Math.max(MARK_HEIGHT * share, MIN_MARK);
                marks.moveTo(left, size.bottom()).verticalTo(size.bottom() + height);
                marks.horizontalTo(right).verticalTo(size.bottom()).close();
            }
        }
        return marks;
    }
}
