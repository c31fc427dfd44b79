package net.launcher.client.report;

import net.client.run.RunConfig;
import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.launcher.output.Terminal;

/** Selects the report of a client run. */
public final class ClientReports {
    private ClientReports() {}

    /**
     * Returns the report of a run.
     *
     * @param hasWindows whether intervals are listed, and exchanges are not
     * @param isTerminal whether the output is a terminal, on which a histogram is also shown
     */
    public static ClientReport of(
            RunConfig run,
            Format format,
            boolean hasWindows,
            boolean isTerminal,
            Output out,
            Diagnostics err) {
        return switch (format) {
            case TEXT -> text(run, hasWindows, isTerminal, err.isVerbose(), out);
            case JSON -> new JsonClientReport(run, out);
            case RAW -> new RawClientReport(run, out, err);
        };
    }

    private static ClientReport text(
            RunConfig run, boolean hasWindows, boolean isTerminal, boolean isVerbose, Output out) {
        if (run.isSingle()) {
            return new AnswerReport(run, out);
        }
        boolean isReplaceable = isTerminal && Terminal.canOverwrite();
        return run.bulk() && !OutputRate.isReadable(run, 1, isReplaceable)
                ? new ThroughputReport(run, isVerbose, out)
                : new RunReport(run, hasWindows, isTerminal, isVerbose, out);
    }
}
