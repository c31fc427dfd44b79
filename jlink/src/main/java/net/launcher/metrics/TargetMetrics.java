package net.launcher.metrics;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.client.run.RunResult.StampFigures;
import net.protocol.Transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Counts the events of the run to one target, and forwards them. */
final class TargetMetrics implements RunListener {
    private static final Kind[] KINDS = Kind.values();

    private final RunListener listener;
    private final boolean forwardsExchanges;
    private final Labels labels;
    private final RunConfig run;
    private final Counter ok = new Counter();

    /** Failed exchanges by the ordinal of their kind. */
    private final List<Counter> failures = new ArrayList<>();

    private final LatencyBuckets roundTrips = new LatencyBuckets();
    private final LatencyBuckets connects = new LatencyBuckets();
    private final Counter bytesSent = new Counter();
    private final Counter bytesReceived = new Counter();
    private final Counter connections = new Counter();
    private final Counter datagramsSent = new Counter();
    private final Optional<DatagramCounters> datagrams;

    TargetMetrics(RunConfig run, Labels chosen, RunListener listener) {
        this.run = run;
        this.listener = listener;
        this.forwardsExchanges = listener.needsExchanges();
        this.labels =
                new Labels(chosen.text())
                        .with("target", run.client().endpoint().toString())
                        .with("transport", run.transport().label())
                        .with("service", run.service().label());
        for (int i = 0; i < KINDS.length; i++) {
            failures.add(new Counter());
        }
        this.datagrams =
                isUdp() && run.isAnswered()
                        ? Optional.of(new DatagramCounters())
                        : Optional.empty();
    }

    private boolean isUdp() {
        return run.transport() == Transport.UDP;
    }

    @Override
    public boolean needsExchanges() {
        return true;
    }

    @Override
    public void onConnection(ConnectionInfo connection) throws IOException {
        connections.increment();
        listener.onConnection(connection);
    }

    @Override
    public void onExchange(Exchange exchange) throws IOException {
        ok.increment();
        if (run.isAnswered()) {
            roundTrips.record(exchange.duration().toNanos());
        }
        if (exchange.connect().isPresent()) {
            connects.record(exchange.connect().get().toNanos());
        }
        if (!run.isStream()) {
            bytesSent.add(exchange.bytesSent());
            bytesReceived.add(exchange.bytesReceived());
            datagramsSent.increment();
        }
        if (forwardsExchanges) {
            listener.onExchange(exchange);
        }
    }

    @Override
    public void onFailure(OptionalLong number, ExchangeException failure) throws IOException {
        if (number.isPresent()) {
            count(failure);
        }
        listener.onFailure(number, failure);
    }

    private void count(ExchangeException failure) {
        failures.get(failure.kind().ordinal()).increment();
        if (!run.isStream()) {
            bytesSent.add(failure.bytesSent());
        }
        if (failure.bytesSent() > 0) {
            datagramsSent.increment();
            if (datagrams.isPresent() && failure.kind() != Kind.CORRUPT) {
                datagrams.get().addUnanswered();
            }
        }
    }

    @Override
    public void onInterval(RunResult interval) throws IOException {
        if (run.isStream()) {
            bytesSent.add(interval.bytesSent());
            bytesReceived.add(interval.bytesReceived());
        }
        if (datagrams.isPresent() && interval.datagrams().isPresent()) {
            datagrams.get().add(interval.datagrams().get());
        }
        listener.onInterval(interval);
    }

    @Override
    public void onAddresses(List<InetSocketAddress> addresses) throws IOException {
        listener.onAddresses(addresses);
    }

    @Override
    public void onStampFigures(StampFigures soFar) throws IOException {
        if (datagrams.isPresent()) {
            datagrams.get().setStamp(soFar);
        }
        listener.onStampFigures(soFar);
    }

    @Override
    public void onReport(RunResult soFar) throws IOException {
        listener.onReport(soFar);
    }

    void writeExchanges(Exposition out) throws IOException {
        out.sample(labels.with("result", "ok"), ok.get());
        for (Kind kind : KINDS) {
            long count = failures.get(kind.ordinal()).get();
            if (count > 0 || kind == Kind.TIMEOUT || kind == Kind.REFUSED) {
                out.sample(labels.with("result", kind.label()), count);
            }
        }
    }

    void writeRoundTrips(Exposition out) throws IOException {
        if (run.isAnswered() && !run.isStream()) {
            out.histogram(labels, roundTrips.snapshot());
        }
    }

    void writeConnects(Exposition out) throws IOException {
        if (!isUdp()) {
            out.histogram(labels, connects.snapshot());
        }
    }

    void writeBytesSent(Exposition out) throws IOException {
        out.sample(labels, bytesSent.get());
    }

    void writeBytesReceived(Exposition out) throws IOException {
        out.sample(labels, bytesReceived.get());
    }

    void writeAddressChanges(Exposition out) throws IOException {
        out.sample(labels, Math.max(connections.get() - 1, 0));
    }

    void writeDatagrams(Exposition out) throws IOException {
        if (isUdp()) {
            out.sample(labels, datagramsSent.get());
        }
    }

    void writeLost(Exposition out) throws IOException {
        if (datagrams.isPresent()) {
            datagrams.get().writeLost(out, labels);
        }
    }

    void writeOutcome(Exposition out, Function<DatagramCounters, Counter> outcome)
            throws IOException {
        if (datagrams.isPresent()) {
            out.sample(labels, outcome.apply(datagrams.get()).get());
        }
    }
}
