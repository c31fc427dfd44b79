package net.launcher.client;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.launcher.client.report.ClientReport;
import net.launcher.client.report.TargetLabel;
import net.launcher.client.report.text.ConnectionLines;
import net.launcher.client.report.text.FailureLine;
import net.launcher.client.report.text.StatusLine;
import net.protocol.Endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Reports the progress of a run of many exchanges, or of one of several targets. If the run is fast
 * or quiet, exchanges are not listed; of the failures, the first of each kind is reported, and at
 * most one per second is printed to standard error.
 */
final class SeriesListener implements RunListener {
    private final RunConfig run;
    private final ClientReport report;
    private final SeriesOutput output;

    /** True if there are other targets; the figures of all are shown elsewhere. */
    private final boolean isOneOfSeveral;

    private final Set<Kind> reported = EnumSet.noneOf(Kind.class);

    SeriesListener(
            RunConfig run, ClientReport report, SeriesOutput output, boolean isOneOfSeveral) {
        this.run = run;
        this.report = report;
        this.output = output;
        this.isOneOfSeveral = isOneOfSeveral;
    }

    @Override
    public boolean needsExchanges() {
        return output.needsExchanges();
    }

    @Override
    public void onConnection(ConnectionInfo connection) throws IOException {
        if (!output.isQuiet()) {
            report.connection(connection);
            output.commitSoon();
        }
        if (output.err().isVerbose()) {
            for (String line : ConnectionLines.of(connection)) {
                output.err().print(prefix() + line);
            }
        }
    }

    private String prefix() {
        return isOneOfSeveral ? TargetLabel.prefix(run) : "";
    }

    @Override
    public void onAddresses(List<InetSocketAddress> addresses) throws IOException {
        report.addresses(addresses);
        output.commitSoon();
        StringJoiner hosts = new StringJoiner(", ");
        for (InetSocketAddress address : addresses) {
            hosts.add(Endpoint.of(address).host());
        }
        output.err().print("addresses of " + run.client().endpoint() + " changed: " + hosts);
    }

    @Override
    public void onExchange(Exchange exchange) throws IOException {
        if (output.needsExchanges()) {
            report.exchange(exchange);
            output.commitSoon();
        }
    }

    @Override
    public void onFailure(OptionalLong number, ExchangeException failure) throws IOException {
        // Other hosts may send any number of datagrams, which are not exchanges.
        boolean isStray = number.isEmpty() && failure.kind() == Kind.WRONG_SOURCE;
        boolean isListed = output.isReadable() && !output.isQuiet() && !isStray;
        boolean isFirst = reported.add(failure.kind());
        if (isFirst || isListed) {
            report.failure(number, failure);
        }
        String line =
                run.isSingle()
                        ? FailureLine.of(run, failure)
                        : FailureLine.of(run, number, failure);
        // Otherwise, the failures of one target would hide those of others.
        if (isListed || isFirst && isOneOfSeveral) {
            output.err().error(prefix() + line, failure);
        } else {
            output.log().error(prefix() + line, failure);
        }
        output.hints().print(failure);
    }

    @Override
    public void onInterval(RunResult interval) throws IOException {
        if (output.isQuiet()) {
            return;
        }
        report.interval(interval);
        if (output.showsProgress() && !isOneOfSeveral) {
            output.progress().show(interval);
        } else {
            output.commitSoon();
        }
    }

    @Override
    public void onReport(RunResult soFar) {
        if (!isOneOfSeveral) {
            output.err().print(output.progress().phase() + StatusLine.line(soFar));
        }
    }

    /** Returns the listener of the load. */
    RunListener ofLoad(RunConfig load) {
        return new LoadProgress(load, output.progress(), output.showsProgress());
    }
}
