package net.launcher.client;

import net.client.Run;
import net.client.RunGroup;
import net.client.run.GroupListener;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.launcher.client.html.PageFile;
import net.launcher.client.html.targets.GroupPage;
import net.launcher.client.metric.Threshold;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.client.report.GroupReport;
import net.launcher.client.report.JsonGroupReport;
import net.launcher.client.report.TextGroupReport;
import net.launcher.command.Exit;
import net.launcher.command.Invocation;
import net.launcher.command.NameCache;
import net.launcher.command.ZipPreload;
import net.launcher.metrics.ClientMetrics;
import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.launcher.output.Terminal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a client with several targets, from its configurations to its summary. */
final class GroupRun {
    private final RunOptions options;
    private final List<RunConfig> configs;
    private final List<Threshold> thresholds;
    private final Optional<ClientMetrics> metrics;
    private final Optional<GroupPage> page;
    private volatile RunGroup group;

    /** Creates a run of at least two targets. */
    GroupRun(
            RunOptions options,
            List<RunConfig> configs,
            List<Threshold> thresholds,
            Optional<PageFile> file,
            Optional<ClientMetrics> metrics) {
        this.options = options;
        this.configs = configs;
        this.thresholds = thresholds;
        this.page = file.map(of -> new GroupPage(of, options.command(), configs));
        this.metrics = metrics;
    }

    /**
     * Runs the exchanges, until they are done or the thread is interrupted.
     *
     * @return the exit status
     * @throws IllegalArgumentException if an option requires a single target; nothing was sent then
     * @throws IOException if results could not be written
     */
    int run() throws IOException {
        Invocation invocation = options.invocation();
        checkOptions();
        Output out = invocation.out();
        Diagnostics err = invocation.err();
        ZipPreload.load();
        boolean isTerminal = out.isStandard() && Terminal.isStandardOutput();
        TextGroupReport table =
                new TextGroupReport(configs, err.isVerbose(), options.hasWindows(), out);
        GroupReport report =
                invocation.format() == Format.TEXT ? table : new JsonGroupReport(configs, out);
        report.start(options.command());
        if (!options.isQuiet()) {
            report.header(Instant.now());
        }
        out.commit();
        SeriesOutput.Content content =
                new SeriesOutput.Content(
                        invocation.format(),
                        options.isQuiet(),
                        options.hasWindows(),
                        false,
                        isTerminal);
        List<RunResult> results;
        try (SeriesOutput output =
                new SeriesOutput(configs.getFirst(), configs.size(), content, out, err)) {
            List<RunListener> listeners = new ArrayList<>();
            for (RunConfig config : configs) {
                listeners.add(
                        recorded(
                                config,
                                new SeriesListener(config, report.of(config), output, true)));
            }
            Optional<Duration> wait = options.waitTime();
            results =
                    wait.isPresent()
                            ? await(listeners, wait.get())
                            : measure(listeners, new Listener(report, table, output));
        }
        boolean isInterrupted = Thread.interrupted();
        List<List<Verdict>> verdicts = new ArrayList<>();
        for (RunResult result : results) {
            verdicts.add(Threshold.verdicts(thresholds, result));
        }
        try {
            report.summary(results, verdicts);
            out.commit();
        } finally {
            if (page.isPresent()) {
                page.get().write(results, verdicts, isInterrupted);
            }
        }
        return isInterrupted ? Exit.INTERRUPTED : status(results, verdicts);
    }

    private List<RunResult> measure(List<RunListener> listeners, GroupListener common)
            throws IOException {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < configs.size(); i++) {
            runs.add(new Run(configs.get(i), listeners.get(i)));
        }
        group = new RunGroup(runs, common);
        if (!options.readsStandardInput()) {
            Terminal.onEnter(this::reportSoon);
        }
        if (configs.getFirst().isEndless()) {
            NameCache.disable();
        }
        return group.run();
    }

    /** Waits for one target after the other, within a common time. */
    private List<RunResult> await(List<RunListener> listeners, Duration wait) throws IOException {
        NameCache.disable();
        Diagnostics err = options.invocation().err();
        long startNanos = System.nanoTime();
        List<RunResult> results = new ArrayList<>();
        for (int i = 0; i < configs.size(); i++) {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
            results.add(
                    new WaitedExchange(configs.get(i), wait.minus(elapsed), err, listeners.get(i))
                            .run((config, listener) -> new Run(config, listener).run()));
        }
        return results;
    }

    private RunListener recorded(RunConfig config, RunListener listener) {
        RunListener recorded = page.isPresent() ? page.get().wrap(config, listener) : listener;
        return metrics.isPresent() ? metrics.get().of(config, recorded) : recorded;
    }

    private void checkOptions() {
        RunConfig config = configs.getFirst();
        require(!config.isStream(), "a stream (see --bulk)");
        require(!ClientModes.hasLoad(options.invocation()), ClientModes.LOAD);
        require(options.invocation().format() != Format.RAW, "--format raw");
    }

    private void require(boolean holds, String use) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "one endpoint must be given with "
                            + use
                            + ": "
                            + String.join(" ", options.invocation().operands()));
        }
    }

    /** Shows the figures of all targets. */
    private record Listener(GroupReport report, TextGroupReport table, SeriesOutput output)
            implements GroupListener {
        @Override
        public void onInterval(List<RunResult> intervals) throws IOException {
            if (output.isQuiet()) {
                return;
            }
            report.interval(intervals);
            if (output.showsProgress()) {
                output.progress().show(RunGroup.total(intervals));
            } else {
                output.commitSoon();
            }
        }

        @Override
        public void onReport(List<RunResult> soFar) {
            for (String line : table.lines(soFar)) {
                output.err().print(line);
            }
        }
    }

    /** Requests a table of the targets on standard error; may be called from any thread. */
    void reportSoon() {
        RunGroup running = group;
        if (running != null) {
            running.reportSoon();
        }
    }

    /** Returns the most severe status of a target: a local failure, then one of the network. */
    private static int status(List<RunResult> results, List<List<Verdict>> verdicts) {
        int status = Exit.OK;
        for (int i = 0; i < results.size(); i++) {
            int ofTarget = RunStatus.of(results.get(i), verdicts.get(i));
            boolean isWorse =
                    status != Exit.USAGE
                            && (ofTarget == Exit.USAGE
                                    || ofTarget == Exit.NETWORK
                                    || status == Exit.OK);
            status = isWorse ? ofTarget : status;
        }
        return status;
    }
}
