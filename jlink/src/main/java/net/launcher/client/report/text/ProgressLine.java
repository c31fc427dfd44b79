package net.launcher.client.report.text;

import net.client.measure.LatencySummary;
import net.client.run.RunResult;
import net.launcher.client.metric.Rates;
import net.launcher.command.value.Durations;

import java.io.PrintStream;
import java.util.OptionalLong;

/** Progress of a run on one terminal line, overwritten in place; for use by one thread. */
public final class ProgressLine {
    private static final int MAX_WIDTH = 79;

    private final PrintStream err;
    private long ok;
    private long failed;
    private int width;

    public ProgressLine(PrintStream err) {
        this.err = err;
    }

    /** Shows the counts of the whole run and the times of an interval. */
    public void show(RunResult interval) {
        ok += interval.ok();
        failed += interval.failed();
        StringBuilder line = new StringBuilder();
        line.append(ok).append(" ok, ").append(failed).append(" failed; last second ");
        line.append(Rates.perSecond(interval.ok(), interval.duration()));
        LatencySummary time = interval.time();
        append(line, ", p50 ", time.p50());
        append(line, ", p99 ", time.p99());
        line.setLength(Math.min(line.length(), MAX_WIDTH));
        int newWidth = line.length();
        line.append(" ".repeat(Math.max(width - newWidth, 0)));
        err.print("\r" + line);
        err.flush();
        width = newWidth;
    }

    private static void append(StringBuilder line, String name, OptionalLong nanos) {
        if (nanos.isPresent()) {
            line.append(name).append(Durations.precise(nanos.getAsLong()));
        }
    }

    /** Clears the line. */
    public void clear() {
        if (width > 0) {
            err.print("\r" + " ".repeat(width) + "\r");
            err.flush();
            width = 0;
        }
    }
}
