package net.launcher.client.html;

import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.metric.Threshold.Verdict;

import java.time.Instant;
import java.util.List;

/**
 * Data of the page of a run.
 *
 * @param command the launcher and its arguments, as given on the command line
 * @param started the start of the run
 * @param isInterrupted whether a signal ended it
 */
record RunReportModel(
        List<String> command,
        RunConfig run,
        Instant started,
        ReportRecorder recorder,
        RunResult result,
        List<Verdict> verdicts,
        boolean isInterrupted) {
    /** Minimum number of times for a chart. */
    static final int MIN_TIMES = 10;

    boolean isTimed() {
        return result.histogram().count() > 0;
    }

    boolean hasTimeCharts() {
        return result.histogram().count() >= MIN_TIMES;
    }

    String subject() {
        return run.service().label() + " over " + run.transport().name();
    }

    String target() {
        return run.client().endpoint().toString();
    }
}
