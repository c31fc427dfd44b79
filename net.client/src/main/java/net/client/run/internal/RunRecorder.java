package net.client.run.internal;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.internal.MonotonicTime;
import net.client.measure.Timeline;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.client.run.RunResult.StampFigures;
import net.client.run.RunResult.StreamFigures;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Counts and times what the flows tell of, but for the warm-up, and tells the listener. */
public final class RunRecorder {
    /** What a result has besides what is counted and timed. */
    record Frame(
            long warmup,
            long skipped,
            Duration duration,
            Optional<Duration> resolve,
            Timeline timeline,
            Optional<StampFigures> stamp,
            List<StreamFigures> streams) {}

    private final RunConfig config;
    private final RunListener listener;
    private final boolean hearsExchanges;
    private final RunCounters total = new RunCounters();
    private final Timeline timeline = new Timeline();
    private RunCounters interval = new RunCounters();
    private Optional<Duration> resolve = Optional.empty();
    private boolean isMeasuring;
    private long startNanos;
    private long intervalNanos;
    private long endNanos;
    private long warmup;

    public RunRecorder(RunConfig config, RunListener listener) {
        this.config = config;
        this.listener = listener;
        this.hearsExchanges = listener.hearsExchanges();
    }

    /** Tells whether an exchange of a number is none of the warm-up. */
    static boolean isMeasured(long number) {
        return number > 0;
    }

    public void resolved(Duration duration) {
        resolve = Optional.of(duration);
    }

    public void begun(long number, long nowNanos) {
        if (!isMeasured(number)) {
            warmup++;
        } else if (!isMeasuring) {
            isMeasuring = true;
            startNanos = nowNanos;
            intervalNanos = nowNanos;
            endNanos = nowNanos;
        }
    }

    /** Tells that the question of an exchange is with the system. */
    void sent(long number) {
        if (isMeasured(number)) {
            total.sent++;
            interval.sent++;
        }
    }

    void sentBytes(long number, long bytes) {
        if (isMeasured(number)) {
            total.bytesSent += bytes;
            interval.bytesSent += bytes;
        }
    }

    /** Tells of bytes of a bulk run. */
    void moved(long number, long up, long down) {
        sentBytes(number, up);
        if (isMeasured(number)) {
            total.bytesReceived += down;
            interval.bytesReceived += down;
        }
    }

    /** Tells of what had come when an exchange failed. */
    void receivedBytes(long number, long bytes) {
        count(number, figures -> figures.bytesReceived += bytes);
    }

    /** Counts something of an exchange: once for all, once for the interval. */
    void count(long number, Consumer<RunCounters> counter) {
        if (isMeasured(number)) {
            counter.accept(total);
            counter.accept(interval);
        }
    }

    void connected(ConnectionInfo connection) throws IOException {
        listener.onConnection(connection);
    }

    void ok(MutableExchange outcome) throws IOException {
        if (!isMeasured(outcome.number)) {
            return;
        }
        endNanos = outcome.endNanos;
        record(total, outcome);
        if (!config.isSingle()) {
            record(interval, outcome);
            place(outcome);
        }
        if (hearsExchanges) {
            listener.onExchange(outcome.exchange());
        }
    }

    private void record(RunCounters figures, MutableExchange outcome) {
        figures.ok++;
        if (!config.isStream()) {
            figures.bytesReceived += outcome.bytesReceived;
        }
        if (config.isAnswered()) {
            figures.time(outcome.endNanos - outcome.dueNanos);
            if (config.isOpenLoop()) {
                figures.openLoop(outcome.endNanos - outcome.sentNanos);
            }
        }
        if (config.isOpenLoop()) {
            figures.lateness(outcome.sentNanos - outcome.dueNanos);
        }
        if (outcome.connectNanos != MutableExchange.NONE) {
            figures.connect(outcome.connectNanos);
        }
        if (outcome.firstByteNanos != MutableExchange.NONE) {
            figures.firstByte(outcome.firstByteNanos);
        }
    }

    private void place(MutableExchange outcome) {
        if (config.isAnswered()) {
            timeline.record(
                    fromStart(outcome.endNanos), Math.max(outcome.endNanos - outcome.dueNanos, 0));
        }
    }

    private long fromStart(long nanos) {
        return Math.max(nanos - startNanos, 0);
    }

    /** Tells of an answer whose exchange has failed for want of it. */
    void late(long number, long nowNanos) {
        count(
                number,
                figures -> {
                    figures.late++;
                    figures.received++;
                    figures.lost--;
                });
        if (isMeasured(number) && !config.isSingle()) {
            timeline.recordLate(fromStart(nowNanos));
        }
    }

    public void failed(long number, ExchangeException failure) throws IOException {
        if (!isMeasured(number)) {
            return;
        }
        endNanos = System.nanoTime();
        count(
                number,
                figures -> {
                    figures.failed++;
                    figures.error(failure.kind());
                });
        if (!config.isSingle()) {
            timeline.recordFailed(fromStart(endNanos));
        }
        listener.onFailure(failure);
    }

    /** Takes note of something that is no exchange's failure. */
    void noted(ExchangeException failure) throws IOException {
        if (isMeasuring) {
            total.error(failure.kind());
            interval.error(failure.kind());
            listener.onFailure(failure);
        }
    }

    /** Takes note of when a run was broken off. */
    void ended(long nowNanos) {
        if (isMeasuring) {
            endNanos = nowNanos;
        }
    }

    boolean isMeasuring() {
        return isMeasuring;
    }

    /** Returns when the interval is over. */
    long intervalEndNanos() {
        return isMeasuring && !config.isSingle()
                ? intervalNanos + RunListener.INTERVAL.toNanos()
                : MonotonicTime.NEVER;
    }

    void interval(long nowNanos, List<StreamFigures> streams) throws IOException {
        Frame frame = frame(intervalNanos, nowNanos, 0, Optional.empty(), streams, new Timeline());
        RunResult result = interval.result(config, frame);
        interval = new RunCounters();
        intervalNanos = nowNanos;
        listener.onInterval(result);
    }

    /** Tells the listener what there is by now. */
    void report(long skipped, Optional<StampFigures> stamp, List<StreamFigures> streams)
            throws IOException {
        long nowNanos = isMeasuring ? System.nanoTime() : startNanos;
        listener.onReport(total(nowNanos, skipped, stamp, streams));
    }

    /** Returns what there is at the end, which was with the last exchange. */
    public RunResult result(
            long skipped, Optional<StampFigures> stamp, List<StreamFigures> streams) {
        return total(endNanos, skipped, stamp, streams);
    }

    /** Returns what there is where no flow has more to say. */
    public RunResult result() {
        return result(0, Optional.empty(), List.of());
    }

    private RunResult total(
            long toNanos, long skipped, Optional<StampFigures> stamp, List<StreamFigures> streams) {
        Frame frame = frame(startNanos, toNanos, skipped, stamp, streams, timeline.copy());
        return total.result(config, frame);
    }

    private Frame frame(
            long fromNanos,
            long toNanos,
            long skipped,
            Optional<StampFigures> stamp,
            List<StreamFigures> streams,
            Timeline times) {
        Duration duration = Duration.ofNanos(toNanos - fromNanos);
        return new Frame(warmup, skipped, duration, resolve, times, stamp, streams);
    }
}
