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

/** Puts a page together: first what a reader wants to know, then the charts, then every figure. */
final class Page {
    /** Nothing is loaded from anywhere, whatever a browser would like to. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private final RunReportModel account;
    private final RunResult result;
    private final Html html = new Html();

    private Page(RunReportModel account) {
        this.account = account;
        this.result = account.result();
    }

    static String of(RunReportModel account) {
        return new Page(account).page();
    }

    private String page() {
        html.open("html", "lang", "en");
        head();
        html.open("body").open("main");
        headline();
        keyFigures();
        Tables tables = new Tables(html, account);
        tables.thresholds();
        charts();
        tables.times();
        tables.counts();
        tables.failures();
        new RunTable(html, account).draw();
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
        html.element("title", account.subject() + " to " + account.target() + " - Netpair");
        html.style(Style.SHEET);
        html.close();
    }

    private void headline() {
        html.open("header");
        html.element("h1", account.subject() + " to " + account.target());
        html.open("p", "class", "when");
        html.text(RunTable.time(account.began()) + ", " + Durations.text(result.duration()));
        html.close();
        html.open("p", "class", isGood() ? "verdict ok" : "verdict bad");
        (isGood() ? LegendIcons.OK : LegendIcons.MISSED).draw(html);
        html.text(verdict());
        html.close().close();
    }

    private boolean isGood() {
        return !account.isInterrupted()
                && result.ok() + result.failed() > 0
                && missed() == 0
                && (result.failed() == 0 || !account.verdicts().isEmpty());
    }

    private long missed() {
        return account.verdicts().stream().filter(verdict -> !verdict.isOk()).count();
    }

    private String verdict() {
        String ended = account.isInterrupted() ? "Ended early by a signal. " : "";
        List<Verdict> verdicts = account.verdicts();
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
        if (!account.run().isStream()) {
            figure("Exchanges a second", Rates.perSecond(result.ok(), result.duration()));
        }
        rate("Up", "up_bits_per_second", DerivedMetrics.up(account.run(), result));
        rate("Down", "down_bits_per_second", DerivedMetrics.down(account.run(), result));
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
        if (account.hasTimeCharts()) {
            new PercentileCurve(result).draw(html);
            new HistogramChart(result).draw(html);
            new TimesOverRun(result).draw(html);
        } else if (account.isTimed()) {
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
        new ThroughputCharts(account).draw(html);
    }
}
