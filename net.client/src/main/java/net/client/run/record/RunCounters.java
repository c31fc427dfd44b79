package net.client.run.record;

import net.client.connect.ExchangeException.Kind;
import net.client.measure.LatencySummary;
import net.client.measure.Timeline;
import net.client.measure.record.LatencyRecorder;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.client.run.RunResult.StampFigures;
import net.client.run.RunResult.StreamFigures;
import net.protocol.Transport;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Counters and latency recorders of a run, or of an interval of a run. */
public final class RunCounters {
    /** The figures of a result that are not counted here. */
    record Frame(
            long warmup,
            long skipped,
            Duration duration,
            Optional<Duration> resolve,
            Timeline timeline,
            Optional<StampFigures> stamp,
            List<StreamFigures> streams) {}

    long ok;
    long failed;
    long sent;
    long bytesSent;
    long bytesReceived;
    long received;
    long lost;
    long droppedHere;
    long late;
    long duplicates;
    long reordered;
    long corrupt;

    /** True if the system does not tell which unanswered datagrams it dropped. */
    boolean isDropsUnknown;

    /**
     * Allocated on first use: an {@code EnumMap} loads its constants by reflection, at start-up.
     */
    private Map<Kind, Long> errors = Map.of();

    // Allocated on first use: not every run needs all.
    private LatencyRecorder time;
    private LatencyRecorder rawTime;
    private LatencyRecorder lateness;
    private LatencyRecorder connect;
    private LatencyRecorder firstByte;

    /** Withdraws a request that was recorded as sent. */
    public void removeSent() {
        sent--;
    }

    /** Counts a datagram that was answered. */
    public void addReceived() {
        received++;
    }

    /** Counts a further answer to a datagram. */
    public void addDuplicate() {
        duplicates++;
    }

    /** Counts an answer that arrived after the answer to a later datagram. */
    public void addReordered() {
        reordered++;
    }

    /** Counts an answer whose bytes differ from those sent. */
    public void addCorrupt() {
        corrupt++;
    }

    void recordError(Kind kind) {
        if (errors.isEmpty()) {
            errors = new EnumMap<>(Kind.class);
        }
        errors.merge(kind, 1L, Long::sum);
    }

    void recordSuccess(RunConfig config, MutableExchange exchange) {
        ok++;
        if (!config.isStream()) {
            bytesReceived += exchange.bytesReceived;
        }
        if (config.isAnswered()) {
            time = record(time, exchange.endNanos - exchange.dueNanos);
        }
        if (config.isOpenLoop()) {
            if (config.isAnswered()) {
                rawTime = record(rawTime, exchange.endNanos - exchange.sentNanos);
            }
            lateness = record(lateness, exchange.sentNanos - exchange.dueNanos);
        }
        if (exchange.connectNanos != MutableExchange.NONE) {
            connect = record(connect, exchange.connectNanos);
        }
        if (exchange.firstByteNanos != MutableExchange.NONE) {
            firstByte = record(firstByte, exchange.firstByteNanos);
        }
    }

    private static LatencyRecorder record(LatencyRecorder recorder, long nanos) {
        LatencyRecorder present = recorder == null ? new LatencyRecorder() : recorder;
        present.record(Math.max(nanos, 0));
        return present;
    }

    RunResult result(RunConfig config, Frame frame) {
        LatencyRecorder times = time == null ? new LatencyRecorder() : time;
        return new RecordedResult(
                ok,
                failed,
                config.transport() == Transport.TCP || config.isAnswered(),
                sent,
                frame.warmup(),
                frame.skipped(),
                bytesSent,
                bytesReceived,
                frame.duration(),
                frame.resolve(),
                times.summary(),
                times.histogram(),
                frame.timeline(),
                summary(rawTime),
                rawTime == null ? Optional.empty() : Optional.of(rawTime.histogram()),
                summary(lateness),
                summary(connect),
                summary(firstByte),
                datagrams(config),
                frame.stamp(),
                frame.streams(),
                Optional.empty(),
                errors);
    }

    private static Optional<LatencySummary> summary(LatencyRecorder recorder) {
        return recorder == null ? Optional.empty() : Optional.of(recorder.summary());
    }

    /** Returns the number of datagrams lost: of all unanswered ones, if drops are unknown. */
    long lost() {
        return Math.max(isDropsUnknown ? lost + droppedHere : lost, 0);
    }

    /** Returns the number of answers dropped by this machine, unless it is unknown. */
    OptionalLong droppedHere() {
        return isDropsUnknown ? OptionalLong.empty() : OptionalLong.of(Math.max(droppedHere, 0));
    }

    private Optional<RunResult.Datagrams> datagrams(RunConfig config) {
        return config.transport() == Transport.UDP && config.isAnswered()
                ? Optional.of(
                        new RunResult.Datagrams(
                                received,
                                lost(),
                                droppedHere(),
                                late,
                                duplicates,
                                reordered,
                                corrupt))
                : Optional.empty();
    }
}
