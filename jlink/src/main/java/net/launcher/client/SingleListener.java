package net.launcher.client;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.launcher.client.report.ClientReport;
import net.launcher.client.report.text.ConnectionLines;
import net.launcher.client.report.text.FailureLine;
import net.launcher.client.report.text.StatusLine;
import net.launcher.command.value.Durations;
import net.launcher.output.Diagnostics;
import net.launcher.output.Output;
import net.launcher.output.RateLimitedLog;
import net.protocol.Endpoint;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * Reports the result of a single exchange immediately, and datagrams from other addresses at most
 * once a second, since any host may send them at any rate.
 */
final class SingleListener implements RunListener, AutoCloseable {
    private final RunConfig run;
    private final ClientReport report;
    private final boolean isQuiet;
    private final Output out;
    private final Diagnostics err;
    private final Hints hints;
    private final RateLimitedLog strays;

    /** The last datagram from another address that was not reported. */
    private ExchangeException omitted;

    SingleListener(
            RunConfig run, ClientReport report, boolean isQuiet, Output out, Diagnostics err) {
        this.run = run;
        this.report = report;
        this.isQuiet = isQuiet;
        this.out = out;
        this.err = err;
        this.hints = new Hints(err, run.transport());
        this.strays = new RateLimitedLog(err);
    }

    @Override
    public void onExchange(Exchange exchange) throws IOException {
        reportOmitted();
        if (!isQuiet) {
            report.exchange(exchange);
            out.commit();
        }
        if (err.isVerbose()) {
            err.print(
                    Endpoint.of(exchange.local())
                            + " to "
                            + Endpoint.of(exchange.peer())
                            + ": "
                            + exchange.bytesSent()
                            + " B sent, "
                            + exchange.bytesReceived()
                            + " B received in "
                            + Durations.text(exchange.duration()));
        }
    }

    @Override
    public void onConnection(ConnectionInfo connection) throws IOException {
        if (!isQuiet) {
            report.connection(connection);
        }
        if (err.isVerbose()) {
            ConnectionLines.of(connection).forEach(err::print);
        }
    }

    @Override
    public void onFailure(OptionalLong number, ExchangeException failure) throws IOException {
        if (number.isEmpty() && failure.kind() == Kind.WRONG_SOURCE) {
            onStray(failure);
            return;
        }
        reportOmitted();
        err.error(FailureLine.of(run, failure), failure);
        hints.print(failure);
        report.failure(number, failure);
        out.commit();
    }

    private void onStray(ExchangeException failure) throws IOException {
        long before = strays.acquire();
        if (before < 0) {
            omitted = failure;
        } else {
            report(failure, before);
        }
    }

    private void reportOmitted() throws IOException {
        long count = strays.takeOmitted();
        if (count > 0) {
            report(omitted, count - 1);
        }
    }

    private void report(ExchangeException stray, long before) throws IOException {
        strays.print(stray.getMessage(), before);
        err.trace(stray);
        hints.print(stray);
        report.stray(stray, before);
        out.commit();
    }

    @Override
    public void onReport(RunResult soFar) {
        err.print(StatusLine.line(soFar));
    }

    /** Reports the last datagram from another address, if it was omitted. */
    @Override
    public void close() throws IOException {
        reportOmitted();
    }
}
