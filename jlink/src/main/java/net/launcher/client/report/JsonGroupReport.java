package net.launcher.client.report;

import net.client.RunGroup;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.output.Output;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Report of several targets as JSON Lines: events with their target, and a summary of all. */
public final class JsonGroupReport implements GroupReport {
    private final List<RunConfig> runs;
    private final Output out;

    public JsonGroupReport(List<RunConfig> runs, Output out) {
        this.runs = runs;
        this.out = out;
    }

    @Override
    public void start(List<String> command) throws IOException {
        for (RunConfig run : runs) {
            of(run).start(Optional.empty(), command);
        }
    }

    @Override
    public ClientReport of(RunConfig run) {
        return new JsonClientReport(run, true, out);
    }

    @Override
    public void summary(List<RunResult> results, List<List<Verdict>> verdicts) throws IOException {
        for (int i = 0; i < runs.size(); i++) {
            of(runs.get(i)).summary(results.get(i), verdicts.get(i));
        }
        new JsonClientReport(runs.getFirst(), false, out)
                .total(RunGroup.total(results), runs.size());
    }
}
