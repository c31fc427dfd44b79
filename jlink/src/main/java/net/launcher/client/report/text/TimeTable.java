package net.launcher.client.report.text;

import net.client.measure.LatencyFigure;
import net.client.measure.LatencySummary;
import net.launcher.client.metric.LatencyFigures;
import net.launcher.command.value.Durations;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Text table of times: one row per kind, one column per figure. */
final class TimeTable {
    private static final String CORNER = "times in ms";

    /** Five digits and two blanks, or six and one. */
    private static final int MIN_WIDTH = 7;

    private final List<String> labels = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    void add(String label, Optional<LatencySummary> times) {
        if (times.isPresent()) {
            add(label, LatencyFigures.of(times.get()));
        }
    }

    void add(String label, Map<LatencyFigure, OptionalLong> figures) {
        labels.add(label);
        List<String> row = new ArrayList<>();
        for (OptionalLong nanos : figures.values()) {
            row.add(cell(nanos));
        }
        rows.add(row);
    }

    private static String cell(OptionalLong nanos) {
        if (nanos.isEmpty()) {
            return "-";
        }
        long time = nanos.getAsLong();
        return time < 0 ? "-" + Durations.millis(-time) : Durations.millis(time);
    }

    /** Returns the lines, or none if there are no rows. */
    List<String> lines() {
        if (rows.isEmpty()) {
            return List.of();
        }
        int width = MIN_WIDTH;
        for (List<String> row : rows) {
            for (String cell : row) {
                width = Math.max(width, cell.length() + 1);
            }
        }
        List<String> lines = new ArrayList<>();
        List<String> headings = new ArrayList<>();
        for (LatencyFigure figure : LatencyFigure.values()) {
            headings.add(figure.label());
        }
        lines.add(line(CORNER, headings, width));
        for (int i = 0; i < rows.size(); i++) {
            lines.add(line(labels.get(i), rows.get(i), width));
        }
        return lines;
    }

    private static String line(String label, List<String> cells, int width) {
        StringBuilder line = new StringBuilder(label);
        line.append(" ".repeat(CORNER.length() - label.length()));
        for (String cell : cells) {
            line.append(" ".repeat(width - cell.length())).append(cell);
        }
        return line.toString();
    }
}
