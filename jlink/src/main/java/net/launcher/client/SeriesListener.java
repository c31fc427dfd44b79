package net.launcher.client;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.launcher.client.report.ClientReport;
import net.launcher.client.report.OutputRate;
import net.launcher.client.report.text.ConnectionLines;
import net.launcher.client.report.text.FailureLine;
import net.launcher.client.report.text.ProgressLine;
import net.launcher.client.report.text.StatusLine;
import net.launcher.output.BackgroundStream;
import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.launcher.output.RateLimitedLog;
import net.launcher.output.Terminal;

import java.io.IOException;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reports the progress of a run of many exchanges. If the run is fast or quiet, exchanges are not
 * listed; of the failures, the first of each kind is reported, and at most one per second is
 * printed to standard error.
 */
final class SeriesListener implements RunListener, AutoCloseable {
    private final RunConfig run;
    private final ClientReport report;
    private final boolean isQuiet;
    private final boolean isReadable;
    private final boolean needsExchanges;
    private final boolean showsProgress;
    private final Diagnostics err;
    private final RateLimitedLog log;
    private final ProgressLine progress;
    private final AsyncWriter writer;
    private final BackgroundStream background;
    private final Hints hints;
    private final Set<Kind> reported = EnumSet.noneOf(Kind.class);

    /**
     * Creates the listener and starts its writer.
     *
     * @param isLoaded whether the run measures latency under load; its exchanges are not listed
     * @param isTerminal whether standard output is a terminal
     */
    SeriesListener(
            RunConfig run,
            ClientReport report,
            Format format,
            boolean isQuiet,
            boolean isLoaded,
            boolean isTerminal,
            Output out,
            Diagnostics err) {
        this.run = run;
        this.report = report;
        this.isQuiet = isQuiet;
        boolean canOverwrite = format == Format.TEXT && Terminal.canOverwrite();
        this.isReadable = OutputRate.isReadable(run, isTerminal && canOverwrite) && !isLoaded;
        this.needsExchanges = !isQuiet && (isReadable || format == Format.RAW);
        this.showsProgress = !isQuiet && !isReadable && !run.bulk() && canOverwrite;
        this.background = BackgroundStream.start(err.name(), err.err(), BackgroundStream.NO_LIMIT);
        this.progress = new ProgressLine(run, isLoaded, Terminal.columns(), background.print());
        this.err = err.to(progress.above());
        this.log = new RateLimitedLog(this.err);
        this.hints = new Hints(this.err, run.transport());
        this.writer = AsyncWriter.start(out);
    }

    @Override
    public boolean needsExchanges() {
        return needsExchanges;
    }

    @Override
    public void onConnection(ConnectionInfo connection) throws IOException {
        if (!isQuiet) {
            report.connection(connection);
            writer.commitSoon();
        }
        if (err.isVerbose()) {
            ConnectionLines.of(connection).forEach(err::print);
        }
    }

    @Override
    public void onExchange(Exchange exchange) throws IOException {
        if (needsExchanges) {
            report.exchange(exchange);
            writer.commitSoon();
        }
    }

    @Override
    public void onFailure(OptionalLong number, ExchangeException failure) throws IOException {
        // Other hosts may send any number of datagrams, which are not exchanges.
        boolean isStray = number.isEmpty() && failure.kind() == Kind.WRONG_SOURCE;
        boolean isListed = isReadable && !isQuiet && !isStray;
        if (reported.add(failure.kind()) || isListed) {
            report.failure(number, failure);
        }
        printFailure(FailureLine.of(run, number, failure), failure, isListed);
    }

    private void printFailure(String line, ExchangeException failure, boolean isListed) {
        if (isListed) {
            err.error(line, failure);
        } else {
            log.error(line, failure);
        }
        hints.print(failure);
    }

    @Override
    public void onInterval(RunResult interval) throws IOException {
        if (isQuiet) {
            return;
        }
        report.interval(interval);
        if (showsProgress) {
            progress.show(interval);
        } else {
            writer.commitSoon();
        }
    }

    @Override
    public void onReport(RunResult soFar) {
        err.print(progress.phase() + StatusLine.line(soFar));
    }

    /** Returns the listener of the load. */
    RunListener ofLoad(RunConfig load) {
        return new LoadProgress(load, progress, showsProgress);
    }

    /** Waits until everything is written. */
    @Override
    public void close() {
        progress.clear();
        background.close();
        writer.close();
    }
}
