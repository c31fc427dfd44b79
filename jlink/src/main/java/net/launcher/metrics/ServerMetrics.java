package net.launcher.metrics;

import net.launcher.metrics.Exposition.Type;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.ErrorKind;
import net.server.ServerListener;
import net.server.ServerStats;
import net.server.access.RefusalReason;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Metrics of the servers of a run, by service, from their counters at the time of a scrape. */
public final class ServerMetrics implements MetricsSource {
    private final Transport transport;
    private final Supplier<Map<Service, ServerStats>> stats;
    private final Map<Service, RecordTimes> records = new ConcurrentHashMap<>();

    /**
     * Creates the metrics of servers.
     *
     * @param stats returns their counters; thread-safe
     */
    public ServerMetrics(Transport transport, Supplier<Map<Service, ServerStats>> stats) {
        this.transport = transport;
        this.stats = stats;
    }

    /** Returns a listener that measures how long records take, and forwards all events. */
    public ServerListener of(Service service, ServerListener listener) {
        RecordTimes times = new RecordTimes(listener);
        records.put(service, times);
        return times;
    }

    @Override
    public void write(Exposition out) throws IOException {
        Map<Service, ServerStats> now = stats.get();
        if (transport == Transport.TCP) {
            out.family("netpair_connections", Type.COUNTER, "Accepted connections.");
            write(out, now, ServerStats::accepted);
            out.family("netpair_connections_active", Type.GAUGE, "Open connections.");
            write(out, now, ServerStats::active);
        } else {
            out.family("netpair_datagrams_received", Type.COUNTER, "Admitted datagrams.");
            write(out, now, ServerStats::accepted);
        }
        writeRefused(out, now);
        out.family("netpair_messages", Type.COUNTER, "Recorded messages.");
        write(out, now, ServerStats::messages);
        out.family("netpair_received_bytes", Type.COUNTER, "Payload bytes received.");
        write(out, now, ServerStats::bytesReceived);
        out.family("netpair_sent_bytes", Type.COUNTER, "Payload bytes sent.");
        write(out, now, ServerStats::bytesSent);
        out.family(
                "netpair_dropped",
                Type.COUNTER,
                "Messages that were not recorded, and datagrams dropped by the system.");
        write(out, now, ServerStats::dropped);
        out.family("netpair_truncated", Type.COUNTER, "Recorded messages that were too long.");
        write(out, now, ServerStats::truncated);
        writeErrors(out, now);
        out.family(
                "netpair_record_seconds",
                Type.HISTOGRAM,
                "Time from the receipt of a message until it is recorded.");
        for (Service service : now.keySet()) {
            if (records.containsKey(service)) {
                out.histogram(labels(service), records.get(service).snapshot());
            }
        }
    }

    private Labels labels(Service service) {
        return Labels.NONE.with("transport", transport.label()).with("service", service.label());
    }

    private void write(
            Exposition out, Map<Service, ServerStats> now, ToLongFunction<ServerStats> figure)
            throws IOException {
        for (Map.Entry<Service, ServerStats> each : now.entrySet()) {
            out.sample(labels(each.getKey()), figure.applyAsLong(each.getValue()));
        }
    }

    /** Writes all reasons, so that the first refusal is an increase. */
    private void writeRefused(Exposition out, Map<Service, ServerStats> now) throws IOException {
        out.family("netpair_refused", Type.COUNTER, "Refused peers and answers by reason.");
        for (Map.Entry<Service, ServerStats> each : now.entrySet()) {
            for (RefusalReason reason : RefusalReason.values()) {
                out.sample(
                        labels(each.getKey()).with("reason", reason.label()),
                        each.getValue().refused().getOrDefault(reason, 0L));
            }
        }
    }

    private void writeErrors(Exposition out, Map<Service, ServerStats> now) throws IOException {
        out.family("netpair_errors", Type.COUNTER, "Errors by kind.");
        for (Map.Entry<Service, ServerStats> each : now.entrySet()) {
            for (ErrorKind kind : ErrorKind.values()) {
                out.sample(
                        labels(each.getKey()).with("kind", kind.label()),
                        each.getValue().errors().getOrDefault(kind, 0L));
            }
        }
    }
}
