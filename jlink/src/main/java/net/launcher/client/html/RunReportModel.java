package net.launcher.client.html;

import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.client.run.RunResult.LoadFigures;
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
public record RunReportModel(
        List<String> command,
        RunConfig run,
        Instant started,
        ReportRecorder recorder,
        RunResult result,
        List<Verdict> verdicts,
        boolean isInterrupted) {
    /** Minimum number of times for charts of their distribution. */
    static final int MIN_TIMES = 10;

    /** Minimum number of times for a chart of the times over the run. */
    private static final int MIN_POINTS = 2;

    boolean isTimed() {
        return result.histogram().count() > 0;
    }

    boolean hasDistribution() {
        return result.histogram().count() >= MIN_TIMES;
    }

    boolean hasTimesOverRun() {
        return result.histogram().count() >= MIN_POINTS;
    }

    /** Returns the noun for one element of the run: stream or exchange. */
    String noun() {
        return run.isStream() ? "stream" : "exchange";
    }

    /** Returns whether no exchange, and no stream of the load, failed. */
    boolean isFlawless() {
        if (result.load().isPresent()) {
            LoadFigures load = result.load().get();
            return result.failed() + load.idle().failed() + load.bulk().failed() == 0;
        }
        return result.failed() == 0;
    }

    /** Returns the service and its transport. */
    public String subject() {
        return run.service().label() + " over " + run.transport().name();
    }

    String target() {
        return run.client().endpoint().toString();
    }
}
