package net.client.run.loop;

import net.client.run.RunConfig;
import net.protocol.Transport;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits how fast overdue datagrams are sent, since a burst of them, or of their answers, overflows
 * a receive buffer. They are sent at once while fewer than {@link #window} are in flight, and
 * beyond that at twice the rate of the schedule. There is no limit over TCP, for datagrams without
 * an answer, and with a bandwidth, which the pacer of the schedule keeps.
 */
final class CatchUp {
    /** Fits several times into the receive buffer that systems grant by default. */
    private static final int MAX_DATAGRAMS = 64;

    private static final int MAX_BYTES = 64 * 1024;

    /** Time without a burst that later ones make up for. */
    private static final long MAX_CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final boolean isLimited;

    /** Maximum number of overdue datagrams in flight. */
    private final long window;

    /** Half of the distance between exchanges. */
    private final long halfDistanceNanos;

    /** Time before which a full window delays overdue datagrams. */
    private long earliestNanos = Long.MIN_VALUE;

    /**
     * Creates the limit of a run.
     *
     * @param distanceNanos time between two exchanges of the schedule
     */
    CatchUp(RunConfig config, long distanceNanos) {
        isLimited =
                config.transport() == Transport.UDP
                        && config.isAnswered()
                        && (config.rate().isPresent() || config.interval().isPresent());
        int bytes = Math.max(config.payload().size() + config.headerBytes(), 1);
        window = isLimited ? Math.clamp(MAX_BYTES / bytes, 1, MAX_DATAGRAMS) : Long.MAX_VALUE;
        halfDistanceNanos = distanceNanos / 2;
    }

    /** Returns the number of exchanges that can begin now. */
    long allowance(long nowNanos, LongSupplier inFlight) {
        return nowNanos >= earliestNanos ? window : Math.max(window - inFlight.getAsLong(), 0);
    }

    /** Returns the time at which overdue datagrams can be sent, even if none is answered. */
    long wakeNanos() {
        return earliestNanos;
    }

    /** Ends a burst. */
    void endBurst(long nowNanos, long count, boolean isOverdue) {
        earliestNanos =
                isOverdue && isLimited
                        ? Math.max(earliestNanos, nowNanos - MAX_CREDIT_NANOS)
                                + count * halfDistanceNanos
                        : Long.MIN_VALUE;
    }
}
