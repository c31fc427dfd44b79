package net.client.run.record;

import net.client.connect.ExchangeException.Kind;
import net.client.measure.Histogram;
import net.client.measure.LatencySummary;
import net.client.measure.Timeline;
import net.client.run.RunResult;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures of a {@link RunRecorder}. */
public record RecordedResult(
        long ok,
        long failed,
        boolean isLossKnown,
        long sent,
        long warmup,
        long skipped,
        long bytesSent,
        long bytesReceived,
        Duration duration,
        Optional<Duration> resolve,
        LatencySummary time,
        Histogram histogram,
        Timeline timeline,
        Optional<LatencySummary> rawTime,
        Optional<LatencySummary> lateness,
        Optional<LatencySummary> connect,
        Optional<LatencySummary> firstByte,
        Optional<Datagrams> datagrams,
        Optional<StampFigures> stamp,
        List<StreamFigures> streams,
        Optional<LoadFigures> load,
        Map<Kind, Long> errors)
        implements RunResult {

    public RecordedResult {
        streams = List.copyOf(streams);
        errors = Map.copyOf(errors);
    }

    /** Returns a copy of a result with the figures of a load. */
    public static RunResult withLoad(RunResult result, LoadFigures load) {
        return new RecordedResult(
                result.ok(),
                result.failed(),
                result.isLossKnown(),
                result.sent(),
                result.warmup(),
                result.skipped(),
                result.bytesSent(),
                result.bytesReceived(),
                result.duration(),
                result.resolve(),
                result.time(),
                result.histogram(),
                result.timeline(),
                result.rawTime(),
                result.lateness(),
                result.connect(),
                result.firstByte(),
                result.datagrams(),
                result.stamp(),
                result.streams(),
                Optional.of(load),
                result.errors());
    }
}
