package net.launcher.client;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.run.Exchange;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.launcher.client.report.ClientReport;
import net.launcher.client.report.text.ConnectionLines;
import net.launcher.client.report.text.StatusLine;
import net.launcher.command.value.Durations;
import net.launcher.output.Diagnostics;
import net.launcher.output.Output;
import net.protocol.Endpoint;
import net.protocol.Transport;

import java.io.IOException;

/** Reports the result of a single exchange immediately. */
final class SingleListener implements RunListener {
    private final ClientReport report;
    private final boolean isQuiet;
    private final Output out;
    private final Diagnostics err;
    private final Transport transport;

    SingleListener(
            Transport transport,
            ClientReport report,
            boolean isQuiet,
            Output out,
            Diagnostics err) {
        this.report = report;
        this.isQuiet = isQuiet;
        this.out = out;
        this.err = err;
        this.transport = transport;
    }

    @Override
    public void onExchange(Exchange exchange) throws IOException {
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
    public void onFailure(ExchangeException failure) throws IOException {
        err.error(failure);
        new Hints(err, transport).print(failure);
        report.failure(failure);
        out.commit();
    }

    @Override
    public void onReport(RunResult soFar) {
        err.print(StatusLine.line(soFar));
    }
}
