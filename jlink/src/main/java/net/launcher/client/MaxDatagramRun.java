package net.launcher.client;

import net.client.MaxDatagramProbe;
import net.client.MaxDatagramResult;
import net.client.connect.ExchangeException;
import net.client.run.RunConfig;
import net.launcher.client.report.MaxDatagramReport;
import net.launcher.command.Command;
import net.launcher.command.Exit;
import net.launcher.command.Invocation;
import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.protocol.Service;
import net.protocol.Transport;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Runs {@code udp-client --probe-size}: a search for the largest datagram that gets through. */
final class MaxDatagramRun {
    private static final String OPTION = "--probe-size";

    /** Options that do not apply to a search. */
    private static final List<String> OTHERS =
            List.of(
                    "--message",
                    "--file",
                    "--size",
                    "--count",
                    "--duration",
                    "--interval",
                    "--rate",
                    "--parallel",
                    "--warmup",
                    "--bulk",
                    "--load",
                    "--load-service",
                    "--load-to",
                    "--fail-if",
                    "--report",
                    "--quiet");

    private MaxDatagramRun() {}

    static void add(Command command) {
        command.flag(
                OPTION,
                "Find the largest payload that gets through and comes back from echo, without"
                        + " being cut to pieces on the way; each size is tried up to "
                        + MaxDatagramProbe.TRIES
                        + " times.");
    }

    static boolean isAsked(Invocation invocation) {
        return invocation.has(OPTION);
    }

    /** Runs the search and returns the exit status. */
    static int run(Invocation invocation, RunConfig config) throws IOException {
        requireAlone(invocation);
        Output out = invocation.out();
        Diagnostics err = invocation.err();
        MaxDatagramReport report = MaxDatagramReport.of(config, invocation.format(), out);
        report.start();
        out.commit();
        MaxDatagramProgress progress = new MaxDatagramProgress(invocation.format(), err.err());
        MaxDatagramProbe probe = new MaxDatagramProbe(config.client(), progress::show);
        int status = Exit.OK;
        try {
            MaxDatagramResult size = probe.run();
            progress.clear();
            report.found(size);
        } catch (ExchangeException e) {
            progress.clear();
            err.error(e);
            new Hints(err, Transport.UDP).print(e);
            report.failed(e);
            status = ClientRun.status(e.kind());
        }
        report.summary(probe.result());
        out.commit();
        return Thread.interrupted() ? Exit.INTERRUPTED : status;
    }

    private static void requireAlone(Invocation invocation) {
        for (String other : OTHERS) {
            if (invocation.has(other)) {
                throw new IllegalArgumentException(
                        other + " must not be used with " + OPTION + ", which decides by itself");
            }
        }
        Optional<String> service = invocation.value("--service");
        if (service.isPresent() && !service.get().equals(Service.ECHO.label())) {
            throw new IllegalArgumentException(
                    "--service must be echo with " + OPTION + ": " + service.get());
        }
        if (invocation.format() == Format.RAW) {
            throw new IllegalArgumentException(
                    "--format must be text or json with " + OPTION + ": raw");
        }
    }
}
