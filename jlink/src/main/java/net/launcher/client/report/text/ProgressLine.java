package net.launcher.client.report.text;

import net.client.measure.LatencySummary;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.metric.DerivedMetrics;
import net.launcher.client.metric.Rates;
import net.launcher.command.value.Durations;
import net.launcher.output.SiUnits;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * Progress of a run on the last line of a terminal, overwritten in place: the times elapsed and
 * left, the loss, the target, and the rate and latency of the last second, as far as they fit.
 */
public final class ProgressLine {
    private static final String ERASE = "\r\u001b[K";

    /** Cuts the line at the margin, if the terminal has become narrower. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";
    private static final long HALF_SECOND_MILLIS = 500;

    private final RunConfig run;
    private final int targets;
    private final int columns;
    private final PrintStream err;
    private String phase = "";
    private String text = "";
    private Duration elapsed = Duration.ZERO;
    private long ok;
    private long failed;
    private long droppedHere;

    /** The throughput of the load, set in its thread. */
    private volatile String load = "";

    /**
     * Creates an empty line.
     *
     * @param targets number of targets, each with the schedule of the run
     * @param isLoaded whether the run measures latency under load, starting idle
     * @param columns the width of the terminal
     */
    public ProgressLine(
            RunConfig run, int targets, boolean isLoaded, int columns, PrintStream err) {
        this.run = run;
        this.targets = targets;
        this.columns = columns;
        this.err = err;
        if (isLoaded) {
            phase = "idle: ";
        }
    }

    /** Returns the phase of a run with a load, as a prefix of lines; otherwise empty. */
    public String phase() {
        return phase;
    }

    /** Shows the progress of the run, and the rate and times of its last second. */
    public void show(RunResult interval) {
        ok += interval.ok();
        failed += interval.failed();
        droppedHere += DerivedMetrics.droppedHere(interval).orElse(0);
        elapsed = elapsed.plus(interval.duration());
        StringBuilder line = new StringBuilder(phase).append(clock(elapsed));
        Optional<Duration> left = left();
        if (left.isPresent()) {
            append(line, ", " + clock(left.get()) + " left");
        }
        if (interval.isLossKnown()) {
            append(line, ", loss " + Rates.loss(ok, failed, Math.max(failed - droppedHere, 0)));
        }
        append(line, load);
        append(line, ", " + (targets > 1 ? targets + " targets" : run.client().endpoint()));
        append(line, "; now " + Rates.perSecond(interval.ok(), interval.duration()));
        LatencySummary time = interval.time();
        append(line, ", p50 ", time.p50());
        append(line, ", p99 ", time.p99());
        show(line.toString());
    }

    private void append(StringBuilder line, String name, OptionalLong nanos) {
        if (nanos.isPresent()) {
            append(line, name + Durations.precise(nanos.getAsLong()));
        }
    }

    /** Appends a part unless it reaches the last column. */
    private void append(StringBuilder line, String part) {
        if (line.length() + part.length() < columns) {
            line.append(part);
        }
    }

    /** Returns the remaining time, for a number of exchanges estimated from those before. */
    private Optional<Duration> left() {
        long nanos = Long.MAX_VALUE;
        if (run.duration().isPresent()) {
            nanos = run.duration().get().minus(elapsed).toNanos();
        }
        long done = ok + failed;
        if (run.count().isPresent() && done > 0) {
            double perExchange = (double) elapsed.toNanos() / done;
            nanos =
                    Math.min(
                            nanos,
                            (long)
                                    (perExchange
                                            * (1.0 * targets * run.count().getAsLong() - done)));
        }
        return nanos == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(nanos, 0)));
    }

    /** Returns a time such as {@code 9 s}, {@code 1:09} or {@code 1:01:09}. */
    private static String clock(Duration time) {
        long seconds = time.plusMillis(HALF_SECOND_MILLIS).toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        return minutes < 60
                ? minutes + twoDigits(seconds % 60)
                : minutes / 60 + twoDigits(minutes % 60) + twoDigits(seconds % 60);
    }

    private static String twoDigits(long number) {
        return number < 10 ? ":0" + number : ":" + number;
    }

    /** Begins the phase under load; called in the thread of the load, while no other is shown. */
    public void beginLoad() {
        phase = "loaded: ";
        elapsed = Duration.ZERO;
        ok = 0;
        failed = 0;
        droppedHere = 0;
    }

    /** Sets the throughput of the load to show; called in the thread of the load. */
    public void setLoad(RunConfig bulk, RunResult interval) {
        StringJoiner rates = new StringJoiner(", ", ", load ", "");
        if (DerivedMetrics.hasUp(bulk)) {
            rates.add("up " + SiUnits.bitRate(interval.bytesSent(), interval.duration()));
        }
        if (DerivedMetrics.hasDown(bulk)) {
            rates.add("down " + SiUnits.bitRate(interval.bytesReceived(), interval.duration()));
        }
        load = rates.toString();
    }

    /** Shows a text until the next second. */
    public void show(String line) {
        text = line;
        draw();
    }

    private void draw() {
        err.print(ERASE + NO_WRAP + text + WRAP);
        err.flush();
    }

    /** Removes the line. */
    public void clear() {
        if (!text.isEmpty()) {
            err.print(ERASE);
            err.flush();
            text = "";
        }
    }

    /** Returns a stream for lines above this one. */
    public PrintStream above() {
        return new PrintStream(new LinesAbove(), false, StandardCharsets.UTF_8);
    }

    /** Writes lines in place of the progress line, which follows them. */
    private final class LinesAbove extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            line.write(b);
            if (b == '\n') {
                writeLine();
            }
        }

        private void writeLine() {
            if (!text.isEmpty()) {
                err.print(ERASE);
            }
            err.write(line.toByteArray(), 0, line.size());
            line.reset();
            if (!text.isEmpty()) {
                draw();
            }
        }
    }
}
