package net.launcher.client.report;

import net.client.ExchangeException.Kind;
import net.client.RunConfig;
import net.client.RunResult;
import net.protocol.Service;
import net.protocol.Transport;

import java.util.Map;
import java.util.TreeMap;

/** Figures of a run that more than one place works with. */
public final class RunFigures {
    private RunFigures() {}

    /** Returns how many bytes of each datagram tell it apart from the others. */
    public static int markBytes(RunConfig run) {
        boolean isMarked =
                run.transport() == Transport.UDP
                        && run.service() == Service.ECHO
                        && !run.isSingle();
        return isMarked ? RunConfig.MARK_BYTES : 0;
    }

    /** Returns what failed by the name of its kind, in the order of these. */
    static Map<String, Long> failures(RunResult result) {
        Map<String, Long> failures = new TreeMap<>();
        for (Map.Entry<Kind, Long> error : result.errors().entrySet()) {
            failures.put(error.getKey().label(), error.getValue());
        }
        return failures;
    }

    /** Tells whether it is known which way a datagram of {@code stamp} was lost. */
    static boolean knowsDirections(RunResult result) {
        boolean isCounting = result.stamp().isPresent() && result.stamp().get().isCounting();
        return isCounting || result.datagrams().isPresent() && result.datagrams().get().lost() == 0;
    }
}
