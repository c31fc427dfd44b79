package net.client.run.internal;

import net.client.connect.ExchangeException.Kind;
import net.client.measure.LatencyRecorder;
import net.client.measure.LatencySummary;
import net.client.run.RunConfig;
import net.client.run.RunResult;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What is counted and timed in a stretch of a run. */
final class RunCounters {
    long ok;
    long failed;
    long sent;
    long bytesSent;
    long bytesReceived;
    long received;
    long lost;
    long late;
    long duplicates;
    long reordered;
    long corrupt;

    /**
     * Made at the first: the JDK finds the constants by reflection, which a good start does
     * without.
     */
    private Map<Kind, Long> errors = Map.of();

    // Each takes a quarter of a megabyte, once it has a time.
    private LatencyRecorder time;
    private LatencyRecorder rawTime;
    private LatencyRecorder lateness;
    private LatencyRecorder connect;
    private LatencyRecorder firstByte;

    void error(Kind kind) {
        if (errors.isEmpty()) {
            errors = new EnumMap<>(Kind.class);
        }
        errors.merge(kind, 1L, Long::sum);
    }

    void time(long nanos) {
        time = recorded(time, nanos);
    }

    void openLoop(long rawNanos) {
        rawTime = recorded(rawTime, rawNanos);
    }

    void lateness(long nanos) {
        lateness = recorded(lateness, nanos);
    }

    void connect(long nanos) {
        connect = recorded(connect, nanos);
    }

    void firstByte(long nanos) {
        firstByte = recorded(firstByte, nanos);
    }

    private static LatencyRecorder recorded(LatencyRecorder times, long nanos) {
        LatencyRecorder all = times == null ? new LatencyRecorder() : times;
        // The monotonic clock may stand still, and no more.
        all.record(Math.max(nanos, 0));
        return all;
    }

    RunResult result(RunConfig config, RunRecorder.Frame frame) {
        LatencyRecorder times = time == null ? new LatencyRecorder() : time;
        return new RunResult(
                ok,
                failed,
                sent,
                frame.warmup(),
                frame.skipped(),
                bytesSent,
                bytesReceived,
                frame.duration(),
                frame.resolve(),
                times.timings(),
                times.histogram(),
                frame.timeline(),
                timings(rawTime),
                timings(lateness),
                timings(connect),
                timings(firstByte),
                datagrams(config),
                frame.stamp(),
                frame.streams(),
                Optional.empty(),
                errors);
    }

    private static Optional<LatencySummary> timings(LatencyRecorder times) {
        return times == null ? Optional.empty() : Optional.of(times.timings());
    }

    private Optional<RunResult.Datagrams> datagrams(RunConfig config) {
        return config.transport() == net.protocol.Transport.UDP && config.isAnswered()
                ? Optional.of(
                        new RunResult.Datagrams(
                                received, Math.max(lost, 0), late, duplicates, reordered, corrupt))
                : Optional.empty();
    }
}
