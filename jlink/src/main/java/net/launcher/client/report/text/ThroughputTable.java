package net.launcher.client.report.text;

import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.client.run.RunResult.StreamFigures;
import net.launcher.client.metric.DerivedMetrics;
import net.launcher.command.value.Durations;
import net.launcher.output.SiUnits;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Table of bytes and rates, with columns only for the directions that a run uses. */
public record ThroughputTable(RunConfig run) {
    private static final int LABEL_WIDTH = 8;
    private static final int BYTES_WIDTH = 10;
    private static final int RATE_WIDTH = 14;
    private static final int COUNT_WIDTH = 12;

    /** Returns the heading of the rows of a second. */
    public String intervalHeading() {
        return heading(right("seconds", LABEL_WIDTH) + (hasStreams() ? stream("stream") : ""));
    }

    private String heading(String labels) {
        StringBuilder line = new StringBuilder(labels);
        if (!run.isStream()) {
            line.append(right("datagrams", COUNT_WIDTH));
        }
        if (DerivedMetrics.hasUp(run)) {
            line.append(right("up", BYTES_WIDTH + RATE_WIDTH));
        }
        if (DerivedMetrics.hasDown(run)) {
            line.append(right("down", BYTES_WIDTH + RATE_WIDTH));
        }
        return line.toString();
    }

    private boolean hasStreams() {
        return run.isStream() && run.parallel() > 1;
    }

    /** Returns the rows of the last second: if there are several connections, one for each. */
    public List<String> interval(Duration elapsed, RunResult interval) {
        String seconds = right(seconds(elapsed), LABEL_WIDTH);
        List<String> lines = new ArrayList<>();
        if (hasStreams()) {
            for (StreamFigures stream : interval.streams()) {
                StringBuilder line = new StringBuilder(seconds);
                line.append(stream(Integer.toString(stream.number())));
                append(line, stream.bytesSent(), stream.bytesReceived(), stream.duration());
                lines.add(line.toString());
            }
        }
        StringBuilder line = new StringBuilder(seconds);
        if (hasStreams()) {
            line.append(stream("sum"));
        } else if (!run.isStream()) {
            line.append(right(Long.toString(interval.sent()), COUNT_WIDTH));
        }
        append(line, interval.bytesSent(), interval.bytesReceived(), interval.duration());
        lines.add(line.toString());
        return lines;
    }

    private static String stream(String label) {
        return right(label, LABEL_WIDTH);
    }

    private static String seconds(Duration elapsed) {
        return BigDecimal.valueOf(elapsed.toNanos(), 9)
                .setScale(1, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /** Returns a row for each connection, and their sum if there are several. */
    public List<String> streams(RunResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(heading(stream("stream")));
        for (StreamFigures stream : result.streams()) {
            StringBuilder line = new StringBuilder(stream(Integer.toString(stream.number())));
            append(line, stream.bytesSent(), stream.bytesReceived(), stream.duration());
            lines.add(line + " in " + Durations.text(stream.duration()));
        }
        if (result.streams().size() > 1) {
            StringBuilder line = new StringBuilder(stream("sum"));
            append(line, result.bytesSent(), result.bytesReceived(), result.duration());
            lines.add(line + " in " + Durations.text(result.duration()));
        }
        return lines;
    }

    private void append(StringBuilder line, long up, long down, Duration duration) {
        if (DerivedMetrics.hasUp(run)) {
            append(line, up, duration);
        }
        if (DerivedMetrics.hasDown(run)) {
            append(line, down, duration);
        }
    }

    private static void append(StringBuilder line, long bytes, Duration duration) {
        line.append(right(SiUnits.bytes(bytes), BYTES_WIDTH));
        line.append(right(SiUnits.bitRate(bytes, duration), RATE_WIDTH));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(width - text.length(), 1)) + text;
    }
}
