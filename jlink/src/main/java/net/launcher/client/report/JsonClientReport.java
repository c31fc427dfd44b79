package net.launcher.client.report;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.connect.SocketConfig;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.metric.DerivedMetrics;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.output.HostName;
import net.launcher.output.JsonLine;
import net.launcher.output.Output;
import net.launcher.output.Versions;
import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Report of a client run as JSON Lines.
 *
 * @param isOneOfSeveral whether each event has the target
 */
record JsonClientReport(RunConfig run, boolean isOneOfSeveral, Output out) implements ClientReport {
    /** Creates the report of a run with one target. */
    JsonClientReport(RunConfig run, Output out) {
        this(run, false, out);
    }

    @Override
    public void start(Optional<RunConfig> load, List<String> command) throws IOException {
        start(OptionalLong.of(run.payload().size() + run.headerBytes()), load, command);
    }

    /** Reports the configuration, with the bytes of each exchange if they are known. */
    void start(OptionalLong size, Optional<RunConfig> load, List<String> command)
            throws IOException {
        OptionalLong rate =
                run.rate().isPresent()
                        ? OptionalLong.of(run.rate().getAsInt())
                        : OptionalLong.empty();
        JsonLine line =
                plainEvent("start")
                        .field("service", run.service().label())
                        .field("target", run.client().endpoint().toString())
                        .field("count", run.count())
                        .field("duration_ns", JsonFigures.nanos(run.duration()))
                        .field("interval_ns", JsonFigures.nanos(run.interval()))
                        .field("rate", rate)
                        .field("bandwidth", run.bandwidth())
                        .field("parallel", run.parallel())
                        .field("warmup", run.warmup())
                        .field("size", size)
                        .field("bulk", run.bulk())
                        .field("bytes", run.bytes())
                        .field("loop", run.isOpenLoop() ? "open" : "closed");
        if (load.isPresent()) {
            line.beginObject("load")
                    .field("service", load.get().service().label())
                    .field("target", load.get().client().endpoint().toString())
                    .field("connections", load.get().parallel())
                    .endObject();
        }
        labels(line);
        out.append(
                line.field("run", HexFormat.of().toHexDigits(new SplittableRandom().nextLong()))
                        .field("host", HostName.get().orElse(null))
                        .strings("arguments", command)
                        .field("version", Versions.project())
                        .end());
    }

    @Override
    public void connection(ConnectionInfo connection) throws IOException {
        SocketConfig socket = run.client().socket();
        boolean hasBufferSize =
                socket.receiveBufferBytes().isPresent() || socket.sendBufferBytes().isPresent();
        if (connection.failures().isEmpty() && !hasBufferSize) {
            // Reply events contain both endpoints.
            return;
        }
        JsonLine line =
                event("connection")
                        .field("local", Endpoint.of(connection.local()).toString())
                        .field("peer", Endpoint.of(connection.peer()).toString())
                        .field("connect_ns", JsonFigures.nanos(connection.duration()))
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
    public void addresses(List<InetSocketAddress> addresses) throws IOException {
        List<String> texts = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            texts.add(Endpoint.of(address).toString());
        }
        out.append(targetEvent("addresses").strings("addresses", texts).end());
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
            line.field("bytes_received", exchange.bytesReceived());
        }
        line.field("connect_ns", JsonFigures.nanos(exchange.connect()))
                .field("first_byte_ns", JsonFigures.nanos(exchange.firstByte()))
                .field("time_ns", exchange.duration().toNanos());
        if (run.isOpenLoop()) {
            line.field("raw_time_ns", exchange.rawDuration().toNanos());
        }
        out.append(line.end());
    }

    @Override
    public void failure(OptionalLong number, ExchangeException failure) throws IOException {
        error(number, failure, 0);
    }

    @Override
    public void stray(ExchangeException failure, long omitted) throws IOException {
        error(OptionalLong.empty(), failure, omitted);
    }

    private void error(OptionalLong number, ExchangeException failure, long omitted)
            throws IOException {
        JsonLine line =
                targetEvent("error")
                        .field("number", number)
                        .field("kind", failure.kind().label())
                        .field("message", failure.getMessage());
        Optional<String> hint = Hint.of(run.transport(), failure.kind());
        if (hint.isPresent()) {
            line.field("hint", hint.get());
        }
        if (omitted > 0) {
            line.field("omitted", omitted);
        }
        Message received = failure.received();
        out.append((received.size() > 0 ? line.message(received) : line).end());
    }

    @Override
    public void interval(RunResult interval) throws IOException {
        JsonLine line = counts("interval", interval);
        if (run.transport() == Transport.UDP) {
            line.field("dropped_here", DerivedMetrics.droppedHere(interval));
        }
        line.field("duration_ns", interval.duration().toNanos());
        JsonFigures.throughput(line, run, interval);
        JsonFigures.times(line, "time_ns", interval.time());
        out.append(line.end());
    }

    @Override
    public void summary(RunResult result, List<Verdict> verdicts) throws IOException {
        summary(counts("summary", result), result, verdicts);
    }

    /** Reports the figures over several targets. */
    void total(RunResult result, int targets) throws IOException {
        summary(counts("summary", result).field("targets", targets), result, List.of());
    }

    private void summary(JsonLine line, RunResult result, List<Verdict> verdicts)
            throws IOException {
        if (run.transport() == Transport.UDP) {
            JsonFigures.datagrams(line, result);
        }
        if (result.stamp().isPresent()) {
            JsonFigures.stamp(line, result.stamp().get(), DerivedMetrics.hasLossDirections(result));
        }
        line.field("duration_ns", result.duration().toNanos());
        JsonFigures.throughput(line, run, result);
        JsonFigures.times(line, "time_ns", result.time());
        JsonFigures.times(line, "raw_time_ns", result.rawTime());
        JsonFigures.times(line, "lateness_ns", result.lateness());
        line.field("p99_lateness_ns", DerivedMetrics.lateness99(result));
        JsonFigures.times(line, "connect_ns", result.connect());
        JsonFigures.times(line, "first_byte_ns", result.firstByte());
        line.field("resolve_ns", JsonFigures.nanos(result.resolve()))
                .field("warmup", result.warmup())
                .field("skipped", result.skipped())
                .object("errors", DerivedMetrics.failures(result));
        if (result.load().isPresent()) {
            JsonFigures.load(line, run, result.time(), result.load().get());
        }
        labels(line);
        if (!verdicts.isEmpty()) {
            JsonFigures.thresholds(line, verdicts);
        }
        out.append(line.end());
    }

    /** Adds the labels, if there are any. */
    private void labels(JsonLine line) throws IOException {
        if (!run.labels().isEmpty()) {
            line.beginObject("labels");
            for (Map.Entry<String, String> label : run.labels().entrySet()) {
                line.field(label.getKey(), label.getValue());
            }
            line.endObject();
        }
    }

    private JsonLine event(String name) throws IOException {
        return isOneOfSeveral ? targetEvent(name) : plainEvent(name);
    }

    private JsonLine targetEvent(String name) throws IOException {
        return plainEvent(name).field("target", run.client().endpoint().toString());
    }

    private JsonLine plainEvent(String name) throws IOException {
        return JsonLine.event(name)
                .field("time", Instant.now())
                .field("transport", run.transport().label());
    }

    private JsonLine counts(String event, RunResult result) throws IOException {
        JsonLine line = event(event).field("ok", result.ok()).field("failed", result.failed());
        JsonFigures.rates(line, run, result);
        return line.field("bytes_sent", result.bytesSent())
                .field("bytes_received", result.bytesReceived());
    }
}
