package net.launcher.client.html;

import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.launcher.client.report.Threshold.Verdict;
import net.launcher.output.Output.OutputException;

import java.time.Instant;
import java.util.List;

/** The page of a run, from before its beginning to after its end. */
public final class RunPage {
    private final PageFile file;
    private final List<String> command;
    private final RunConfig run;
    private final Instant began = Instant.now();
    private ReportRecorder recorder = new ReportRecorder(RunListener.NONE);

    /**
     * Prepares the page of a run that is about to begin.
     *
     * @param command the launcher and its arguments
     */
    public RunPage(PageFile file, List<String> command, RunConfig run) {
        this.file = file;
        this.command = List.copyOf(command);
        this.run = run;
    }

    /** Returns a listener that keeps what the page is to tell, and passes on all that it hears. */
    public RunListener around(RunListener listener) {
        recorder = new ReportRecorder(listener);
        return recorder;
    }

    /** Writes what the run came to. */
    public void write(RunResult result, List<Verdict> verdicts, boolean isInterrupted)
            throws OutputException {
        file.write(
                Page.of(
                        new RunReportModel(
                                command, run, began, recorder, result, verdicts, isInterrupted)));
    }
}
