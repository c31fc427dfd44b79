package net.launcher.client.html.targets;

import net.client.RunGroup;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.launcher.client.html.PageFile;
import net.launcher.client.html.ReportRecorder;
import net.launcher.client.html.RunReportModel;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.output.Output.OutputException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * HTML report of a run with several targets: records events during the run, and writes the page
 * after it.
 */
public final class GroupPage {
    /** Maximum number of samples of a target: its chart has no space for more. */
    private static final int MAX_SAMPLES = 100;

    private final PageFile file;
    private final List<String> command;
    private final List<RunConfig> runs;
    private final Instant started = Instant.now();
    private final Map<RunConfig, ReportRecorder> recorders = new IdentityHashMap<>();

    /**
     * Creates the page of runs that are about to start.
     *
     * @param command the launcher and its arguments
     * @param runs the runs, which differ only in their targets
     */
    public GroupPage(PageFile file, List<String> command, List<RunConfig> runs) {
        this.file = file;
        this.command = List.copyOf(command);
        this.runs = List.copyOf(runs);
    }

    /** Returns a listener that records for the page and forwards all events. */
    public RunListener wrap(RunConfig run, RunListener listener) {
        ReportRecorder recorder = new ReportRecorder(listener, MAX_SAMPLES);
        recorders.put(run, recorder);
        return recorder;
    }

    /** Writes the page; results and verdicts are in the order of the runs. */
    public void write(List<RunResult> results, List<List<Verdict>> verdicts, boolean isInterrupted)
            throws OutputException {
        file.write(page(results, verdicts, isInterrupted));
    }

    String page(List<RunResult> results, List<List<Verdict>> verdicts, boolean isInterrupted) {
        List<TargetModel> targets = new ArrayList<>();
        ReportRecorder all = new ReportRecorder(RunListener.NONE, MAX_SAMPLES);
        for (int i = 0; i < runs.size(); i++) {
            ReportRecorder recorder = recorders.get(runs.get(i));
            all.addMessages(recorder);
            targets.add(
                    new TargetModel(
                            runs.get(i).client().endpoint().toString(),
                            recorder,
                            results.get(i),
                            verdicts.get(i)));
        }
        RunReportModel total =
                new RunReportModel(
                        command,
                        runs.getFirst(),
                        started,
                        all,
                        RunGroup.total(results),
                        List.of(),
                        isInterrupted);
        return GroupPageBuilder.page(new GroupModel(total, targets));
    }
}
