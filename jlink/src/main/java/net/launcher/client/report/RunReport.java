package net.launcher.client.report;

import net.client.connect.ExchangeException;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.report.Threshold.Verdict;
import net.launcher.output.Output;

import java.io.IOException;
import java.util.List;

/** The results of a run of many exchanges for people: a line each, and the summary. */
final class RunReport implements ClientReport {
    private final RunConfig run;
    private final boolean isSeen;
    private final Output out;
    private boolean hasLines;

    RunReport(RunConfig run, boolean isSeen, Output out) {
        this.run = run;
        this.isSeen = isSeen;
        this.out = out;
    }

    @Override
    public void start() {
        // The summary says it.
    }

    @Override
    public void exchange(Exchange exchange) throws IOException {
        out.append(ExchangeLine.of(run, exchange));
        hasLines = true;
    }

    @Override
    public void failure(ExchangeException failure) {
        // Standard error says it.
    }

    @Override
    public void interval(RunResult interval) {
        // A terminal shows it.
    }

    @Override
    public void summary(RunResult result, List<Verdict> verdicts) throws IOException {
        if (hasLines) {
            out.append("");
        }
        for (String line : new SummaryText(run, result).lines()) {
            out.append(line);
        }
        if (isSeen) {
            for (String line : HistogramText.of(result.histogram(), BarGlyphs.ofLocale())) {
                out.append(line);
            }
        }
        for (String line : VerdictLines.of(verdicts)) {
            out.append(line);
        }
    }
}
