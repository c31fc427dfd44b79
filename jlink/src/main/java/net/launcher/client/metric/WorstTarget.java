package net.launcher.client.metric;

import net.client.run.RunResult;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Selects the worst of several targets: one without any exchange, or that with the highest share of
 * lost exchanges, then the highest 99th percentile, then the highest maximum.
 */
public final class WorstTarget {
    /** Rank of a target without an exchange: above a loss of all. */
    private static final double NONE = 2;

    private WorstTarget() {}

    /** Returns the index of the worst target; empty if no two targets differ. */
    public static OptionalInt index(List<RunResult> results) {
        int worst = 0;
        boolean differs = false;
        for (int i = 1; i < results.size(); i++) {
            int order = compare(results.get(i), results.get(worst));
            differs |= order != 0;
            worst = order > 0 ? i : worst;
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
        long all = result.ok() + result.failed();
        return all == 0 ? NONE : (double) DerivedMetrics.losses(result) / all;
    }

    private static int compare(OptionalLong a, OptionalLong b) {
        return Long.compare(a.orElse(-1), b.orElse(-1));
    }
}
