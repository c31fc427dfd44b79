package net.launcher.client.metric;

import net.client.connect.ExchangeException.Kind;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.output.SiUnits;
import net.protocol.Service;
import net.protocol.Transport;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Figures derived from the result of a run, shared by the reports. */
public final class DerivedMetrics {
    private DerivedMetrics() {}

    /** Returns whether a run measures the throughput to the server. */
    public static boolean hasUp(RunConfig run) {
        return run.transport() == Transport.TCP
                ? run.service() != Service.CHARGEN
                : run.isAnswered();
    }

    /** Returns whether a run receives bytes. */
    public static boolean hasDown(RunConfig run) {
        return run.isAnswered() || run.isStream() && run.service() != Service.DISCARD;
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
        if (!isAny || !result.duration().isPositive()) {
            return OptionalLong.empty();
        }
        BigDecimal bitRate = SiUnits.bitsPerSecond(bytes, result.duration());
        return OptionalLong.of(bitRate.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
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
