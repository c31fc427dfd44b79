package net.launcher.client.report;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.client.report.text.RunHeader;
import net.launcher.client.report.text.SummaryText;
import net.launcher.client.report.text.ThroughputTable;
import net.launcher.client.report.text.VerdictLines;
import net.launcher.output.Output;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Text report of throughput: lines per second and per connection, and the summary. */
final class ThroughputReport implements ClientReport {
    private static final Duration MIN_INTERVAL = Duration.ofMillis(100);

    private final RunConfig run;
    private final boolean isVerbose;
    private final Output out;
    private final RunHeader header;
    private final ThroughputTable table;
    private Duration elapsed = Duration.ZERO;
    private boolean hasLines;
    private boolean hasHeader;

    ThroughputReport(RunConfig run, boolean isVerbose, Output out) {
        this.run = run;
        this.isVerbose = isVerbose;
        this.out = out;
        this.header = new RunHeader(run, out);
        this.table = new ThroughputTable(run);
    }

    @Override
    public void header(Optional<RunConfig> load, Instant start) throws IOException {
        header.start(load, start);
        hasHeader = true;
    }

    @Override
    public void connection(ConnectionInfo connection) throws IOException {
        header.connection(connection);
    }

    @Override
    public void exchange(Exchange exchange) {
        // Its bytes are part of the intervals.
    }

    @Override
    public void failure(OptionalLong number, ExchangeException failure) {
        // Failures go to standard error.
    }

    @Override
    public void interval(RunResult interval) throws IOException {
        if (hasLines && interval.duration().compareTo(MIN_INTERVAL) < 0) {
            // The last interval is too short for a meaningful rate.
            return;
        }
        if (!hasLines) {
            out.append(table.intervalHeading());
            hasLines = true;
        }
        elapsed = elapsed.plus(interval.duration());
        for (String line : table.interval(elapsed, interval)) {
            out.append(line);
        }
    }

    @Override
    public void summary(RunResult result, List<Verdict> verdicts) throws IOException {
        if (hasLines || hasHeader) {
            out.append("");
        }
        if (run.isStream()) {
            for (String line : table.streams(result)) {
                out.append(line);
            }
            out.append("");
        }
        for (String line : new SummaryText(run, isVerbose, result).lines()) {
            out.append(line);
        }
        for (String line : VerdictLines.of(verdicts)) {
            out.append(line);
        }
    }
}
