package net.launcher.client.html;

import net.client.measure.LatencySummary;
import net.client.run.RunResult;
import net.launcher.client.report.DerivedMetrics;
import net.launcher.client.report.Rates;
import net.launcher.client.report.Threshold.Verdict;
import net.launcher.command.Durations;
import net.launcher.output.SiUnits;
import net.launcher.output.Versions;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;

/** Builds the page: verdict and key figures, then charts, then tables of all figures. */
final class Page {
    /** Forbids the browser to load anything. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

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
        html.open("html", "lang", "en");
        head();
        html.open("body").open("main");
        headline();
        keyFigures();
        Tables tables = new Tables(html, model);
        tables.thresholds();
        charts();
        tables.times();
        tables.counts();
        tables.failures();
        new RunTable(html, model).draw();
        html.close();
        html.element("footer", "Made by Netpair " + Versions.project() + ".");
        html.close().close();
        return html.page();
    }

    private void head() {
        html.open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.element("title", model.subject() + " to " + model.target() + " - Netpair");
        html.style(Style.SHEET);
        html.close();
    }

    private void headline() {
        html.open("header");
        html.element("h1", model.subject() + " to " + model.target());
        html.open("p", "class", "when");
        html.text(RunTable.time(model.began()) + ", " + Durations.text(result.duration()));
        html.close();
        html.open("p", "class", isGood() ? "verdict ok" : "verdict bad");
        (isGood() ? LegendIcons.OK : LegendIcons.MISSED).draw(html);
        html.text(verdict());
        html.close().close();
    }

    private boolean isGood() {
        return !model.isInterrupted()
                && result.ok() + result.failed() > 0
                && missed() == 0
                && (result.failed() == 0 || !model.verdicts().isEmpty());
    }

    private long missed() {
        return model.verdicts().stream().filter(verdict -> !verdict.isOk()).count();
    }

    private String verdict() {
        String ended = model.isInterrupted() ? "Ended early by a signal. " : "";
        List<Verdict> verdicts = model.verdicts();
        if (missed() > 0) {
            return ended + missed() + " of " + verdicts.size() + " thresholds missed";
        }
        if (result.ok() + result.failed() == 0) {
            return ended + "No exchange was made";
        }
        String counts = result.ok() + " of " + (result.ok() + result.failed());
        if (!verdicts.isEmpty()) {
            return ended + "All thresholds kept, " + counts + " exchanges succeeded";
        }
        return ended + counts + " exchanges succeeded";
    }

    private void keyFigures() {
        html.open("dl", "class", "key-figures");
        LatencySummary time = result.time();
        figure("Succeeded", result.ok() + " of " + (result.ok() + result.failed()));
        figure("Lost or failed", Rates.loss(result));
        time("Median", time.p50());
        time("99 % within", time.p99());
        time("Longest", time.max());
        if (!model.run().isStream()) {
            figure("Exchanges a second", Rates.perSecond(result.ok(), result.duration()));
        }
        rate("Up", "up_bits_per_second", DerivedMetrics.up(model.run(), result));
        rate("Down", "down_bits_per_second", DerivedMetrics.down(model.run(), result));
        html.close();
    }

    private void time(String name, OptionalLong nanos) {
        if (nanos.isPresent()) {
            figure(name, Durations.precise(nanos.getAsLong()));
        }
    }

    private void rate(String name, String jsonName, OptionalLong bits) {
        if (bits.isPresent()) {
            BigDecimal exact = BigDecimal.valueOf(bits.getAsLong());
            html.open("div").element("dt", name).open("dd");
            html.data(jsonName, exact, SiUnits.bitRate(exact)).close().close();
        }
    }

    private void figure(String name, String text) {
        html.open("div").element("dt", name).element("dd", text).close();
    }

    private void charts() {
        if (model.hasTimeCharts()) {
            new PercentileCurve(result).draw(html);
            new HistogramChart(result).draw(html);
            new TimesOverRun(result).draw(html);
        } else if (model.isTimed()) {
            html.open("section").element("h2", "Times");
            html.element(
                    "p",
                    "There are charts of the times from "
                            + RunReportModel.MIN_TIMES
                            + " exchanges on; here are "
                            + result.histogram().count()
                            + ".");
            html.close();
        }
        new ThroughputCharts(model).draw(html);
    }
}
