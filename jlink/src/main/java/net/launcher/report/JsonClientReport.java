package net.launcher.report;

import net.client.Exchange;
import net.client.ExchangeException;
import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Transport;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A client's results for programs: an object a line. */
record JsonClientReport(Transport transport, Output out) implements ClientReport {
    @Override
    public void reply(Exchange exchange) throws IOException {
        if (exchange.answer().size() > 0) {
            out.line(
                    event("reply")
                            .field("local", Endpoint.of(exchange.local()).toString())
                            .field("peer", Endpoint.of(exchange.peer()).toString())
                            .message(exchange.answer())
                            .field("time_ns", exchange.duration().toNanos())
                            .end());
        }
    }

    @Override
    public void failure(ExchangeException failure) throws IOException {
        JsonLine line =
                event("error")
                        .field("kind", failure.kind().label())
                        .field("message", failure.getMessage());
        Message received = failure.received();
        out.line((received.size() > 0 ? line.message(received) : line).end());
    }

    @Override
    public void summary(Tally tally) throws IOException {
        JsonLine line =
                event("summary")
                        .field("ok", tally.isOk() ? 1 : 0)
                        .field("failed", tally.isOk() ? 0 : 1)
                        .field("bytes_sent", tally.bytesSent())
                        .field("bytes_received", tally.bytesReceived());
        if (transport == Transport.UDP) {
            datagrams(line, tally);
        }
        line.field("duration_ns", tally.duration().toNanos());
        times(line, tally.time().map(Duration::toNanos));
        out.line(line.end());
    }

    private JsonLine event(String name) throws IOException {
        return JsonLine.event(name)
                .field("time", Instant.now())
                .field("transport", transport.label());
    }

    /** The service does not answer, so nobody knows what became of the datagram. */
    private static void datagrams(JsonLine line, Tally tally) throws IOException {
        line.field("sent", tally.sent()).field("received", 0);
        for (String unknown : new String[] {"lost", "late", "duplicates", "reordered", "corrupt"}) {
            line.field(unknown, Optional.empty());
        }
    }

    /** Of one sample, or none: a percentile beyond the median, or a spread, takes more. */
    private static void times(JsonLine line, Optional<Long> nanos) throws IOException {
        line.beginObject("time_ns").field("min", nanos).field("mean", nanos).field("p50", nanos);
        for (String unknown : new String[] {"p90", "p99", "p999"}) {
            line.field(unknown, Optional.empty());
        }
        line.field("max", nanos)
                .field("stddev", Optional.empty())
                .field("jitter", Optional.empty())
                .endObject();
    }
}
