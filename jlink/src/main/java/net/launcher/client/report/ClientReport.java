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
 * What a client writes to standard output. It is appended to the output, and written with its next
 * commit.
 */
public interface ClientReport {
    /** Tells what is to be done. */
    void start() throws IOException;

    /** Tells which way to the server there is. */
    default void connection(ConnectionInfo connection) throws IOException {}

    void exchange(Exchange exchange) throws IOException;

    /** Tells what had arrived, and why no more did. */
    void failure(ExchangeException failure) throws IOException;

    /** Tells what was measured in the last second. */
    void interval(RunResult interval) throws IOException;

    void summary(RunResult result, List<Verdict> verdicts) throws IOException;

    /**
     * Returns the report of a run.
     *
     * @param isSeen whether it goes to a terminal, where there is room for a drawing
     */
    static ClientReport of(
            RunConfig run, Format format, boolean isSeen, Output out, Diagnostics err) {
        return switch (format) {
            case TEXT -> text(run, isSeen, out);
            case JSON -> new JsonClientReport(run, out);
            case RAW -> new RawClientReport(run, out, err);
        };
    }

    private static ClientReport text(RunConfig run, boolean isSeen, Output out) {
        if (run.isSingle()) {
            return new AnswerReport(run, out);
        }
        boolean isShownBySecond = run.bulk() && !OutputRate.isReadable(run);
        return isShownBySecond ? new ThroughputReport(run, out) : new RunReport(run, isSeen, out);
    }
}
