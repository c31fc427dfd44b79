package net.launcher.client;

import net.client.connect.ExchangeException.Kind;
import net.client.run.RunResult;
import net.client.run.RunResult.LoadFigures;
import net.launcher.client.metric.Threshold;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.command.Exit;

import java.util.ArrayList;
import java.util.List;

/** Verdicts and exit statuses of clients. */
final class RunStatus {
    private RunStatus() {}

    /** Compares the figures of a run with thresholds, in their order. */
    static List<Verdict> verdicts(List<Threshold> thresholds, RunResult result) {
        List<Verdict> verdicts = new ArrayList<>();
        // Threshold is not initialized without thresholds: decimal arithmetic takes 20 ms.
        for (Threshold threshold : thresholds) {
            verdicts.add(threshold.verdict(result));
        }
        return verdicts;
    }

    /**
     * Returns the exit status of a run that was not interrupted: by the thresholds, if there are
     * any.
     */
    static int of(RunResult result, List<Verdict> verdicts) {
        for (Kind kind : result.errors().keySet()) {
            if (of(kind) == Exit.USAGE) {
                return Exit.USAGE;
            }
        }
        boolean isNone = result.ok() + result.failed() == 0;
        boolean isUnknown =
                result.errors().containsKey(Kind.DNS)
                        || result.errors().containsKey(Kind.DNS_TIMEOUT)
                        || result.errors().containsKey(Kind.DNS_FAILED);
        if (isNone || isUnknown && result.ok() == 0) {
            return Exit.NETWORK;
        }
        if (verdicts.isEmpty()) {
            return hasFailed(result) ? Exit.NETWORK : Exit.OK;
        }
        for (Verdict verdict : verdicts) {
            if (!verdict.isOk()) {
                return Exit.THRESHOLD;
            }
        }
        return Exit.OK;
    }

    /** Returns the exit status of a failure: that of the network, or of this machine. */
    static int of(Kind kind) {
        return kind == Kind.PERMISSION || kind == Kind.LOCAL ? Exit.USAGE : Exit.NETWORK;
    }

    private static boolean hasFailed(RunResult result) {
        if (result.load().isEmpty()) {
            return result.failed() > 0;
        }
        LoadFigures load = result.load().get();
        return result.failed() + load.idle().failed() + load.bulk().failed() > 0;
    }
}
