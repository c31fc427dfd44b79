package net.launcher.client.report;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.client.report.text.BarGlyphs;
import net.launcher.client.report.text.ExchangeLine;
import net.launcher.client.report.text.HistogramText;
import net.launcher.client.report.text.ResultTable;
import net.launcher.client.report.text.RunHeader;
import net.launcher.client.report.text.SummaryText;
import net.launcher.client.report.text.VerdictLines;
import net.launcher.output.Output;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Text report of a run of many exchanges: a line for each or for each interval, and the summary.
 */
final class RunReport implements ClientReport {
    private final RunConfig run;
    private final boolean hasWindows;
    private final boolean isTerminal;
    private final boolean isVerbose;
    private final Output out;
    private final RunHeader header;
    private boolean hasLines;
    private boolean hasIntervals;

    RunReport(
            RunConfig run, boolean hasWindows, boolean isTerminal, boolean isVerbose, Output out) {
        this.run = run;
        this.hasWindows = hasWindows;
        this.isTerminal = isTerminal;
        this.isVerbose = isVerbose;
        this.out = out;
        this.header = new RunHeader(run, out);
    }

    @Override
    public void header(Optional<RunConfig> load, Instant start) throws IOException {
        header.start(load, start);
        hasLines = true;
    }

    @Override
    public void connection(ConnectionInfo connection) throws IOException {
        header.connection(connection);
    }

    @Override
    public void exchange(Exchange exchange) throws IOException {
        out.append(ExchangeLine.of(run, isVerbose, exchange));
        hasLines = true;
    }

    @Override
    public void failure(OptionalLong number, ExchangeException failure) {
        // Failures go to standard error.
    }

    @Override
    public void interval(RunResult interval) throws IOException {
        if (!hasWindows) {
            // Intervals are shown by the progress line.
            return;
        }
        ResultTable table = new ResultTable(List.of());
        if (!hasIntervals) {
            out.append(table.timedHeading());
            hasIntervals = true;
            hasLines = true;
        }
        out.append(table.timedRow("", interval));
    }

    @Override
    public void summary(RunResult result, List<Verdict> verdicts) throws IOException {
        if (hasLines) {
            out.append("");
        }
        for (String line : new SummaryText(run, isVerbose, result).lines()) {
            out.append(line);
        }
        if (isTerminal) {
            for (String line : HistogramText.of(result.histogram(), BarGlyphs.ofLocale())) {
                out.append(line);
            }
        }
        for (String line : VerdictLines.of(verdicts)) {
            out.append(line);
        }
    }
}
