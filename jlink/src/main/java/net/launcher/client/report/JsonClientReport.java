package net.launcher.client.report;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.connect.SocketConfig;
import net.client.measure.LatencyFigure;
import net.client.measure.LatencySummary;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.client.run.RunResult.Datagrams;
import net.client.run.RunResult.LoadFigures;
import net.client.run.RunResult.StampFigures;
import net.client.run.RunResult.StreamFigures;
import net.launcher.client.report.Threshold.Verdict;
import net.launcher.output.JsonLine;
import net.launcher.output.Output;
import net.launcher.output.Versions;
import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Transport;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Report of a client run as JSON Lines. */
record JsonClientReport(RunConfig run, Output out) implements ClientReport {
    @Override
    public void start() throws IOException {
        start(OptionalLong.of(run.payload().size() + run.markBytes()));
    }

    /** Reports the configuration, with the bytes of each exchange if they are known. */
    void start(OptionalLong size) throws IOException {
        OptionalLong rate =
                run.rate().isPresent()
                        ? OptionalLong.of(run.rate().getAsInt())
                        : OptionalLong.empty();
        out.append(
                event("start")
                        .field("service", run.service().label())
                        .field("target", run.client().endpoint().toString())
                        .field("count", run.count())
                        .field("duration_ns", nanos(run.duration()))
                        .field("interval_ns", nanos(run.interval()))
                        .field("rate", rate)
                        .field("parallel", run.parallel())
                        .field("warmup", run.warmup())
                        .field("size", size)
                        .field("bulk", run.bulk())
                        .field("bytes", run.bytes())
                        .field("loop", run.isOpenLoop() ? "open" : "closed")
                        .field("version", Versions.project())
                        .end());
    }

    @Override
    public void connection(ConnectionInfo connection) throws IOException {
        SocketConfig socket = run.client().socket();
        boolean isAsked =
                socket.receiveBufferBytes().isPresent() || socket.sendBufferBytes().isPresent();
        if (connection.failures().isEmpty() && !isAsked) {
            // Replies name both ends.
            return;
        }
        JsonLine line =
                event("connection")
                        .field("local", Endpoint.of(connection.local()).toString())
                        .field("peer", Endpoint.of(connection.peer()).toString())
                        .field("connect_ns", nanos(connection.duration()))
                        .field("receive_buffer_bytes", connection.receiveBufferBytes())
                        .field("send_buffer_bytes", connection.sendBufferBytes())
                        .beginArray("failures");
        for (ExchangeException failure : connection.failures()) {
            line.beginObject()
                    .field("kind", failure.kind().label())
                    .field("message", failure.getMessage())
                    .endObject();
        }
        out.append(line.endArray().end());
    }

    @Override
    public void exchange(Exchange exchange) throws IOException {
        if (!run.isAnswered()) {
            return;
        }
        JsonLine line =
                event("reply")
                        .field("number", exchange.number())
                        .field("local", Endpoint.of(exchange.local()).toString())
                        .field("peer", Endpoint.of(exchange.peer()).toString())
                        .message(exchange.answer());
        if (exchange.bytesReceived() > exchange.answer().size()) {
            line.field("received", exchange.bytesReceived());
        }
        line.field("connect_ns", nanos(exchange.connect()))
                .field("first_byte_ns", nanos(exchange.firstByte()))
                .field("time_ns", exchange.duration().toNanos());
        if (run.isOpenLoop()) {
            line.field("raw_time_ns", exchange.rawDuration().toNanos());
        }
        out.append(line.end());
    }

    @Override
    public void failure(ExchangeException failure) throws IOException {
        JsonLine line =
                event("error")
                        .field("kind", failure.kind().label())
                        .field("message", failure.getMessage());
        Optional<String> hint = Hint.of(run.transport(), failure.kind());
        if (hint.isPresent()) {
            line.field("hint", hint.get());
        }
        Message received = failure.received();
        out.append((received.size() > 0 ? line.message(received) : line).end());
    }

    @Override
    public void interval(RunResult interval) throws IOException {
        JsonLine line = counts("interval", interval);
        line.field("duration_ns", interval.duration().toNanos());
        throughput(line, interval);
        times(line, "time_ns", interval.time());
        out.append(line.end());
    }

    @Override
    public void summary(RunResult result, List<Verdict> verdicts) throws IOException {
        JsonLine line = counts("summary", result);
        if (run.transport() == Transport.UDP) {
            datagrams(line, result);
        }
        if (result.stamp().isPresent()) {
            stamp(line, result.stamp().get(), DerivedMetrics.knowsDirections(result));
        }
        line.field("duration_ns", result.duration().toNanos());
        throughput(line, result);
        times(line, "time_ns", result.time());
        times(line, "raw_time_ns", result.rawTime());
        times(line, "lateness_ns", result.lateness());
        times(line, "connect_ns", result.connect());
        times(line, "first_byte_ns", result.firstByte());
        line.field("resolve_ns", nanos(result.resolve()))
                .field("warmup", result.warmup())
                .field("skipped", result.skipped())
                .object("errors", DerivedMetrics.failures(result));
        if (result.load().isPresent()) {
            load(line, result.time(), result.load().get());
        }
        if (!verdicts.isEmpty()) {
            thresholds(line, verdicts);
        }
        out.append(line.end());
    }

    private JsonLine event(String name) throws IOException {
        return JsonLine.event(name)
                .field("time", Instant.now())
                .field("transport", run.transport().label());
    }

    private JsonLine counts(String event, RunResult result) throws IOException {
        return event(event)
                .field("ok", result.ok())
                .field("failed", result.failed())
                .field("bytes_sent", result.bytesSent())
                .field("bytes_received", result.bytesReceived());
    }

    private void throughput(JsonLine line, RunResult result) throws IOException {
        line.field("up_bits_per_second", DerivedMetrics.up(run, result))
                .field("down_bits_per_second", DerivedMetrics.down(run, result));
        if (run.isStream()) {
            streams(line, result);
        }
    }

    private static void streams(JsonLine line, RunResult result) throws IOException {
        line.beginArray("streams");
        for (StreamFigures stream : result.streams()) {
            line.beginObject()
                    .field("stream", stream.number())
                    .field("bytes_sent", stream.bytesSent())
                    .field("bytes_received", stream.bytesReceived())
                    .field("duration_ns", stream.duration().toNanos())
                    .endObject();
        }
        line.endArray();
    }

    private static void load(JsonLine line, LatencySummary loaded, LoadFigures load)
            throws IOException {
        RunResult idle = load.idle();
        line.beginObject("idle")
                .field("ok", idle.ok())
                .field("failed", idle.failed())
                .field("duration_ns", idle.duration().toNanos());
        times(line, "time_ns", idle.time());
        line.endObject();
        times(line, "difference_ns", Difference.of(idle.time(), loaded));
        RunResult bulk = load.bulk();
        line.beginObject("load")
                .field("failed", bulk.failed())
                .field("bytes_sent", bulk.bytesSent())
                .field("bytes_received", bulk.bytesReceived())
                .field("duration_ns", bulk.duration().toNanos())
                .object("errors", DerivedMetrics.failures(bulk));
        streams(line, bulk);
        line.endObject();
    }

    private static void datagrams(JsonLine line, RunResult result) throws IOException {
        line.field("sent", result.sent());
        if (result.datagrams().isPresent()) {
            Datagrams datagrams = result.datagrams().get();
            line.field("received", datagrams.received())
                    .field("lost", datagrams.lost())
                    .field("late", datagrams.late())
                    .field("duplicates", datagrams.duplicates())
                    .field("reordered", datagrams.reordered())
                    .field("corrupt", datagrams.corrupt());
            return;
        }
        // Unknown, since the service does not answer.
        line.field("received", 0);
        for (String unknown : new String[] {"lost", "late", "duplicates", "reordered", "corrupt"}) {
            line.field(unknown, Optional.empty());
        }
    }

    private static void stamp(JsonLine line, StampFigures stamp, boolean isKnown)
            throws IOException {
        line.field("lost_up", known(stamp.lostUp(), isKnown))
                .field("lost_down", known(stamp.lostDown(), isKnown))
                .field("jitter_up_ns", nanos(stamp.jitterUp()))
                .field("jitter_down_ns", nanos(stamp.jitterDown()));
    }

    private static OptionalLong known(long count, boolean isKnown) {
        return isKnown ? OptionalLong.of(count) : OptionalLong.empty();
    }

    private static OptionalLong nanos(Optional<Duration> time) {
        return time.isPresent() ? OptionalLong.of(time.get().toNanos()) : OptionalLong.empty();
    }

    private static void times(JsonLine line, String name, Optional<LatencySummary> times)
            throws IOException {
        if (times.isPresent()) {
            times(line, name, times.get());
        }
    }

    private static void times(JsonLine line, String name, LatencySummary times) throws IOException {
        line.beginObject(name);
        for (LatencyFigure figure : LatencyFigure.values()) {
            line.field(figure.jsonName(), figure.of(times));
        }
        line.endObject();
    }

    private static void thresholds(JsonLine line, List<Verdict> verdicts) throws IOException {
        line.beginArray("thresholds");
        for (Verdict verdict : verdicts) {
            line.beginObject()
                    .field("expr", verdict.threshold().expression())
                    .field("actual", verdict.actual())
                    .field("ok", verdict.isOk())
                    .endObject();
        }
        line.endArray();
    }
}
