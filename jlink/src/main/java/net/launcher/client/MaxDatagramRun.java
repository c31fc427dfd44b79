package net.launcher.client;

import static net.launcher.command.OptionGroup.LOAD;

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

/**
 * Runs {@code udp-client --probe-size}: a search for the largest datagram that is not fragmented.
 */
final class MaxDatagramRun {
    private MaxDatagramRun() {}

    static void add(Command command) {
        command.flag(LOAD, ClientModes.PROBE_SIZE)
                .implies(Service.ECHO)
                .excludes(ClientModes.BULK)
                .summary("find the largest datagram sent unfragmented (path MTU)")
                .description(
                        "Find the largest payload, sent unfragmented, that echo returns, with up to"
                                + " "
                                + MaxDatagramProbe.TRIES
                                + " tries per size.");
    }

    /** Runs the search and returns the exit status. */
    static int run(RunOptions options) throws IOException {
        Invocation invocation = options.invocation();
        RunConfig config = options.sizes();
        if (invocation.format() == Format.RAW) {
            throw new IllegalArgumentException(
                    "--format must be text or json with " + ClientModes.PROBE_SIZE + ": raw");
        }
        Output out = invocation.out();
        Diagnostics err = invocation.err();
        MaxDatagramReport report = MaxDatagramReport.of(config, invocation.format(), out);
        report.start(options.command());
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
            status = RunStatus.of(e.kind());
        }
        report.summary(probe.result());
        out.commit();
        return Thread.interrupted() ? Exit.INTERRUPTED : status;
    }
}
