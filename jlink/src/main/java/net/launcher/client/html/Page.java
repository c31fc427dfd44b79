package net.launcher.client.html;

import net.client.run.RunResult;
import net.client.run.RunResult.LoadFigures;
import net.launcher.client.html.chart.HistogramChart;
import net.launcher.client.html.chart.Html;
import net.launcher.client.html.chart.PercentileCurve;
import net.launcher.client.html.chart.Series;
import net.launcher.client.html.chart.TimesOverRun;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.output.Plural;

import java.util.List;

/** Builds the page: verdict and key figures, then charts, then tables of all figures. */
final class Page {
    private final RunReportModel model;
    private final RunResult result;
    private final Html html = new Html();

    private Page(RunReportModel model) {
        this.model = model;
        this.result = model.result();
    }

    static String of(RunReportModel model) {
        return new Page(model).page();
    }

    private String page() {
        PageLayout.open(html, model.subject() + " to " + model.target(), "");
        headline();
        new KeyFigures(html, model).draw();
        Tables tables = new Tables(html, model);
        tables.thresholds();
        charts();
        tables.times();
        new StreamTables(html, model).draw();
        tables.counts();
        tables.failures();
        new RunTable(html, model).draw();
        PageLayout.close(html);
        return html.page();
    }

    private void headline() {
        html.open("header");
        html.element("h1", model.subject() + " to " + model.target());
        PageLayout.when(html, model.started(), result.duration());
        PageLayout.verdict(html, isSuccess(), verdict());
        String difference = KeyFigures.headline(result);
        if (!difference.isEmpty()) {
            html.element("p", difference, "class", "difference");
        }
        html.close();
    }

    private boolean isSuccess() {
        return !model.isInterrupted()
                && exchanges() > 0
                && failedThresholds() == 0
                && (model.isFlawless() || !model.verdicts().isEmpty());
    }

    private long exchanges() {
        return result.ok() + result.failed();
    }

    private long failedThresholds() {
        return model.verdicts().stream().filter(verdict -> !verdict.isOk()).count();
    }

    private String verdict() {
        String ended = model.isInterrupted() ? "Interrupted by a signal. " : "";
        List<Verdict> verdicts = model.verdicts();
        if (failedThresholds() > 0) {
            return ended
                    + failedThresholds()
                    + " of "
                    + Plural.of(verdicts.size(), "threshold")
                    + " failed";
        }
        if (exchanges() == 0) {
            return ended + "No " + model.noun() + "s";
        }
        String counts =
                result.ok()
                        + " of "
                        + Plural.of(exchanges(), model.noun())
                        + " succeeded"
                        + otherFailures();
        if (!verdicts.isEmpty()) {
            return ended + "All thresholds passed; " + counts;
        }
        return ended + counts;
    }

    /** Returns the failures of the run without the load, and of the load, as text. */
    private String otherFailures() {
        StringBuilder failures = new StringBuilder();
        if (result.load().isPresent()) {
            LoadFigures load = result.load().get();
            if (load.idle().failed() > 0) {
                failures.append("; ")
                        .append(load.idle().failed())
                        .append(" failed before the load");
            }
            if (load.bulk().failed() > 0) {
                failures.append("; ").append(Plural.of(load.bulk().failed(), "stream"));
                failures.append(" of the load failed");
            }
        }
        return failures.toString();
    }

    private void charts() {
        List<Series> times = Series.of(result);
        if (model.hasDistribution()) {
            new PercentileCurve(times).draw(html);
            new HistogramChart(times).draw(html);
        }
        if (model.hasTimesOverRun()) {
            new TimesOverRun(times).draw(html);
        }
        if (model.isTimed() && !model.hasDistribution()) {
            html.element(
                    "p",
                    "Charts of the distribution require at least "
                            + RunReportModel.MIN_TIMES
                            + " times; this run measured "
                            + result.histogram().count()
                            + ".",
                    "class",
                    "note");
        }
        if (!model.run().isStream()) {
            new LossChart(model.recorder().intervals(), model.run().window()).draw(html);
        }
        new ThroughputCharts(model).draw(html);
    }
}
