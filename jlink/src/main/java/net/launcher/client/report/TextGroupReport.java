package net.launcher.client.report;

import net.client.RunGroup;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.client.report.text.ResultTable;
import net.launcher.client.report.text.RunHeader;
import net.launcher.client.report.text.SummaryText;
import net.launcher.client.report.text.VerdictLines;
import net.launcher.output.Output;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Text report of several targets: a row each, and the total. */
public final class TextGroupReport implements GroupReport {
    private final List<RunConfig> runs;
    private final List<String> targets;
    private final boolean isVerbose;
    private final boolean showsWindows;
    private final ResultTable table;
    private final Output out;
    private boolean hasLines;

    /**
     * Creates a report.
     *
     * @param isVerbose whether the summary has all figures of each target
     * @param showsWindows whether each interval has a row per target
     */
    public TextGroupReport(
            List<RunConfig> runs, boolean isVerbose, boolean showsWindows, Output out) {
        this.runs = runs;
        this.targets = targets(runs);
        this.isVerbose = isVerbose;
        this.showsWindows = showsWindows;
        this.table = new ResultTable(targets);
        this.out = out;
    }

    private static List<String> targets(List<RunConfig> runs) {
        List<String> targets = new ArrayList<>();
        for (RunConfig run : runs) {
            targets.add(run.client().endpoint().toString());
        }
        return targets;
    }

    @Override
    public void header(Instant start) throws IOException {
        hasLines = true;
        if (!runs.getFirst().isSingle()) {
            out.append(RunHeader.of(runs.getFirst(), runs.size(), start));
        }
        if (showsWindows) {
            out.append(table.timedHeading());
        }
    }

    @Override
    public ClientReport of(RunConfig run) {
        return new TargetReport(run, isVerbose, showsWindows, table, out);
    }

    @Override
    public void interval(List<RunResult> intervals) throws IOException {
        if (showsWindows) {
            out.append(table.timedRow("total", RunGroup.total(intervals)));
            table.endInterval();
        }
    }

    /** Returns the table of all targets. */
    public List<String> lines(List<RunResult> results) {
        return table.lines(targets, results, RunGroup.total(results));
    }

    @Override
    public void summary(List<RunResult> results, List<List<Verdict>> verdicts) throws IOException {
        if (hasLines) {
            out.append("");
        }
        if (isVerbose) {
            for (int i = 0; i < runs.size(); i++) {
                out.append(targets.get(i));
                for (String line : new SummaryText(runs.get(i), true, results.get(i)).lines()) {
                    out.append("  " + line);
                }
            }
            out.append("");
        }
        for (String line : lines(results)) {
            out.append(line);
        }
        for (int i = 0; i < runs.size(); i++) {
            for (String line : VerdictLines.of(verdicts.get(i))) {
                out.append(line + ", " + targets.get(i));
            }
        }
    }
}
