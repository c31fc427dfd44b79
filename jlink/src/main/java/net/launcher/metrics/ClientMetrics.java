package net.launcher.metrics;

import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.launcher.metrics.Exposition.Type;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Metrics of a client, by target. */
public final class ClientMetrics implements MetricsSource {
    /** Writes the samples of one target to the current family. */
    @FunctionalInterface
    private interface Samples {
        void write(TargetMetrics target, Exposition out) throws IOException;
    }

    private final Labels labels;
    private final List<TargetMetrics> targets = new CopyOnWriteArrayList<>();

    /**
     * Creates the metrics of a client without targets.
     *
     * @param labels further labels of each metric of a target
     * @throws IllegalArgumentException if a name is not allowed in Prometheus, or in use
     */
    public ClientMetrics(Map<String, String> labels) {
        this.labels = Labels.of(labels);
    }

    /** Returns a listener that counts for a further target and forwards all events. */
    public RunListener of(RunConfig run, RunListener listener) {
        TargetMetrics target = new TargetMetrics(run, labels, listener);
        targets.add(target);
        return target;
    }

    @Override
    public void write(Exposition out) throws IOException {
        out.family("netpair_exchanges", Type.COUNTER, "Exchanges by result, warm-up excluded.");
        write(out, TargetMetrics::writeExchanges);
        out.family(
                "netpair_round_trip_seconds",
                Type.HISTOGRAM,
                "Time of successful exchanges; in an open loop from the scheduled time, so that"
                        + " queueing counts, as in the summary.");
        write(out, TargetMetrics::writeRoundTrips);
        out.family(
                "netpair_connect_seconds",
                Type.HISTOGRAM,
                "Time to establish the connections of successful exchanges.");
        write(out, TargetMetrics::writeConnects);
        out.family("netpair_sent_bytes", Type.COUNTER, "Payload bytes sent.");
        write(out, TargetMetrics::writeBytesSent);
        out.family("netpair_received_bytes", Type.COUNTER, "Payload bytes received.");
        write(out, TargetMetrics::writeBytesReceived);
        out.family(
                "netpair_address_changes",
                Type.COUNTER,
                "Changes to another address of the target.");
        write(out, TargetMetrics::writeAddressChanges);
        writeDatagrams(out);
    }

    private void writeDatagrams(Exposition out) throws IOException {
        out.family(
                "netpair_datagrams_sent",
                Type.COUNTER,
                "Datagrams sent, counted when their exchanges end.");
        write(out, TargetMetrics::writeDatagrams);
        out.family(
                "netpair_datagrams_lost",
                Type.COUNTER,
                "Datagrams lost, by direction: up to the target, down from it, or unknown.");
        write(out, TargetMetrics::writeLost);
        writeOutcome(
                out,
                "netpair_datagrams_dropped_here",
                "Answers dropped by this machine, since the receive buffer was full; not lost.",
                DatagramCounters::droppedHere);
        writeOutcome(
                out,
                "netpair_datagrams_duplicated",
                "Further answers to an answered datagram.",
                DatagramCounters::duplicates);
        writeOutcome(
                out,
                "netpair_datagrams_reordered",
                "Answers that arrived after the answer to a later datagram.",
                DatagramCounters::reordered);
        writeOutcome(
                out,
                "netpair_datagrams_late",
                "Answers that arrived after the timeout.",
                DatagramCounters::late);
        writeOutcome(
                out,
                "netpair_datagrams_corrupt",
                "Answers that differ from what was sent.",
                DatagramCounters::corrupt);
    }

    private void writeOutcome(
            Exposition out, String name, String help, Function<DatagramCounters, Counter> outcome)
            throws IOException {
        out.family(name, Type.COUNTER, help);
        write(out, (target, to) -> target.writeOutcome(to, outcome));
    }

    private void write(Exposition out, Samples samples) throws IOException {
        for (TargetMetrics target : targets) {
            samples.write(target, out);
        }
    }
}
