package net.launcher.client;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.launcher.client.report.ClientReport;
import net.launcher.client.report.ConnectionLines;
import net.launcher.client.report.OutputRate;
import net.launcher.client.report.ProgressLine;
import net.launcher.client.report.StatusLine;
import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.launcher.output.RateLimitedLog;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Says how a run of many exchanges goes. What is fast is not told one by one, nor what is to be
 * quiet: of the failures then the first one of each kind is a result, and one a second goes to
 * standard error.
 */
final class SeriesListener implements RunListener, AutoCloseable {
    private final ClientReport report;
    private final boolean isQuiet;
    private final boolean isReadable;
    private final boolean hearsExchanges;
    private final boolean showsProgress;
    private final Diagnostics err;
    private final RateLimitedLog throttle;
    private final ProgressLine progress;
    private final AsyncWriter scribe;
    private final Hints hints;
    private final Set<Kind> told = EnumSet.noneOf(Kind.class);

    /**
     * Begins to listen.
     *
     * @param isLoaded whether exchanges are measured beside a load, and not told one by one
     */
    SeriesListener(
            RunConfig run,
            ClientReport report,
            Format format,
            boolean isQuiet,
            boolean isLoaded,
            Output out,
            Diagnostics err) {
        this.report = report;
        this.isQuiet = isQuiet;
        this.isReadable = OutputRate.isReadable(run) && !isLoaded;
        this.hearsExchanges = !isQuiet && (isReadable || format == Format.RAW);
        this.showsProgress =
                !isQuiet
                        && !isReadable
                        && !run.bulk()
                        && format == Format.TEXT
                        && Terminal.isStandardError();
        this.err = err;
        this.throttle = new RateLimitedLog(err);
        this.hints = new Hints(err, run.transport());
        this.progress = new ProgressLine(err.err());
        this.scribe = AsyncWriter.start(out);
    }

    @Override
    public boolean hearsExchanges() {
        return hearsExchanges;
    }

    @Override
    public void onConnection(ConnectionInfo connection) throws IOException {
        if (!isQuiet) {
            report.connection(connection);
            scribe.commitSoon();
        }
        if (err.isVerbose()) {
            scribe.note(() -> ConnectionLines.of(connection).forEach(err::say));
        }
    }

    @Override
    public void onExchange(Exchange exchange) throws IOException {
        if (hearsExchanges) {
            report.exchange(exchange);
            scribe.commitSoon();
        }
    }

    @Override
    public void onFailure(ExchangeException failure) throws IOException {
        // Strangers may send as many datagrams as they like.
        boolean isListed = isReadable && !isQuiet && failure.kind() != Kind.WRONG_SOURCE;
        if (told.add(failure.kind()) || isListed) {
            report.failure(failure);
        }
        scribe.note(() -> say(failure, isListed));
    }

    private void say(ExchangeException failure, boolean isListed) {
        progress.clear();
        if (isListed) {
            err.error(failure);
        } else {
            throttle.error(failure);
        }
        hints.say(failure);
    }

    @Override
    public void onInterval(RunResult interval) throws IOException {
        if (isQuiet) {
            return;
        }
        report.interval(interval);
        if (showsProgress) {
            scribe.note(() -> progress.show(interval));
        } else {
            scribe.commitSoon();
        }
    }

    @Override
    public void onReport(RunResult soFar) {
        scribe.note(
                () -> {
                    progress.clear();
                    err.say(StatusLine.line(soFar));
                });
    }

    /** Returns when all that was said is written. */
    @Override
    public void close() {
        scribe.note(progress::clear);
        scribe.close();
    }
}
