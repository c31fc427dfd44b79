package net.launcher.client.report;

import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.metric.Threshold.Verdict;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Report of a run with several targets on standard output. */
public interface GroupReport {
    /** Reports the start of a run in text. */
    default void header(Instant start) throws IOException {}

    /** Reports the configuration of the runs. */
    default void start(List<String> command) throws IOException {}

    /** Returns the report of one target. */
    ClientReport of(RunConfig run);

    /** Reports an interval, after the reports of the targets. */
    default void interval(List<RunResult> intervals) throws IOException {}

    /** Reports the figures of each target, the results of its thresholds, and the total. */
    void summary(List<RunResult> results, List<List<Verdict>> verdicts) throws IOException;
}
