package net.launcher.server;

import net.launcher.output.JsonLine;
import net.launcher.output.Output;
import net.launcher.output.Versions;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.BoundAddress;
import net.server.ReceivedMessage;
import net.server.ServerStats;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** Results of a server as JSON Lines. */
record JsonServerReport(Output out) implements ServerReport {
    @Override
    public void listening(Transport transport, BoundAddress listening, Service service)
            throws IOException {
        out.line(
                JsonLine.event("listening")
                        .field("transport", transport.label())
                        .field("local", Endpoint.of(listening.local()).toString())
                        .field("service", service.label())
                        .field("receive_buffer_bytes", listening.receiveBufferBytes())
                        .field("send_buffer_bytes", listening.sendBufferBytes())
                        .field("time", Instant.now())
                        .field("version", Versions.project())
                        .end());
    }

    @Override
    public void message(ReceivedMessage message, Service service) throws IOException {
        JsonLine line =
                JsonLine.event("message")
                        .field("time", message.time())
                        .field("transport", message.transport().label())
                        .field("local", Endpoint.of(message.local()).toString())
                        .field("peer", Endpoint.of(message.peer()).toString())
                        .field("service", service.label())
                        .message(message.message());
        if (message.isTruncated()) {
            line.field("received", message.received()).field("truncated", true);
        }
        out.append(line.end());
    }

    @Override
    public boolean summaryIsResult() {
        return true;
    }

    @Override
    public void summary(Map<Service, ServerStats> stats) throws IOException {
        ServerStats total = TotalStats.of(stats.values());
        JsonLine line = JsonLine.event("summary").field("time", Instant.now());
        counters(line, total).field("uptime_ns", total.uptime().toNanos());
        line.beginObject("services");
        for (Map.Entry<Service, ServerStats> each : stats.entrySet()) {
            line.beginObject(each.getKey().label());
            counters(line, each.getValue()).endObject();
        }
        out.line(line.endObject().end());
    }

    private static JsonLine counters(JsonLine line, ServerStats stats) throws IOException {
        return line.field("accepted", stats.accepted())
                .field("active", stats.active())
                .field("messages", stats.messages())
                .field("bytes_received", stats.bytesReceived())
                .field("bytes_sent", stats.bytesSent())
                .field("truncated", stats.truncated())
                .field("dropped", stats.dropped())
                .object("refused", CountsByLabel.refused(stats))
                .object("errors", CountsByLabel.errors(stats));
    }
}
