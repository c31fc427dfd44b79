package net.launcher.client.metric;

import net.client.run.RunResult;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Selects the worst of several targets: that with the highest share of lost exchanges, then the
 * highest 99th percentile, then the highest maximum. Targets without any exchange do not count.
 */
public final class WorstTarget {
    private WorstTarget() {}

    /** Returns the index of the worst target; empty if no two targets differ. */
    public static OptionalInt index(List<RunResult> results) {
        int worst = -1;
        boolean differs = false;
        for (int i = 0; i < results.size(); i++) {
            if (exchanges(results.get(i)) == 0) {
                continue;
            }
            int order = worst < 0 ? 0 : compare(results.get(i), results.get(worst));
            differs |= order != 0;
            worst = worst < 0 || order > 0 ? i : worst;
        }
        return differs ? OptionalInt.of(worst) : OptionalInt.empty();
    }

    private static int compare(RunResult a, RunResult b) {
        int order = Double.compare(loss(a), loss(b));
        if (order == 0) {
            order = compare(a.time().p99(), b.time().p99());
        }
        return order == 0 ? compare(a.time().max(), b.time().max()) : order;
    }

    private static double loss(RunResult result) {
        return (double) DerivedMetrics.losses(result) / exchanges(result);
    }

    private static long exchanges(RunResult result) {
        return result.ok() + result.failed();
    }

    private static int compare(OptionalLong a, OptionalLong b) {
        return Long.compare(a.orElse(-1), b.orElse(-1));
    }
}
