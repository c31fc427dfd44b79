package net.client;

import net.client.RunResult.StampFigures;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Counts and times what the flows tell of, but for the warm-up, and tells the listener. */
final class Meter {
    /** What a result has besides what is counted and timed. */
    record Frame(
            long warmup,
            long skipped,
            Duration duration,
            Optional<Duration> resolve,
            Optional<StampFigures> stamp) {}

    private final RunConfig config;
    private final RunListener listener;
    private final boolean hearsExchanges;
    private final Figures total = new Figures();
    private Figures interval = new Figures();
    private Optional<Duration> resolve = Optional.empty();
    private boolean isMeasuring;
    private long startNanos;
    private long intervalNanos;
    private long endNanos;
    private long warmup;

    Meter(RunConfig config, RunListener listener) {
        this.config = config;
        this.listener = listener;
        this.hearsExchanges = listener.hearsExchanges();
    }

    /** Tells whether an exchange of a number is none of the warm-up. */
    static boolean isMeasured(long number) {
        return number > 0;
    }

    void resolved(Duration duration) {
        resolve = Optional.of(duration);
    }

    void begun(long number, long nowNanos) {
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

    /** Tells of what had come when an exchange failed. */
    void receivedBytes(long number, long bytes) {
        count(number, figures -> figures.bytesReceived += bytes);
    }

    /** Counts something of an exchange: once for all, once for the interval. */
    void count(long number, Consumer<Figures> counter) {
        if (isMeasured(number)) {
            counter.accept(total);
            counter.accept(interval);
        }
    }

    void ok(Outcome outcome) throws IOException {
        if (!isMeasured(outcome.number)) {
            return;
        }
        endNanos = outcome.endNanos;
        record(total, outcome);
        if (!config.isSingle()) {
            record(interval, outcome);
        }
        if (hearsExchanges) {
            listener.onExchange(outcome.exchange());
        }
    }

    private void record(Figures figures, Outcome outcome) {
        figures.ok++;
        figures.bytesReceived += outcome.bytesReceived;
        if (config.isAnswered()) {
            figures.time(outcome.endNanos - outcome.dueNanos);
            if (config.isOpenLoop()) {
                figures.openLoop(outcome.endNanos - outcome.sentNanos);
            }
        }
        if (config.isOpenLoop()) {
            figures.lateness(outcome.sentNanos - outcome.dueNanos);
        }
        if (outcome.connectNanos != Outcome.NONE) {
            figures.connect(outcome.connectNanos);
        }
        if (outcome.firstByteNanos != Outcome.NONE) {
            figures.firstByte(outcome.firstByteNanos);
        }
    }

    void failed(long number, ExchangeException failure) throws IOException {
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

    boolean isMeasuring() {
        return isMeasuring;
    }

    /** Returns when the interval is over. */
    long intervalEndNanos() {
        return isMeasuring && !config.isSingle()
                ? intervalNanos + RunListener.INTERVAL.toNanos()
                : Schedule.NEVER;
    }

    void interval(long nowNanos) throws IOException {
        RunResult result =
                interval.result(config, frame(intervalNanos, nowNanos, 0, Optional.empty()));
        interval = new Figures();
        intervalNanos = nowNanos;
        listener.onInterval(result);
    }

    /** Tells the listener what there is by now. */
    void report(long skipped, Optional<StampFigures> stamp) throws IOException {
        long nowNanos = isMeasuring ? System.nanoTime() : startNanos;
        listener.onReport(total.result(config, frame(startNanos, nowNanos, skipped, stamp)));
    }

    /** Returns what there is at the end, which was with the last exchange. */
    RunResult result(long skipped, Optional<StampFigures> stamp) {
        return total.result(config, frame(startNanos, endNanos, skipped, stamp));
    }

    private Frame frame(long fromNanos, long toNanos, long skipped, Optional<StampFigures> stamp) {
        return new Frame(warmup, skipped, Duration.ofNanos(toNanos - fromNanos), resolve, stamp);
    }
}
