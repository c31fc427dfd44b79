package net.launcher.client.report;

import net.client.Exchange;
import net.client.ExchangeException;
import net.client.RunConfig;
import net.client.RunResult;
import net.launcher.client.report.Threshold.Verdict;
import net.launcher.report.Diagnostics;
import net.launcher.report.Format;
import net.launcher.report.Output;

import java.io.IOException;
import java.util.List;

/**
 * What a client writes to standard output. It is appended to the output, and written with its next
 * commit.
 */
public interface ClientReport {
    /** Tells what is to be done. */
    void start() throws IOException;

    void exchange(Exchange exchange) throws IOException;

    /** Tells what had arrived, and why no more did. */
    void failure(ExchangeException failure) throws IOException;

    /** Tells what was measured in the last second. */
    void interval(RunResult interval) throws IOException;

    void summary(RunResult result, List<Verdict> verdicts) throws IOException;

    static ClientReport of(RunConfig run, Format format, Output out, Diagnostics err) {
        return switch (format) {
            case TEXT -> run.isSingle() ? new AnswerReport(run, out) : new RunReport(run, out);
            case JSON -> new JsonClientReport(run, out);
            case RAW -> new RawClientReport(run, out, err);
        };
    }
}
