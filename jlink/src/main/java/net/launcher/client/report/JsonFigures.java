package net.launcher.client.report;

import net.client.measure.LatencyFigure;
import net.client.measure.LatencySummary;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.client.run.RunResult.Datagrams;
import net.client.run.RunResult.LoadFigures;
import net.client.run.RunResult.StampFigures;
import net.client.run.RunResult.StreamFigures;
import net.launcher.client.metric.DerivedMetrics;
import net.launcher.client.metric.LatencyFigures;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.output.JsonLine;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes groups of figures into the JSON events of a client run. */
final class JsonFigures {
    private JsonFigures() {}

    /** Adds the loss and the rate of exchanges, which streams do not have. */
    static void rates(JsonLine line, RunConfig run, RunResult result) throws IOException {
        boolean isStream = run.isStream();
        line.field("loss", isStream ? Optional.empty() : DerivedMetrics.lossPercent(result))
                .field(
                        "ok_per_second",
                        isStream ? Optional.empty() : DerivedMetrics.okPerSecond(result));
    }

    static void throughput(JsonLine line, RunConfig run, RunResult result) throws IOException {
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

    static void load(JsonLine line, RunConfig run, LatencySummary loaded, LoadFigures load)
            throws IOException {
        RunResult idle = load.idle();
        line.beginObject("idle").field("ok", idle.ok()).field("failed", idle.failed());
        rates(line, run, idle);
        line.field("duration_ns", idle.duration().toNanos());
        times(line, "time_ns", idle.time());
        line.endObject();
        times(line, "difference_ns", LatencyFigures.differences(idle.time(), loaded));
        RunResult bulk = load.bulk();
        line.beginObject("load")
                .field("failed", bulk.failed())
                .field("bytes_sent", bulk.bytesSent())
                .field("bytes_received", bulk.bytesReceived())
                .field("duration_ns", bulk.duration().toNanos())
                .field("up_bits_per_second", DerivedMetrics.rate(bulk.bytesSent(), bulk))
                .field("down_bits_per_second", DerivedMetrics.rate(bulk.bytesReceived(), bulk))
                .object("errors", DerivedMetrics.failures(bulk));
        streams(line, bulk);
        line.endObject();
    }

    static void datagrams(JsonLine line, RunResult result) throws IOException {
        line.field("sent", result.sent());
        if (result.datagrams().isPresent()) {
            Datagrams datagrams = result.datagrams().get();
            line.field("received", datagrams.received())
                    .field("lost", datagrams.lost())
                    .field("dropped_here", datagrams.droppedHere())
                    .field("late", datagrams.late())
                    .field("duplicates", datagrams.duplicates())
                    .field("reordered", datagrams.reordered())
                    .field("corrupt", datagrams.corrupt());
            return;
        }
        // Unknown, since the service does not answer.
        for (String unknown :
                new String[] {
                    "received", "lost", "dropped_here", "late", "duplicates", "reordered", "corrupt"
                }) {
            line.field(unknown, Optional.empty());
        }
    }

    static void stamp(JsonLine line, StampFigures stamp, boolean hasDirections) throws IOException {
        line.field("lost_up", loss(stamp.lostUp(), hasDirections))
                .field("lost_down", loss(stamp.lostDown(), hasDirections))
                .field("unanswered", loss(stamp.unanswered(), hasDirections))
                .field("jitter_up_ns", nanos(stamp.jitterUp()))
                .field("jitter_down_ns", nanos(stamp.jitterDown()))
                .field("clock_steps", stamp.clockSteps());
    }

    private static OptionalLong loss(long count, boolean hasDirections) {
        return hasDirections ? OptionalLong.of(count) : OptionalLong.empty();
    }

    static OptionalLong nanos(Optional<Duration> time) {
        return time.isPresent() ? OptionalLong.of(time.get().toNanos()) : OptionalLong.empty();
    }

    static void times(JsonLine line, String name, Optional<LatencySummary> times)
            throws IOException {
        if (times.isPresent()) {
            times(line, name, times.get());
        }
    }

    static void times(JsonLine line, String name, LatencySummary times) throws IOException {
        times(line, name, LatencyFigures.of(times));
    }

    private static void times(JsonLine line, String name, Map<LatencyFigure, OptionalLong> figures)
            throws IOException {
        line.beginObject(name);
        for (Map.Entry<LatencyFigure, OptionalLong> figure : figures.entrySet()) {
            line.field(figure.getKey().jsonName(), figure.getValue());
        }
        line.endObject();
    }

    static void thresholds(JsonLine line, List<Verdict> verdicts) throws IOException {
        line.beginArray("thresholds");
        for (Verdict verdict : verdicts) {
            line.beginObject()
                    .field("expr", verdict.threshold().expression())
                    .field("actual", verdict.actual())
                    .field("raw", verdict.raw())
                    .field("ok", verdict.isOk())
                    .endObject();
        }
        line.endArray();
    }
}
