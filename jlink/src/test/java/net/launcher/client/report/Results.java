package net.launcher.client.report;

import net.client.connect.ExchangeException.Kind;
import net.client.measure.Histogram;
import net.client.measure.LatencySummary;
import net.client.measure.Timeline;
import net.client.measure.record.HistogramRecorder;
import net.client.measure.record.TimelineRecorder;
import net.client.run.RunResult;
import net.client.run.RunResult.Datagrams;
import net.client.run.RunResult.LoadFigures;
import net.client.run.RunResult.StampFigures;
import net.client.run.RunResult.StreamFigures;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Mutable builder of run results for tests. */
public final class Results {
    public static final LatencySummary NO_TIMES = times(-1, -1, -1, -1, -1, -1, -1, -1, -1);

    /** Distinct values in nanoseconds, so that a test detects swapped figures. */
    public static final LatencySummary TIMES =
            times(30_100, 41_250, 39_800, 512_000, 1_240_000, 31_200_000, 312_345_678, 9_994, 500);

    public long ok;
    public long failed;
    public boolean isLossKnown = true;
    public long sent;
    public long warmup;
    public long skipped;
    public long bytesSent;
    public long bytesReceived;
    public Duration duration = Duration.ZERO;
    public Optional<Duration> resolve = Optional.empty();
    public LatencySummary time = NO_TIMES;
    public Histogram histogram = new HistogramRecorder().snapshot();
    public TimelineRecorder timeline = new TimelineRecorder();
    public Optional<LatencySummary> rawTime = Optional.empty();
    public Optional<Histogram> rawHistogram = Optional.empty();
    public Optional<LatencySummary> lateness = Optional.empty();
    public Optional<LatencySummary> connect = Optional.empty();
    public Optional<LatencySummary> firstByte = Optional.empty();
    public Optional<Datagrams> datagrams = Optional.empty();
    public Optional<StampFigures> stamp = Optional.empty();
    public Optional<LoadFigures> load = Optional.empty();
    public List<StreamFigures> streams = List.of();
    public final Map<Kind, Long> errors = new HashMap<>();

    /** Returns a summary, in the order of the record; negative figures are empty. */
    public static LatencySummary times(long... nanos) {
        OptionalLong[] times = new OptionalLong[nanos.length];
        for (int i = 0; i < nanos.length; i++) {
            times[i] = nanos[i] < 0 ? OptionalLong.empty() : OptionalLong.of(nanos[i]);
        }
        return new LatencySummary(
                times[0], times[1], times[2], times[3], times[4], times[5], times[6], times[7],
                times[8]);
    }

    public static Results of(long ok, long failed) {
        Results results = new Results();
        results.ok = ok;
        results.failed = failed;
        results.sent = ok + failed;
        return results;
    }

    public RunResult result() {
        return new FixedResult(
                ok,
                failed,
                isLossKnown,
                sent,
                warmup,
                skipped,
                bytesSent,
                bytesReceived,
                duration,
                resolve,
                time,
                histogram,
                timeline.snapshot(),
                rawTime,
                rawHistogram,
                lateness,
                connect,
                firstByte,
                datagrams,
                stamp,
                streams,
                load,
                errors);
    }

    private record FixedResult(
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
            Optional<Histogram> rawHistogram,
            Optional<LatencySummary> lateness,
            Optional<LatencySummary> connect,
            Optional<LatencySummary> firstByte,
            Optional<Datagrams> datagrams,
            Optional<StampFigures> stamp,
            List<StreamFigures> streams,
            Optional<LoadFigures> load,
            Map<Kind, Long> errors)
            implements RunResult {}
}
