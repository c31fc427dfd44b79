package net.launcher.client;

import net.client.LatencyUnderLoad;
import net.client.Run;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.launcher.client.html.PageFile;
import net.launcher.client.html.RunPage;
import net.launcher.client.metric.Threshold;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.client.report.ClientReport;
import net.launcher.client.report.ClientReports;
import net.launcher.command.Exit;
import net.launcher.command.Invocation;
import net.launcher.command.ZipPreload;
import net.launcher.metrics.ClientMetrics;
import net.launcher.metrics.MetricsEndpoint;
import net.launcher.metrics.MetricsOption;
import net.launcher.output.Diagnostics;
import net.launcher.output.Output;
import net.launcher.output.Terminal;
import net.protocol.Endpoint;
import net.protocol.Transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Runs a client launcher, from its options to its summary, for TCP and UDP. */
public final class ClientRun {
    private final Transport transport;
    private Optional<RunPage> page = Optional.empty();
    private Optional<ClientMetrics> metrics = Optional.empty();
    private volatile Optional<LatencyUnderLoad> loaded = Optional.empty();
    private volatile Run current;
    private volatile WaitedExchange waited;
    private volatile PipeRun pipe;
    private volatile GroupRun group;

    public ClientRun(Transport transport) {
        this.transport = transport;
    }

    /**
     * Runs the exchanges that the options specify, until they are done or the thread is
     * interrupted.
     *
     * @return the exit status
     * @throws IllegalArgumentException if an option is not valid; nothing was sent then
     * @throws IOException if results could not be written
     */
    public int run(Invocation invocation) throws IOException {
        RunOptions options;
        try {
            options = new RunOptions(transport, invocation);
        } catch (InterruptedIOException e) {
            return interrupted(invocation, e);
        }
        if (ClientModes.isPipe(invocation)) {
            pipe = new PipeRun(new PipeOptions(options));
            return pipe.run();
        }
        if (ClientModes.probesSize(invocation)) {
            return MaxDatagramRun.run(options);
        }
        List<Threshold> thresholds = options.thresholds();
        Optional<PageFile> file = options.page();
        RunConfig config;
        Optional<RunConfig> load;
        try {
            config = options.config();
            options.check(config);
            load = options.load(config);
            for (Threshold threshold : thresholds) {
                threshold.requireMeasured(config, load.isPresent());
            }
        } catch (InterruptedIOException e) {
            return interrupted(invocation, e);
        }
        options.prepareLookups(config);
        Optional<Endpoint> served = MetricsOption.endpoint(invocation);
        if (served.isEmpty()) {
            return run(config, load, thresholds, file, options);
        }
        ClientMetrics counted = new ClientMetrics(config.labels());
        metrics = Optional.of(counted);
        try (MetricsEndpoint _ =
                MetricsEndpoint.open(served.get(), counted, true, invocation.err())) {
            return run(config, load, thresholds, file, options);
        }
    }

    private int run(
            RunConfig config,
            Optional<RunConfig> load,
            List<Threshold> thresholds,
            Optional<PageFile> file,
            RunOptions options)
            throws IOException {
        if (options.targets().size() > 1) {
            GroupRun several =
                    new GroupRun(options, options.configs(config), thresholds, file, metrics);
            group = several;
            return several.run();
        }
        Invocation invocation = options.invocation();
        Output out = invocation.out();
        boolean isTerminal = !config.isSingle() && out.isStandard() && Terminal.isStandardOutput();
        if (file.isPresent()) {
            page = Optional.of(new RunPage(file.get(), options.command(), config));
        }
        ClientReport report =
                ClientReports.of(
                        config,
                        invocation.format(),
                        options.hasWindows(),
                        isTerminal,
                        out,
                        invocation.err());
        report.start(load, options.command());
        out.commit();
        RunResult result =
                config.isSingle()
                        ? single(config, report, options)
                        : series(config, load, report, isTerminal, options);
        boolean isInterrupted = Thread.interrupted();
        List<Verdict> verdicts = RunStatus.verdicts(thresholds, result);
        try {
            report.summary(result, verdicts);
            out.commit();
        } finally {
            if (page.isPresent()) {
                page.get().write(result, verdicts, isInterrupted);
            }
        }
        return isInterrupted ? Exit.INTERRUPTED : RunStatus.of(result, verdicts);
    }

    private static int interrupted(Invocation invocation, InterruptedIOException e) {
        Thread.interrupted();
        invocation.err().error(e);
        return Exit.INTERRUPTED;
    }

    private RunResult single(RunConfig config, ClientReport report, RunOptions options)
            throws IOException {
        Diagnostics err = options.invocation().err();
        Output out = options.invocation().out();
        try (SingleListener listener =
                new SingleListener(config, report, options.isQuiet(), out, err)) {
            Optional<Duration> wait = options.waitTime();
            if (wait.isEmpty()) {
                return run(config, listener);
            }
            waited = new WaitedExchange(config, wait.get(), err, recorded(config, listener));
            return waited.run();
        }
    }

    private RunResult series(
            RunConfig config,
            Optional<RunConfig> load,
            ClientReport report,
            boolean isTerminal,
            RunOptions options)
            throws IOException {
        Invocation invocation = options.invocation();
        ZipPreload.load();
        if (!options.isQuiet()) {
            report.header(load, Instant.now());
            invocation.out().commit();
        }
        SeriesOutput.Content content =
                new SeriesOutput.Content(
                        invocation.format(),
                        options.isQuiet(),
                        options.hasWindows(),
                        load.isPresent(),
                        isTerminal);
        try (SeriesOutput output =
                new SeriesOutput(config, 1, content, invocation.out(), invocation.err())) {
            SeriesListener listener = new SeriesListener(config, report, output, false);
            if (!options.readsStandardInput()) {
                Terminal.onEnter(this::reportSoon);
            }
            return load.isPresent() ? run(config, load.get(), listener) : run(config, listener);
        }
    }

    private RunResult run(RunConfig config, RunConfig load, SeriesListener listener)
            throws IOException {
        LatencyUnderLoad run =
                new LatencyUnderLoad(
                        config, load, listener, recorded(config, listener), listener.ofLoad(load));
        loaded = Optional.of(run);
        return run.run();
    }

    private RunResult run(RunConfig config, RunListener listener) throws IOException {
        Run run = new Run(config, recorded(config, listener));
        current = run;
        return run.run();
    }

    private RunListener recorded(RunConfig config, RunListener listener) {
        RunListener recorded = page.isPresent() ? page.get().wrap(listener) : listener;
        return metrics.isPresent() ? metrics.get().of(config, recorded) : recorded;
    }

    /** Requests a status line on standard error; may be called from any thread. */
    public void reportSoon() {
        Run run = current;
        PipeRun piping = pipe;
        GroupRun several = group;
        WaitedExchange waiting = waited;
        if (several != null) {
            several.reportSoon();
        } else if (run != null) {
            run.reportSoon();
        } else if (piping != null) {
            piping.report();
        } else if (waiting != null) {
            waiting.printStatus();
        }
        if (loaded.isPresent()) {
            loaded.get().reportSoon();
        }
    }
}
