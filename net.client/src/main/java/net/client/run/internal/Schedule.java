package net.client.run.internal;

import net.client.internal.MonotonicTime;
import net.client.run.RunConfig;

import java.util.concurrent.TimeUnit;

/**
 * When the exchanges of a run are due, and how many are to be. A paced one has a beat for each
 * exchange: so many, evenly, in each span of time.
 */
final class Schedule {
    /** Who is so late has slept, and does not catch up. */
    private static final long MAX_GAP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final boolean isPaced;
    private final long beatsInSpan;
    private final long spanNanos;
    private final long warmup;
    private final long total;
    private final long durationNanos;
    private long startNanos;
    private long measuredNanos;
    private long beat;
    private long begun;
    private long skipped;

    Schedule(RunConfig config) {
        this.isPaced = config.rate().isPresent() || config.interval().isPresent();
        this.beatsInSpan = config.rate().orElse(config.parallel());
        this.spanNanos =
                config.interval().isPresent()
                        ? MonotonicTime.nanos(config.interval().get())
                        : TimeUnit.SECONDS.toNanos(1);
        this.warmup = config.warmup();
        long count = config.isStream() ? config.parallel() : config.count().orElse(Long.MAX_VALUE);
        this.total = Math.min(count, Long.MAX_VALUE - warmup) + warmup;
        this.durationNanos =
                config.duration().isPresent()
                        ? MonotonicTime.nanos(config.duration().get())
                        : Long.MAX_VALUE;
    }

    void start(long nowNanos) {
        startNanos = nowNanos;
        measuredNanos = nowNanos;
    }

    boolean isPaced() {
        return isPaced;
    }

    /** Tells whether no exchange is to begin any more. */
    boolean isOver(long nowNanos) {
        long atNanos = isPaced ? dueNanos() : nowNanos;
        return begun >= total || begun > warmup && atNanos - measuredNanos >= durationNanos;
    }

    /** Returns when the next beat of a paced run is. */
    long dueNanos() {
        long beatsSince = beat % beatsInSpan;
        // The beats since times the span, divided by the beats in it, but of any span.
        return startNanos
                + beat / beatsInSpan * spanNanos
                + spanNanos / beatsInSpan * beatsSince
                + spanNanos % beatsInSpan * beatsSince / beatsInSpan;
    }

    /** Returns the place of the next beat among the connections. */
    int turn(int connections) {
        return (int) (beat % connections);
    }

    /** Begins an exchange on the next beat, if it is paced; returns its number, from 0 or below. */
    long begin(long nowNanos) {
        if (begun == warmup) {
            measuredNanos = isPaced ? dueNanos() : nowNanos;
        }
        beat++;
        begun++;
        return begun - warmup;
    }

    /** Lets a beat pass without an exchange. */
    void pass() {
        beat++;
    }

    /** Lets a beat pass on which an exchange was to begin, and could not. */
    void skip() {
        beat++;
        skipped++;
    }

    /** Passes the beats that were missed because the machine slept. */
    void wake(long sleptNanos, long nowNanos) {
        if (sleptNanos <= MAX_GAP_NANOS) {
            return;
        }
        while (isPaced && !isOver(nowNanos) && dueNanos() < nowNanos) {
            skip();
        }
    }

    /** Returns on how many beats an exchange was to begin, and could not. */
    long skipped() {
        return skipped;
    }
}
