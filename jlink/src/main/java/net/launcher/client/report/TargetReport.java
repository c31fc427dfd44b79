package net.launcher.client.report;

import net.client.connect.ExchangeException;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.client.report.text.ExchangeLine;
import net.launcher.client.report.text.ResultTable;
import net.launcher.output.Escapes;
import net.launcher.output.Output;
import net.protocol.Service;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Text report of one of several targets; {@link TextGroupReport} has the summary of all. */
final class TargetReport implements ClientReport {
    private final RunConfig run;
    private final boolean isVerbose;
    private final boolean showsWindows;
    private final ResultTable table;
    private final Output out;

    TargetReport(
            RunConfig run, boolean isVerbose, boolean showsWindows, ResultTable table, Output out) {
        this.run = run;
        this.isVerbose = isVerbose;
        this.showsWindows = showsWindows;
        this.table = table;
        this.out = out;
    }

    @Override
    public void exchange(Exchange exchange) throws IOException {
        boolean isAnswer = run.isSingle() && exchange.answer().size() > 0;
        out.append(
                isAnswer && run.service() != Service.STAMP
                        ? run.client().endpoint() + ": " + Escapes.text(exchange.answer())
                        : TargetLabel.prefix(run) + ExchangeLine.of(run, isVerbose, exchange));
    }

    @Override
    public void failure(OptionalLong number, ExchangeException failure) {
        // Failures go to standard error.
    }

    @Override
    public void interval(RunResult interval) throws IOException {
        if (showsWindows) {
            out.append(table.timedRow(run.client().endpoint().toString(), interval));
        }
    }

    @Override
    public void summary(RunResult result, List<Verdict> verdicts) {
        // Part of the summary of all targets.
    }
}
