package net.launcher.client.report;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.report.Threshold.Verdict;
import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;

import java.io.IOException;
import java.util.List;

/**
 * Report of a client run on standard output. It is appended to the output, and written with the
 * next commit.
 */
public interface ClientReport {
    /** Reports the configuration of the run. */
    void start() throws IOException;

    /** Reports a connection to the server. */
    default void connection(ConnectionInfo connection) throws IOException {}

    void exchange(Exchange exchange) throws IOException;

    /** Reports a failure, with the bytes that had arrived. */
    void failure(ExchangeException failure) throws IOException;

    /** Reports the measurements of the last second. */
    void interval(RunResult interval) throws IOException;

    void summary(RunResult result, List<Verdict> verdicts) throws IOException;

    /**
     * Returns the report of a run.
     *
     * @param isTerminal whether the output is a terminal, which also gets a histogram
     */
    static ClientReport of(
            RunConfig run, Format format, boolean isTerminal, Output out, Diagnostics err) {
        return switch (format) {
            case TEXT -> text(run, isTerminal, out);
            case JSON -> new JsonClientReport(run, out);
            case RAW -> new RawClientReport(run, out, err);
        };
    }

    private static ClientReport text(RunConfig run, boolean isTerminal, Output out) {
        if (run.isSingle()) {
            return new AnswerReport(run, out);
        }
        boolean isShownBySecond = run.bulk() && !OutputRate.isReadable(run);
        return isShownBySecond
                ? new ThroughputReport(run, out)
                : new RunReport(run, isTerminal, out);
    }
}
