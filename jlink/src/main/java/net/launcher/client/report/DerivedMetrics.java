package net.launcher.client.report;

import net.client.connect.ExchangeException.Kind;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.output.SiUnits;
import net.protocol.Service;
import net.protocol.Transport;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Figures of a run that more than one place works with. */
public final class DerivedMetrics {
    private DerivedMetrics() {}

    /** Returns how many bytes of each datagram tell it apart from the others. */
    public static int markBytes(RunConfig run) {
        boolean isMarked =
                run.transport() == Transport.UDP
                        && run.service() == Service.ECHO
                        && !run.isSingle();
        return isMarked ? RunConfig.MARK_BYTES : 0;
    }

    /** Tells whether a run sends bytes. */
    static boolean hasUp(RunConfig run) {
        return run.service() != Service.CHARGEN;
    }

    /** Tells whether a run asks for bytes. */
    static boolean hasDown(RunConfig run) {
        return run.isAnswered() || run.isStream() && run.service() != Service.DISCARD;
    }

    /** Returns bits a second to the server; empty where there are none to be. */
    public static OptionalLong up(RunConfig run, RunResult result) {
        return rate(hasUp(run), result.bytesSent(), result);
    }

    /** Returns bits a second from the server; empty where there are none to be. */
    public static OptionalLong down(RunConfig run, RunResult result) {
        return rate(hasDown(run), result.bytesReceived(), result);
    }

    private static OptionalLong rate(boolean isAny, long bytes, RunResult result) {
        return isAny && result.duration().isPositive()
                ? OptionalLong.of(SiUnits.bitsPerSecond(bytes, result.duration()).longValue())
                : OptionalLong.empty();
    }

    /** Returns what failed by the name of its kind, in the order of these. */
    public static Map<String, Long> failures(RunResult result) {
        Map<String, Long> failures = new TreeMap<>();
        for (Map.Entry<Kind, Long> error : result.errors().entrySet()) {
            failures.put(error.getKey().label(), error.getValue());
        }
        return failures;
    }

    /** Tells whether it is known which way a datagram of {@code stamp} was lost. */
    public static boolean knowsDirections(RunResult result) {
        boolean isCounting = result.stamp().isPresent() && result.stamp().get().isCounting();
        return isCounting || result.datagrams().isPresent() && result.datagrams().get().lost() == 0;
    }
}
