package net.launcher.client;

import net.client.run.RunConfig;
import net.launcher.client.report.OutputRate;
import net.launcher.client.report.text.ProgressLine;
import net.launcher.output.BackgroundStream;
import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.launcher.output.RateLimitedLog;
import net.launcher.output.Terminal;

/** The output of a run of many exchanges, which its targets share. */
final class SeriesOutput implements AutoCloseable {
    /**
     * Content of the output of a run.
     *
     * @param isQuiet whether only the summary is shown
     * @param hasWindows whether intervals are listed, and exchanges are not
     * @param isLoaded whether the run measures latency under load; its exchanges are not listed
     * @param isTerminal whether standard output is a terminal
     */
    record Content(
            Format format,
            boolean isQuiet,
            boolean hasWindows,
            boolean isLoaded,
            boolean isTerminal) {}

    private final boolean isQuiet;
    private final boolean isReadable;
    private final boolean needsExchanges;
    private final boolean showsProgress;
    private final Diagnostics err;
    private final RateLimitedLog log;
    private final ProgressLine progress;
    private final AsyncWriter writer;
    private final BackgroundStream background;
    private final Hints hints;

    /**
     * Starts the writer.
     *
     * @param run the configuration of a target
     * @param targets number of targets
     */
    SeriesOutput(RunConfig run, int targets, Content content, Output out, Diagnostics err) {
        boolean canOverwrite = content.format == Format.TEXT && Terminal.canOverwrite();
        boolean isSlow = OutputRate.isReadable(run, targets, content.isTerminal && canOverwrite);
        this.isQuiet = content.isQuiet;
        this.isReadable = isSlow && !content.isLoaded && !content.hasWindows;
        this.needsExchanges = !isQuiet && (isReadable || content.format == Format.RAW);
        this.showsProgress =
                !isQuiet && !isReadable && !content.hasWindows && !run.bulk() && canOverwrite;
        this.background = BackgroundStream.start(err.name(), err.err(), BackgroundStream.NO_LIMIT);
        this.progress =
                new ProgressLine(
                        run, targets, content.isLoaded, Terminal.columns(), background.print());
        this.err = err.to(progress.above());
        this.log = new RateLimitedLog(this.err);
        this.hints = new Hints(this.err, run.transport());
        this.writer = AsyncWriter.start(out);
    }

    boolean isQuiet() {
        return isQuiet;
    }

    /** Returns whether a line for each exchange can be read. */
    boolean isReadable() {
        return isReadable;
    }

    boolean needsExchanges() {
        return needsExchanges;
    }

    boolean showsProgress() {
        return showsProgress;
    }

    Diagnostics err() {
        return err;
    }

    RateLimitedLog log() {
        return log;
    }

    ProgressLine progress() {
        return progress;
    }

    Hints hints() {
        return hints;
    }

    /** Schedules a commit of standard output. */
    void commitSoon() {
        writer.commitSoon();
    }

    /** Waits until everything is written. */
    @Override
    public void close() {
        progress.clear();
        background.close();
        writer.close();
    }
}
