package net.client.run.loop;

import net.client.internal.MonotonicTime;
import net.client.run.RunConfig;
import net.client.run.flow.Pacer;

import java.util.concurrent.TimeUnit;

/**
 * Number and start times of the exchanges of a run. A paced schedule has ticks, evenly spaced in
 * each period of time; each tick starts an exchange.
 */
final class Schedule {
    private final boolean isPaced;
    private final Pacer pacer;
    private final long count;
    private final long durationNanos;
    private long warmup;
    private long measuredNanos;
    private long tick;
    private long begun;
    private long skipped;

    Schedule(RunConfig config) {
        this.isPaced = isPaced(config);
        this.pacer = pacer(config);
        this.warmup = config.warmup();
        this.count = config.isStream() ? config.parallel() : config.count().orElse(Long.MAX_VALUE);
        // The duration of a stream counts from its connection.
        this.durationNanos =
                config.duration().isPresent() && !config.isStream()
                        ? MonotonicTime.nanos(config.duration().get())
                        : Long.MAX_VALUE;
    }

    /** Returns whether the exchanges of a run begin at given times. */
    static boolean isPaced(RunConfig config) {
        return config.isOpenLoop() || config.interval().isPresent();
    }

    private static Pacer pacer(RunConfig config) {
        if (config.bandwidth().isPresent()) {
            int bytes = config.payload().size() + config.headerBytes();
            return Pacer.ofBandwidth(config.bandwidth().getAsLong(), Math.max(bytes, 1));
        }
        return config.interval().isPresent()
                ? Pacer.unlimited(config.parallel(), MonotonicTime.nanos(config.interval().get()))
                : Pacer.unlimited(config.rate().orElse(1), TimeUnit.SECONDS.toNanos(1));
    }

    void start(long nowNanos) {
        pacer.start(nowNanos);
        measuredNanos = nowNanos;
    }

    boolean isPaced() {
        return isPaced;
    }

    /** Returns whether no further exchange begins. */
    boolean isOver(long nowNanos) {
        return isOverAt(isPaced ? Math.max(dueNanos(), nowNanos - Pacer.MAX_GAP_NANOS) : nowNanos);
    }

    private boolean isOverAt(long nanos) {
        return begun - warmup >= count || begun > warmup && nanos - measuredNanos >= durationNanos;
    }

    /** Returns the time between two ticks of a paced schedule, rounded down. */
    long distanceNanos() {
        return pacer.distanceNanos();
    }

    /** Returns the time of the next tick of a paced schedule. */
    long dueNanos() {
        return pacer.dueNanos();
    }

    /** Returns the time from which the latency of the next exchange counts. */
    long scheduledNanos() {
        return pacer.scheduledNanos();
    }

    /** Returns the time at which the next exchange of a paced schedule can begin. */
    long wakeNanos() {
        return pacer.wakeNanos();
    }

    /** Returns the number of exchanges of a paced schedule that can begin now. */
    long allowance(long nowNanos) {
        return pacer.allowance(nowNanos);
    }

    /** Ends a series of exchanges begun at the same time. */
    void endBurst(long nowNanos) {
        pacer.endBurst(nowNanos);
    }

    /** Returns the index of the flow whose tick is next. */
    int flowIndex(int flows) {
        return (int) (tick % flows);
    }

    /** Counts an exchange and its tick; returns its number, from 1, or below in the warm-up. */
    long begin(long nowNanos) {
        if (begun < warmup && nowNanos - measuredNanos >= durationNanos) {
            // The duration limits the warm-up as well.
            warmup = begun;
        }
        if (begun == warmup) {
            measuredNanos = isPaced ? dueNanos() : nowNanos;
        }
        tick++;
        pacer.onSent(1);
        begun++;
        return begun - warmup;
    }

    /** Drops a tick, which is not counted. */
    void pass() {
        tick++;
        pacer.skip(1);
    }

    /** Drops a tick and counts it as skipped. */
    void skip() {
        pass();
        skipped++;
    }

    /** Skips the ticks missed while the system was suspended. */
    void wake(long lateNanos, long nowNanos) {
        if (lateNanos <= Pacer.MAX_GAP_NANOS) {
            return;
        }
        skipUntil(nowNanos);
    }

    /** Skips the ticks that were due within the duration when it ended. */
    void end() {
        skipUntil(measuredNanos + durationNanos);
    }

    /** Skips the ticks due before a time and the end of the run. */
    private void skipUntil(long nanos) {
        if (isPaced && !isOverAt(dueNanos())) {
            long count = pacer.skipUntil(isOverAt(nanos) ? measuredNanos + durationNanos : nanos);
            tick += count;
            skipped += count;
        }
    }

    /** Returns the number of ticks on which no exchange could begin. */
    long skipped() {
        return skipped;
    }
}
