package net.launcher.client.html;

import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.output.Output.OutputException;

import java.time.Instant;
import java.util.List;

/** HTML report of a run: records events during the run, and writes the page after it. */
public final class RunPage {
    private final PageFile file;
    private final List<String> command;
    private final RunConfig run;
    private final Instant started = Instant.now();
    private ReportRecorder recorder = new ReportRecorder(RunListener.NONE);

    /**
     * Creates the page of a run that is about to start.
     *
     * @param command the launcher and its arguments
     */
    public RunPage(PageFile file, List<String> command, RunConfig run) {
        this.file = file;
        this.command = List.copyOf(command);
        this.run = run;
    }

    /** Returns a listener that records for the page and forwards all events. */
    public RunListener wrap(RunListener listener) {
        recorder = new ReportRecorder(listener);
        return recorder;
    }

    /** Writes the page. */
    public void write(RunResult result, List<Verdict> verdicts, boolean isInterrupted)
            throws OutputException {
        file.write(
                Page.of(
                        new RunReportModel(
                                command, run, started, recorder, result, verdicts, isInterrupted)));
    }
}
