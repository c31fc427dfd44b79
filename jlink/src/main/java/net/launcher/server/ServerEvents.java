package net.launcher.server;

import net.launcher.command.value.Durations;
import net.launcher.output.Diagnostics;
import net.launcher.output.Output;
import net.launcher.output.Output.OutputException;
import net.launcher.output.RateLimitedLog;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.BoundAddress;
import net.server.ReceivedMessage;
import net.server.ServerListener;
import net.server.Session;
import net.server.access.RefusalReason;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Listener of a server: counts, writes results, and logs to standard error. */
final class ServerEvents implements ServerListener {
    /** Rejects a message after the count was reached. */
    private static final class CountReachedException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final Transport transport;
    private final Service service;
    private final CountLimit limit;
    private final Output out;
    private final Diagnostics err;
    private final ServerReport report;
    private final RateLimitedLog failures;
    private final RateLimitedLog refusals;

    /** Called once; empty afterwards. */
    private Optional<RunningServers.BoundAction> onBound;

    ServerEvents(
            Transport transport,
            Service service,
            CountLimit limit,
            Output out,
            Diagnostics err,
            ServerReport report,
            RunningServers.BoundAction onBound) {
        this.transport = transport;
        this.service = service;
        this.limit = limit;
        this.out = out;
        this.err = err;
        this.report = report;
        this.onBound = Optional.of(onBound);
        this.failures = new RateLimitedLog(err);
        this.refusals = new RateLimitedLog(err);
    }

    @Override
    public void onListening(BoundAddress listening) throws IOException {
        if (onBound.isPresent()) {
            RunningServers.BoundAction action = onBound.get();
            onBound = Optional.empty();
            action.run();
        }
        try {
            report.listening(transport, listening, service);
        } catch (OutputException e) {
            throw limit.fail(e);
        }
        Endpoint local = Endpoint.of(listening.local());
        err.print("listening on " + local);
        if (err.isVerbose()) {
            err.print(
                    local
                            + ": receive buffer "
                            + listening.receiveBufferBytes()
                            + " B, send buffer "
                            + listening.sendBufferBytes()
                            + " B");
        }
    }

    @Override
    public void onMessage(ReceivedMessage message) throws IOException {
        if (!limit.tryStart()) {
            throw new CountReachedException();
        }
        try {
            report.message(message, service);
        } catch (OutputException e) {
            throw limit.fail(e);
        }
        if (transport == Transport.UDP) {
            limit.end(1);
        }
    }

    @Override
    public void commit() throws IOException {
        try {
            out.commit();
        } catch (OutputException e) {
            throw limit.fail(e);
        }
    }

    @Override
    public void onEnd(Session session) {
        boolean recordsMessages = ServerReport.recordsMessages(service);
        if (!recordsMessages) {
            limit.tryStart();
        }
        limit.end(recordsMessages ? session.messages() : 1);
        if (err.isVerbose()) {
            err.print(
                    Endpoint.of(session.peer())
                            + ": "
                            + session.end().label()
                            + ", "
                            + session.bytesReceived()
                            + " B received, "
                            + session.bytesSent()
                            + " B sent in "
                            + Durations.text(session.duration()));
        }
    }

    @Override
    public void onRefused(InetSocketAddress peer, RefusalReason reason) {
        refusals.log(() -> "refused " + Endpoint.of(peer) + ": " + reason.label());
    }

    @Override
    public void onFailure(Exception failure) {
        if (!(failure instanceof OutputException || failure instanceof CountReachedException)) {
            failures.error(failure);
        }
    }
}
