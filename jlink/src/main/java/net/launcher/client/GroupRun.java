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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs a client with several targets, from its configurations to its summary. */
final class GroupRun {
    private final RunOptions options;
    private final List<RunConfig> configs;
    private final List<Threshold> thresholds;
    private final Optional<ClientMetrics> metrics;
    private final Optional<GroupPage> page;
    private volatile RunGroup group;
    private volatile List<WaitedExchange> waiting = List.of();

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
     * @throws IOException if results could not be written
     */
    int run() throws IOException {
        Invocation invocation = options.invocation();
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
            verdicts.add(RunStatus.verdicts(thresholds, result));
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
        return group.run();
    }

    /** Waits for all targets at the same time, and then reports them in their order. */
    private List<RunResult> await(List<RunListener> listeners, Duration wait) throws IOException {
        Diagnostics err = options.invocation().err();
        List<DeferredEvents> events = new ArrayList<>();
        List<WaitedExchange> exchanges = new ArrayList<>();
        List<FutureTask<RunResult>> waits = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (RunConfig config : configs) {
            DeferredEvents deferred = new DeferredEvents();
            WaitedExchange waited = new WaitedExchange(config, wait, err, deferred);
            events.add(deferred);
            exchanges.add(waited);
            waits.add(new FutureTask<>(waited::run));
            threads.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name("wait for " + config.client().endpoint())
                            .start(waits.getLast()));
        }
        waiting = List.copyOf(exchanges);
        List<RunResult> results = new ArrayList<>();
        for (int i = 0; i < waits.size(); i++) {
            results.add(ended(waits.get(i), threads));
            events.get(i).replay(listeners.get(i));
        }
        return results;
    }

    /** Returns the result of a wait; an interrupt ends all waits, and stays set. */
    private static RunResult ended(FutureTask<RunResult> wait, List<Thread> threads)
            throws IOException {
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return wait.get();
                } catch (InterruptedException e) {
                    isInterrupted = true;
                    threads.forEach(Thread::interrupt);
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure
                    ? failure
                    : new IOException(e.getCause());
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RunListener recorded(RunConfig config, RunListener listener) {
        RunListener recorded = page.isPresent() ? page.get().wrap(config, listener) : listener;
        return metrics.isPresent() ? metrics.get().of(config, recorded) : recorded;
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

    /**
     * Requests a table of the targets on standard error, or prints those that are waited for; may
     * be called from any thread.
     */
    void reportSoon() {
        RunGroup running = group;
        if (running != null) {
            running.reportSoon();
        }
        waiting.forEach(WaitedExchange::printStatus);
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
