package net.client.run.flow;

import java.math.BigInteger;
import java.util.concurrent.TimeUnit;

/**
 * Due times of evenly spaced units: the exchanges of a run, or the bytes of its streams. They are
 * exact, so rounding errors do not add up. A limited pacer groups units into ticks of {@link
 * #TICK_NANOS} and limits each burst to the units of a millisecond; after a delay it catches up at
 * twice the rate. Not thread-safe.
 */
public final class Pacer {
    /** Lateness beyond which missed units are dropped, as after a system suspend. */
    public static final long MAX_GAP_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Least time between bursts: half of the maximum burst, to compensate for late wake-ups. */
    static final long TICK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private static final long MAX_BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final long units;
    private final long periodNanos;
    private final boolean isLimited;
    private final long maxBurst;
    private long dueNanos;

    /** Fraction of a nanosecond to add to the due time, times {@link #units}. */
    private long fraction;

    /** Time of the next tick, unless units are late. */
    private long tickNanos;

    /** Time before which no burst begins. */
    private long earliestNanos;

    /** Units of the current burst so far. */
    private long burst;

    private Pacer(long units, long periodNanos, boolean isLimited) {
        this.units = units;
        this.periodNanos = periodNanos;
        this.isLimited = isLimited;
        this.maxBurst = isLimited ? Math.max(unitsIn(MAX_BURST_NANOS), 1) : Long.MAX_VALUE;
    }

    /** Returns a pacer of units that are sent whenever they are due. */
    public static Pacer unlimited(long units, long periodNanos) {
        return new Pacer(units, periodNanos, false);
    }

    /**
     * Returns a pacer with ticks and limited bursts.
     *
     * @param bytes size of a unit, at least 1
     */
    public static Pacer ofBandwidth(long bitsPerSecond, long bytes) {
        long bits = Math.multiplyExact(Byte.SIZE, bytes);
        return new Pacer(
                bitsPerSecond, Math.multiplyExact(bits, TimeUnit.SECONDS.toNanos(1)), true);
    }

    /** Returns the time between two units, rounded down. */
    public long distanceNanos() {
        return periodNanos / units;
    }

    private long unitsIn(long nanos) {
        return nanos * units / periodNanos;
    }

    /** Starts: the first unit is due now, and sent in the first tick. */
    public void start(long nowNanos) {
        dueNanos = nowNanos;
        tickNanos = isLimited ? nowNanos + TICK_NANOS : nowNanos;
        earliestNanos = tickNanos;
    }

    /** Returns the time at which the next unit is due. */
    public long dueNanos() {
        return dueNanos;
    }

    /** Returns the time at which the next unit is to be sent: when it is due, or the next tick. */
    public long scheduledNanos() {
        return isLimited ? Math.max(dueNanos, tickNanos) : dueNanos;
    }

    /** Returns the time at which the next burst can begin. */
    public long wakeNanos() {
        return isLimited ? Math.max(dueNanos, earliestNanos) : dueNanos;
    }

    /** Returns the number of units that can be sent now. */
    public long allowance(long nowNanos) {
        if (nowNanos < wakeNanos()) {
            return 0;
        }
        return isLimited
                ? Math.min(unitsIn(Math.min(nowNanos - dueNanos, MAX_BURST_NANOS)) + 1, maxBurst)
                : Long.MAX_VALUE;
    }

    /** Advances by units that were sent. */
    public void onSent(long count) {
        skip(count);
        burst += count;
    }

    /** Advances by units that are not sent. */
    public void skip(long count) {
        // count * periodNanos / units, without overflow.
        long parts = periodNanos % units * count + fraction;
        dueNanos += periodNanos / units * count + parts / units;
        fraction = parts % units;
    }

    /** Advances by the units that are due before a time, and returns their number. */
    public long skipUntil(long nanos) {
        if (dueNanos >= nanos) {
            return 0;
        }
        // The products exceed 64 bits after a long delay at a high rate.
        BigInteger rate = BigInteger.valueOf(units);
        BigInteger period = BigInteger.valueOf(periodNanos);
        BigInteger before = BigInteger.valueOf(fraction);
        BigInteger late = BigInteger.valueOf(nanos - dueNanos).multiply(rate).subtract(before);
        BigInteger count = late.add(period).subtract(BigInteger.ONE).divide(period);
        BigInteger[] next = count.multiply(period).add(before).divideAndRemainder(rate);
        dueNanos += next[0].longValueExact();
        fraction = next[1].longValueExact();
        return count.longValueExact();
    }

    /** Ends a burst, if anything was sent. */
    public void endBurst(long nowNanos) {
        if (!isLimited || burst == 0) {
            return;
        }
        earliestNanos = nowNanos + burst * periodNanos / units / 2;
        if (dueNanos > nowNanos) {
            tickNanos = nowNanos + TICK_NANOS;
            earliestNanos = Math.max(earliestNanos, tickNanos);
        }
        burst = 0;
    }

    /** Drops the units that are late by more than {@link #MAX_GAP_NANOS}. */
    void dropLate(long nowNanos) {
        dueNanos = Math.max(dueNanos, nowNanos - MAX_GAP_NANOS);
    }
}
