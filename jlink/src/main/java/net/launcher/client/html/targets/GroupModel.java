package net.launcher.client.html.targets;

import net.client.run.RunResult;
import net.launcher.client.html.RunReportModel;
import net.launcher.client.metric.WorstTarget;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * Data of the page of a run with several targets.
 *
 * @param total the figures of all targets, with the configuration of the first
 */
record GroupModel(RunReportModel total, List<TargetModel> targets) {
    String title() {
        return total.subject() + " to " + targets.size() + " targets";
    }

    /** Returns the index of the worst target, or -1 if no two differ. */
    int worst() {
        List<RunResult> results = targets.stream().map(TargetModel::result).toList();
        OptionalInt worst = WorstTarget.index(results);
        return worst.orElse(-1);
    }

    long count(Predicate<TargetModel> condition) {
        return targets.stream().filter(condition).count();
    }

    boolean hasThresholds() {
        return !targets.getFirst().verdicts().isEmpty();
    }
}
