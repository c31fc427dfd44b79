package net.launcher.client.html.targets;

import net.client.run.RunResult;
import net.launcher.client.html.ReportRecorder;
import net.launcher.client.metric.Threshold.Verdict;

import java.util.List;

/**
 * Data of one target.
 *
 * @param name the endpoint, as given
 */
record TargetModel(String name, ReportRecorder recorder, RunResult result, List<Verdict> verdicts) {
    /** Returns whether there were exchanges, and all succeeded. */
    boolean isFlawless() {
        return result.failed() == 0 && !isEmpty();
    }

    /** Returns whether there was no exchange. */
    boolean isEmpty() {
        return result.ok() + result.failed() == 0;
    }

    long failedThresholds() {
        return verdicts.stream().filter(verdict -> !verdict.isOk()).count();
    }
}
