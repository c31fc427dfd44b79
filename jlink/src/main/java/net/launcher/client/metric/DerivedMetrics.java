package net.launcher.client.metric;

import net.client.connect.ExchangeException.Kind;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.metric.Metric.Figure;
import net.launcher.output.SiUnits;
import net.protocol.Service;
import net.protocol.Transport;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Figures derived from the result of a run, shared by the reports. */
public final class DerivedMetrics {
    /** Payload that fits in one TCP segment over IPv6 with the minimum MTU (RFC 8200). */
    private static final int SEGMENT_BYTES = 1280 - 40 - 20;

    private static final int RATE_DECIMALS = 3;

    private DerivedMetrics() {}

    /**
     * Returns whether an answer ends with its first packet, so that the time to its first byte is
     * that to its end.
     */
    public static boolean isOnePacket(RunConfig run) {
        return run.service() == Service.ECHO && run.payload().size() <= SEGMENT_BYTES;
    }

    /** Returns whether a run measures the throughput to the server. */
    public static boolean hasUp(RunConfig run) {
        return run.transport() == Transport.TCP
                ? run.service() != Service.CHARGEN && run.service() != Service.CONNECT
                : run.isAnswered();
    }

    /** Returns whether a run receives bytes. */
    public static boolean hasDown(RunConfig run) {
        boolean isConnection = run.service() == Service.CONNECT && run.transport() == Transport.TCP;
        return run.isAnswered() && !isConnection
                || run.isStream() && run.service() != Service.DISCARD;
    }

    /** Returns the bit rate to the server, or empty if it is not measured. */
    public static OptionalLong up(RunConfig run, RunResult result) {
        return rate(hasUp(run), result.bytesSent(), result);
    }

    /** Returns the bit rate from the server, or empty if the run receives nothing. */
    public static OptionalLong down(RunConfig run, RunResult result) {
        return rate(hasDown(run), result.bytesReceived(), result);
    }

    private static OptionalLong rate(boolean isAny, long bytes, RunResult result) {
        return isAny ? bitRate(bytes, result.duration()) : OptionalLong.empty();
    }

    /** Returns the bit rate of bytes that were transferred during a run, or empty if none were. */
    public static OptionalLong rate(long bytes, RunResult result) {
        return rate(bytes > 0, bytes, result);
    }

    private static OptionalLong bitRate(long bytes, Duration duration) {
        if (!duration.isPositive()) {
            return OptionalLong.empty();
        }
        BigDecimal bitRate = SiUnits.bitsPerSecond(bytes, duration);
        return OptionalLong.of(bitRate.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
    }

    /**
     * Returns the number of failed exchanges, except those whose answers were dropped here; 0 for
     * an interval that counts more drops, of exchanges that failed before.
     */
    public static long losses(RunResult result) {
        return Math.max(result.failed() - droppedHere(result).orElse(0), 0);
    }

    /** Returns the number of answers dropped by this machine, or empty if it is not counted. */
    public static OptionalLong droppedHere(RunResult result) {
        return result.datagrams().isPresent()
                ? result.datagrams().get().droppedHere()
                : OptionalLong.empty();
    }

    /**
     * Returns how much of the 99th percentile is lateness: its difference to that of the times from
     * sending; empty in a closed loop, and with too few exchanges.
     */
    public static OptionalLong lateness99(RunResult result) {
        return result.rawTime().isPresent()
                ? LatencyFigures.minus(result.time().p99(), result.rawTime().get().p99())
                : OptionalLong.empty();
    }

    /**
     * Returns the percentage of exchanges that failed, rounded down to {@value
     * Metric#SHARE_DECIMALS} decimals, or empty without an exchange or if losses are unknown.
     */
    public static Optional<BigDecimal> lossPercent(RunResult result) {
        return Metric.loss(result).map(loss -> loss.rounded(Metric.SHARE_DECIMALS));
    }

    /**
     * Returns the successful exchanges per second, rounded down to {@value #RATE_DECIMALS}
     * decimals, or empty if no time passed.
     */
    public static Optional<BigDecimal> okPerSecond(RunResult result) {
        if (!result.duration().isPositive()) {
            return Optional.empty();
        }
        Figure rate =
                new Figure(
                        BigDecimal.valueOf(result.ok()).movePointRight(Metric.NANO_DIGITS),
                        BigDecimal.valueOf(result.duration().toNanos()));
        return Optional.of(rate.rounded(RATE_DECIMALS));
    }

    /** Returns the number of failures by kind, sorted by its name. */
    public static Map<String, Long> failures(RunResult result) {
        Map<String, Long> failures = new TreeMap<>();
        for (Map.Entry<Kind, Long> error : result.errors().entrySet()) {
            failures.put(error.getKey().label(), error.getValue());
        }
        return failures;
    }

    /** Returns whether the direction in which {@code stamp} datagrams were lost is known. */
    public static boolean hasLossDirections(RunResult result) {
        boolean isKnown = result.stamp().isPresent() && result.stamp().get().isDirectionKnown();
        return isKnown || result.datagrams().isPresent() && result.datagrams().get().lost() == 0;
    }
}
