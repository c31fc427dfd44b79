package net.client.run.record;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.internal.MonotonicTime;
import net.client.measure.Timeline;
import net.client.measure.record.TimelineRecorder;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.client.run.RunResult.StampFigures;
import net.client.run.RunResult.StreamFigures;
import net.client.run.record.RunCounters.Frame;
import net.protocol.internal.Sockets;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Counts and times the exchanges of a run, warm-up excluded, and notifies the listener. */
public final class RunRecorder {
    private static final double NANOS_PER_SECOND = 1e9;

    private final RunConfig config;
    private final RunListener listener;
    private final boolean needsExchanges;
    private final long windowNanos;
    private final RunCounters total = new RunCounters();
    private final TimelineRecorder timeline = new TimelineRecorder();
    private RunCounters interval = new RunCounters();
    private Optional<Duration> resolve = Optional.empty();
    private boolean isMeasuring;
    private long startNanos;
    private long intervalNanos;
    private long endNanos;
    private long warmup;

    /** True once the send rate of an interval has exceeded the default answer rate of servers. */
    private boolean isAboveAnswerRate;

    public RunRecorder(RunConfig config, RunListener listener) {
        this.config = config;
        this.listener = listener;
        this.needsExchanges = listener.needsExchanges();
        this.windowNanos = MonotonicTime.nanos(config.window());
    }

    /** Returns whether the exchange with this number is not part of the warm-up. */
    public static boolean isMeasured(long number) {
        return number > 0;
    }

    /** Records the time of the name lookup. */
    public void recordResolve(Duration duration) {
        resolve = Optional.of(duration);
    }

    /** Records the start of an exchange. */
    public void begin(long number, long nowNanos) {
        if (!isMeasured(number)) {
            warmup++;
        } else if (!isMeasuring) {
            isMeasuring = true;
            startNanos = nowNanos;
            intervalNanos = nowNanos;
            endNanos = nowNanos;
        }
    }

    /** Records that the request of an exchange was passed to the operating system. */
    public void recordSent(long number) {
        if (isMeasured(number)) {
            total.sent++;
            interval.sent++;
        }
    }

    public void recordBytesSent(long number, long bytes) {
        if (isMeasured(number)) {
            total.bytesSent += bytes;
            interval.bytesSent += bytes;
        }
    }

    public void recordBytesReceived(long number, long bytes) {
        if (isMeasured(number)) {
            total.bytesReceived += bytes;
            interval.bytesReceived += bytes;
        }
    }

    /** Applies a change to the counters of the run and to those of the interval. */
    public void count(long number, Consumer<RunCounters> change) {
        if (isMeasured(number)) {
            change.accept(total);
            change.accept(interval);
        }
    }

    /** Reports the addresses that a further lookup has found. */
    public void reportAddresses(List<InetSocketAddress> addresses) throws IOException {
        listener.onAddresses(addresses);
    }

    public void reportConnection(ConnectionInfo connection) throws IOException {
        listener.onConnection(connection);
    }

    public void recordSuccess(MutableExchange exchange) throws IOException {
        if (!isMeasured(exchange.number)) {
            return;
        }
        endNanos = Math.max(endNanos, exchange.endNanos);
        total.recordSuccess(config, exchange);
        if (!config.isSingle()) {
            interval.recordSuccess(config, exchange);
            if (config.isAnswered()) {
                long nanos = Math.max(exchange.endNanos - exchange.dueNanos, 0);
                timeline.record(fromStart(exchange.endNanos), nanos);
            }
        }
        if (needsExchanges) {
            listener.onExchange(exchange.toExchange());
        }
    }

    private long fromStart(long nanos) {
        return Math.max(nanos - startNanos, 0);
    }

    /** Records an answer that arrived after its exchange had failed. */
    public void recordLate(long number) {
        count(
                number,
                counters -> {
                    counters.late++;
                    counters.received++;
                });
    }

    /** Adds datagrams that were not answered in time; a negative count withdraws them. */
    public void recordLost(long datagrams) {
        total.lost += datagrams;
        interval.lost += datagrams;
    }

    /** Adds answers that were dropped by this machine; a negative count withdraws them. */
    public void recordDroppedHere(long datagrams) {
        total.droppedHere += datagrams;
        interval.droppedHere += datagrams;
    }

    /** Records that datagrams were not answered, and the system does not count its drops. */
    public void setDropsUnknown() {
        total.isDropsUnknown = true;
        interval.isDropsUnknown = true;
    }

    /** Records a failure that ends its exchange now. */
    public void recordFailure(long number, ExchangeException failure) throws IOException {
        recordFailure(number, failure, System.nanoTime());
    }

    /** Records a failure of an exchange, and the time at which it ended. */
    public void recordFailure(long number, ExchangeException failure, long nowNanos)
            throws IOException {
        if (!isMeasured(number)) {
            return;
        }
        endNanos = Math.max(endNanos, nowNanos);
        count(
                number,
                counters -> {
                    counters.failed++;
                    counters.recordError(failure.kind());
                });
        listener.onFailure(OptionalLong.of(number), failure);
    }

    /** Records an error that is not the failure of an exchange. */
    public void recordError(ExchangeException failure) throws IOException {
        if (isMeasuring) {
            total.recordError(failure.kind());
            interval.recordError(failure.kind());
            listener.onFailure(OptionalLong.empty(), failure);
        }
    }

    /** Sets the end of an interrupted run. */
    public void end(long nowNanos) {
        if (isMeasuring) {
            endNanos = nowNanos;
        }
    }

    public boolean isMeasuring() {
        return isMeasuring;
    }

    /** Returns the end of the current interval, or {@link MonotonicTime#NEVER}. */
    public long intervalEndNanos() {
        return hasIntervals() ? intervalNanos + windowNanos : MonotonicTime.NEVER;
    }

    /** Returns whether {@link #reportInterval} has figures to report. */
    public boolean hasIntervals() {
        return isMeasuring && !config.isSingle();
    }

    /**
     * Reports the current interval to the listener, begins the next one, and returns the figures.
     */
    public RunResult reportInterval(long nowNanos, List<StreamFigures> streams) throws IOException {
        Frame frame =
                frame(
                        intervalNanos,
                        nowNanos,
                        0,
                        Optional.empty(),
                        streams,
                        new TimelineRecorder().snapshot());
        RunResult result = interval.result(config, frame);
        checkAnswerRate(nowNanos);
        interval = new RunCounters();
        intervalNanos = nowNanos;
        listener.onInterval(result);
        return result;
    }

    private void checkAnswerRate(long nowNanos) {
        double seconds = Math.max((nowNanos - intervalNanos) / NANOS_PER_SECOND, 1);
        isAboveAnswerRate |= interval.sent > seconds * Sockets.DEFAULT_ANSWER_RATE;
    }

    /** Reports the figures that only STAMP provides. */
    public void reportStamp(StampStatistics statistics) throws IOException {
        listener.onStampFigures(stampFigures(statistics));
    }

    /** Returns the figures computed from the reflector's sequence numbers and timestamps. */
    public StampFigures stampFigures(StampStatistics statistics) {
        return statistics.figures(total.lost(), total.droppedHere().orElse(0), isAboveAnswerRate);
    }

    /** Reports the figures so far to the listener, and returns them. */
    public RunResult report(long skipped, Optional<StampFigures> stamp, List<StreamFigures> streams)
            throws IOException {
        long nowNanos = isMeasuring ? System.nanoTime() : startNanos;
        RunResult soFar = total(nowNanos, skipped, stamp, streams);
        listener.onReport(soFar);
        return soFar;
    }

    /** Returns the figures up to the end of the last exchange. */
    public RunResult result(
            long skipped, Optional<StampFigures> stamp, List<StreamFigures> streams) {
        return total(endNanos, skipped, stamp, streams);
    }

    /** Returns the figures of a run without flows. */
    public RunResult result() {
        return result(0, Optional.empty(), List.of());
    }

    private RunResult total(
            long toNanos, long skipped, Optional<StampFigures> stamp, List<StreamFigures> streams) {
        Frame frame = frame(startNanos, toNanos, skipped, stamp, streams, timeline.snapshot());
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
