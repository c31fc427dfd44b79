package net.launcher.client.report.text;

import net.client.run.RunResult;
import net.launcher.client.metric.DerivedMetrics;
import net.launcher.client.metric.Rates;
import net.launcher.client.metric.WorstTarget;
import net.launcher.command.value.Durations;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** Text table of the figures of targets or intervals: one row each. */
public final class ResultTable {
    private static final String[] HEADINGS = {
        "ok", "failed", "loss", "rate", "p50 ms", "p99 ms", "max ms"
    };

    /** RFC 3339, with milliseconds. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private static final int COLUMN_WIDTH = 9;
    private static final String TOTAL = "total";
    private static final String GAP = "  ";

    /** Width of the labels; 0 if there is only one target. */
    private final int labelWidth;

    /** End of the current interval; null before its first row. */
    private Instant end;

    /**
     * Creates a table.
     *
     * @param targets the labels of the rows; empty if the rows have none
     */
    public ResultTable(List<String> targets) {
        int width = targets.isEmpty() ? 0 : TOTAL.length();
        for (String target : targets) {
            width = Math.max(width, target.length());
        }
        this.labelWidth = width;
    }

    /** Returns the heading of rows with a time. */
    public String timedHeading() {
        return timed("time", heading("target"));
    }

    /** Returns the row of an interval that ends now; all rows of an interval have the same time. */
    public String timedRow(String target, RunResult interval) {
        if (end == null) {
            end = Instant.now();
        }
        return timed(TIME.format(end), row(target, interval, true, ""));
    }

    /** Ends the rows of an interval. */
    public void endInterval() {
        end = null;
    }

    private static String timed(String time, String row) {
        return padded(time, TIME.format(Instant.EPOCH).length()) + GAP + row;
    }

    private String heading(String label) {
        return labelled(label, List.of(HEADINGS), "");
    }

    /** Returns the whole table of several targets, with the total. */
    public List<String> lines(List<String> targets, List<RunResult> results, RunResult total) {
        OptionalInt worst = WorstTarget.index(results);
        boolean hasRates = false;
        List<String> lines = new ArrayList<>();
        lines.add(heading("target"));
        for (int i = 0; i < targets.size(); i++) {
            hasRates |= hasRate(results.get(i));
            boolean isWorst = worst.isPresent() && worst.getAsInt() == i;
            lines.add(
                    row(
                            targets.get(i),
                            results.get(i),
                            hasRate(results.get(i)),
                            isWorst ? "worst" : ""));
        }
        lines.add(row(TOTAL, total, hasRates, ""));
        return lines;
    }

    private static boolean hasRate(RunResult result) {
        return result.ok() + result.failed() > 1;
    }

    private String row(String label, RunResult result, boolean hasRate, String mark) {
        StringJoiner notes = new StringJoiner(", ");
        if (!mark.isEmpty()) {
            notes.add(mark);
        }
        long droppedHere = DerivedMetrics.droppedHere(result).orElse(0);
        if (droppedHere > 0) {
            notes.add(droppedHere + " dropped here");
        }
        for (Map.Entry<String, Long> failure : DerivedMetrics.failures(result).entrySet()) {
            notes.add(failure.getValue() + " " + failure.getKey());
        }
        return labelled(
                label,
                List.of(
                        Long.toString(result.ok()),
                        Long.toString(result.failed()),
                        Rates.loss(result),
                        hasRate ? Rates.perSecond(result.ok(), result.duration()) : "-",
                        millis(result.time().p50()),
                        millis(result.time().p99()),
                        millis(result.time().max())),
                notes.toString());
    }

    private static String millis(OptionalLong nanos) {
        return nanos.isPresent() ? Durations.millis(nanos.getAsLong()) : "-";
    }

    private String labelled(String label, List<String> cells, String notes) {
        StringBuilder line = new StringBuilder();
        line.append(labelWidth > 0 ? padded(label, labelWidth) : "");
        for (String cell : cells) {
            line.append(" ".repeat(Math.max(COLUMN_WIDTH - cell.length(), 1))).append(cell);
        }
        return notes.isEmpty() ? line.toString() : line.append(GAP).append(notes).toString();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(width - text.length(), 0));
    }
}
