package net.client.run.record;

import net.client.measure.record.Jitter;
import net.protocol.NtpTimestamp;
import net.protocol.StampReply;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Jitter by direction, from the timestamps of a STAMP reflector. A one-way delay is between 0 and
 * the round trip, so it cannot change by more than that: a larger change is a step of the
 * reflector's clock, which is counted, and not treated as jitter.
 */
final class OneWayDelays {
    /** Divisor of the time between answers that yields the drift allowed between two clocks. */
    private static final int DRIFT_DIVISOR = 1000;

    /** Many reflectors have timestamps in whole microseconds. */
    private static final long RESOLUTION_NANOS = 2000;

    private final Jitter up = new Jitter();
    private final Jitter down = new Jitter();
    private boolean hasPrevious;
    private long previousUpNanos;
    private long previousDownNanos;
    private long previousRoundTripNanos;
    private Instant previousArrival;
    private long clockSteps;

    /** Records an answer and its time of arrival, by the clock of the request's timestamp. */
    void record(StampReply reply, Instant arrival) {
        long upNanos = nanos(reply.request().time(), reply.receiveTime().instant());
        long downNanos = nanos(reply.time(), arrival);
        long roundTripNanos = nanos(reply.request().time(), arrival);
        if (hasPrevious && isStep(upNanos, downNanos, roundTripNanos, arrival)) {
            clockSteps++;
            up.restart(upNanos);
            down.restart(downNanos);
        } else {
            up.record(upNanos);
            down.record(downNanos);
        }
        hasPrevious = true;
        previousUpNanos = upNanos;
        previousDownNanos = downNanos;
        previousRoundTripNanos = roundTripNanos;
        previousArrival = arrival;
    }

    private static long nanos(NtpTimestamp from, Instant to) {
        return Duration.between(from.instant(), to).toNanos();
    }

    private boolean isStep(long upNanos, long downNanos, long roundTripNanos, Instant arrival) {
        long elapsed = Math.abs(Duration.between(previousArrival, arrival).toNanos());
        long allowed =
                Math.max(roundTripNanos, previousRoundTripNanos)
                        + elapsed / DRIFT_DIVISOR
                        + RESOLUTION_NANOS;
        return Math.abs(upNanos - previousUpNanos) > allowed
                || Math.abs(downNanos - previousDownNanos) > allowed;
    }

    /** Returns the number of changes of the reflector's clock. */
    long clockSteps() {
        return clockSteps;
    }

    Optional<Duration> jitterUp() {
        return duration(up.nanos());
    }

    Optional<Duration> jitterDown() {
        return duration(down.nanos());
    }

    private static Optional<Duration> duration(OptionalDouble nanos) {
        return nanos.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.round(nanos.getAsDouble())));
    }
}
