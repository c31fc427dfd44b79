package net.launcher.client;

import net.client.ExchangeException.Kind;
import net.client.Run;
import net.client.RunConfig;
import net.client.RunListener;
import net.client.RunResult;
import net.launcher.client.report.ClientReport;
import net.launcher.client.report.Threshold;
import net.launcher.client.report.Threshold.Verdict;
import net.launcher.command.Exit;
import net.launcher.command.Invocation;
import net.launcher.report.Diagnostics;
import net.launcher.report.Format;
import net.launcher.report.Output;
import net.protocol.Transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/** A client from its options to its summary: the part that TCP and UDP share. */
public final class ClientRun {
    private final Transport transport;
    private volatile Run current;

    public ClientRun(Transport transport) {
        this.transport = transport;
    }

    /**
     * Makes the exchanges that the options ask for, or as many as there are before the thread is
     * interrupted.
     *
     * @return the exit status
     * @throws IllegalArgumentException if an option is not valid; nothing was sent then
     * @throws IOException if results could not be written
     */
    public int run(Invocation invocation) throws IOException {
        RunOptions options = new RunOptions(transport, invocation);
        Format format = invocation.format();
        List<Threshold> thresholds = options.thresholds();
        RunConfig config;
        try {
            config = options.config();
        } catch (InterruptedIOException e) {
            Thread.interrupted();
            invocation.err().error(e);
            return Exit.INTERRUPTED;
        }
        Output out = invocation.out();
        ClientReport report = ClientReport.of(config, format, out, invocation.err());
        report.start();
        out.commit();
        RunResult result =
                config.isSingle()
                        ? single(config, report, options)
                        : series(config, report, options, format);
        boolean isInterrupted = Thread.interrupted();
        List<Verdict> verdicts = verdicts(thresholds, result);
        report.summary(result, verdicts);
        out.commit();
        return isInterrupted ? Exit.INTERRUPTED : status(result, verdicts);
    }

    private RunResult single(RunConfig config, ClientReport report, RunOptions options)
            throws IOException {
        Diagnostics err = options.invocation().err();
        Output out = options.invocation().out();
        return run(config, new SingleListener(report, options.isQuiet(), out, err));
    }

    private RunResult series(
            RunConfig config, ClientReport report, RunOptions options, Format format)
            throws IOException {
        Diagnostics err = options.invocation().err();
        Output out = options.invocation().out();
        try (SeriesListener listener =
                new SeriesListener(config, report, format, options.isQuiet(), out, err)) {
            if (!options.readsStandardInput()) {
                Terminal.onEnter(this::reportSoon);
            }
            return run(config, listener);
        }
    }

    private RunResult run(RunConfig config, RunListener listener) throws IOException {
        Run run = new Run(config, listener);
        current = run;
        return run.run();
    }

    /** Says the figures so far on standard error, if there are any; from any thread. */
    public void reportSoon() {
        Run run = current;
        if (run != null) {
            run.reportSoon();
        }
    }

    private static List<Verdict> verdicts(List<Threshold> thresholds, RunResult result) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Threshold threshold : thresholds) {
            verdicts.add(threshold.verdict(result));
        }
        return verdicts;
    }

    /** Returns what a run that ended by itself came to: with thresholds, it is they who say. */
    private static int status(RunResult result, List<Verdict> verdicts) {
        if (result.errors().containsKey(Kind.PERMISSION)) {
            return Exit.USAGE;
        }
        boolean isNone = result.ok() + result.failed() == 0;
        if (isNone || result.errors().containsKey(Kind.DNS)) {
            return Exit.NETWORK;
        }
        if (verdicts.isEmpty()) {
            return result.failed() > 0 ? Exit.NETWORK : Exit.OK;
        }
        for (Verdict verdict : verdicts) {
            if (!verdict.isOk()) {
                return Exit.THRESHOLD;
            }
        }
        return Exit.OK;
    }
}
