package net.launcher.client.html;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.client.run.RunResult.StampFigures;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Records what the page needs beyond the result of a run, and forwards all events. */
public final class ReportRecorder implements RunListener {
    private final RunListener listener;
    private final RunIntervals intervals;
    private final Map<Kind, String> messages = new EnumMap<>(Kind.class);
    private Optional<InetSocketAddress> local = Optional.empty();
    private Optional<InetSocketAddress> peer = Optional.empty();

    ReportRecorder(RunListener listener) {
        this(listener, RunIntervals.MAX_SAMPLES);
    }

    /**
     * Creates a recorder.
     *
     * @param maxSamples maximum number of samples of the intervals, even
     */
    public ReportRecorder(RunListener listener, int maxSamples) {
        this.listener = listener;
        this.intervals = new RunIntervals(maxSamples);
    }

    @Override
    public boolean needsExchanges() {
        return listener.needsExchanges();
    }

    @Override
    public void onConnection(ConnectionInfo connection) throws IOException {
        listener.onConnection(connection);
    }

    @Override
    public void onExchange(Exchange exchange) throws IOException {
        if (peer.isEmpty()) {
            local = Optional.of(exchange.local());
            peer = Optional.of(exchange.peer());
        }
        listener.onExchange(exchange);
    }

    @Override
    public void onFailure(OptionalLong number, ExchangeException failure) throws IOException {
        messages.putIfAbsent(failure.kind(), failure.getMessage());
        listener.onFailure(number, failure);
    }

    @Override
    public void onInterval(RunResult interval) throws IOException {
        intervals.add(interval);
        listener.onInterval(interval);
    }

    @Override
    public void onAddresses(List<InetSocketAddress> addresses) throws IOException {
        listener.onAddresses(addresses);
    }

    @Override
    public void onStampFigures(StampFigures soFar) throws IOException {
        listener.onStampFigures(soFar);
    }

    @Override
    public void onReport(RunResult soFar) throws IOException {
        listener.onReport(soFar);
    }

    public RunIntervals intervals() {
        return intervals;
    }

    /** Adds the messages of another recorder, for kinds that have none yet. */
    public void addMessages(ReportRecorder other) {
        other.messages.forEach(messages::putIfAbsent);
    }

    /** Returns the message of the first failure of each kind. */
    public Map<Kind, String> messages() {
        return messages;
    }

    /** Returns the local address of the first exchange, if exchanges were reported. */
    Optional<InetSocketAddress> local() {
        return local;
    }

    /** Returns the peer of the first exchange, if exchanges were reported. */
    Optional<InetSocketAddress> peer() {
        return peer;
    }
}
