package net.client.run.loop;

import net.client.internal.MonotonicTime;
import net.client.run.RunConfig;

import java.util.concurrent.TimeUnit;

/**
 * Number and start times of the exchanges of a run. A paced schedule has ticks, evenly spaced in
 * each period of time; each tick starts an exchange.
 */
final class Schedule {
    /**
     * Lateness beyond which missed ticks are dropped, as after a system suspend or the end of the
     * duration.
     */
    private static final long MAX_GAP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final boolean isPaced;
    private final long ticksPerPeriod;
    private final long periodNanos;
    private final long warmup;
    private final long total;
    private final long durationNanos;
    private long startNanos;
    private long measuredNanos;
    private long tick;
    private long begun;
    private long skipped;

    Schedule(RunConfig config) {
        this.isPaced = config.rate().isPresent() || config.interval().isPresent();
        this.ticksPerPeriod = config.rate().orElse(config.parallel());
        this.periodNanos =
                config.interval().isPresent()
                        ? MonotonicTime.nanos(config.interval().get())
                        : TimeUnit.SECONDS.toNanos(1);
        this.warmup = config.warmup();
        long count = config.isStream() ? config.parallel() : config.count().orElse(Long.MAX_VALUE);
        this.total = Math.min(count, Long.MAX_VALUE - warmup) + warmup;
        // The duration of a stream counts from its connection.
        this.durationNanos =
                config.duration().isPresent() && !config.isStream()
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

    /** Returns whether no further exchange begins. */
    boolean isOver(long nowNanos) {
        return isOverAt(isPaced ? Math.max(dueNanos(), nowNanos - MAX_GAP_NANOS) : nowNanos);
    }

    private boolean isOverAt(long nanos) {
        return begun >= total || begun > warmup && nanos - measuredNanos >= durationNanos;
    }

    /** Returns the time of the next tick of a paced schedule. */
    long dueNanos() {
        long ticksInPeriod = tick % ticksPerPeriod;
        // ticksInPeriod * periodNanos / ticksPerPeriod, without overflow.
        return startNanos
                + tick / ticksPerPeriod * periodNanos
                + periodNanos / ticksPerPeriod * ticksInPeriod
                + periodNanos % ticksPerPeriod * ticksInPeriod / ticksPerPeriod;
    }

    /** Returns the index of the flow whose tick is next. */
    int flowIndex(int flows) {
        return (int) (tick % flows);
    }

    /** Counts an exchange and its tick; returns its number, from 1, or below in the warm-up. */
    long begin(long nowNanos) {
        if (begun == warmup) {
            measuredNanos = isPaced ? dueNanos() : nowNanos;
        }
        tick++;
        begun++;
        return begun - warmup;
    }

    /** Drops a tick, which is not counted. */
    void pass() {
        tick++;
    }

    /** Drops a tick and counts it as skipped. */
    void skip() {
        tick++;
        skipped++;
    }

    /** Skips the ticks missed while the system was suspended. */
    void wake(long lateNanos, long nowNanos) {
        if (lateNanos <= MAX_GAP_NANOS) {
            return;
        }
        while (isPaced && !isOverAt(dueNanos()) && dueNanos() < nowNanos) {
            skip();
        }
    }

    /** Skips the ticks that were due within the duration when it ended. */
    void end() {
        while (isPaced && !isOverAt(dueNanos())) {
            skip();
        }
    }

    /** Returns the number of ticks on which no exchange could begin. */
    long skipped() {
        return skipped;
    }
}
