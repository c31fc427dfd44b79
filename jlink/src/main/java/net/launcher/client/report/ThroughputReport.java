package net.launcher.client.report;

import net.client.connect.ExchangeException;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.report.Threshold.Verdict;
import net.launcher.output.Output;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** How much goes through, for people: a line a second, each connection, and the summary. */
final class ThroughputReport implements ClientReport {
    private static final Duration MIN_INTERVAL = Duration.ofMillis(100);

    private final RunConfig run;
    private final Output out;
    private final ThroughputTable table;
    private Duration elapsed = Duration.ZERO;
    private boolean hasLines;

    ThroughputReport(RunConfig run, Output out) {
        this.run = run;
        this.out = out;
        this.table = new ThroughputTable(run);
    }

    @Override
    public void start() {
        // The first second has a heading.
    }

    @Override
    public void exchange(Exchange exchange) {
        // What it moved is in its seconds.
    }

    @Override
    public void failure(ExchangeException failure) {
        // Standard error says it.
    }

    @Override
    public void interval(RunResult interval) throws IOException {
        if (hasLines && interval.duration().compareTo(MIN_INTERVAL) < 0) {
            // The rest at the end, of which a rate would be one of chance.
            return;
        }
        if (!hasLines) {
            out.append(table.heading("seconds"));
            hasLines = true;
        }
        elapsed = elapsed.plus(interval.duration());
        out.append(table.interval(elapsed, interval));
    }

    @Override
    public void summary(RunResult result, List<Verdict> verdicts) throws IOException {
        if (hasLines) {
            out.append("");
        }
        if (run.isStream()) {
            for (String line : table.streams(result)) {
                out.append(line);
            }
            out.append("");
        }
        for (String line : new SummaryText(run, result).lines()) {
            out.append(line);
        }
        for (String line : VerdictLines.of(verdicts)) {
            out.append(line);
        }
    }
}
