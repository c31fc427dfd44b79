package net.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A page in Markdown, with tables and charts of samples. */
final class MarkdownPage {
    private final Samples samples;
    private final Path folder;
    private final StringBuilder text = new StringBuilder();

    MarkdownPage(Samples samples, Path folder) {
        this.samples = samples;
        this.folder = folder;
    }

    void write(String file) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    void line(String line) {
        text.append(line).append('\n');
    }

    /** Writes a table with a row per contender and a column per load. */
    void table(String title, String measure, String value, double unit) {
        List<Integer> loads = samples.loads(measure);
        if (loads.isEmpty()) {
            return;
        }
        head(
                title,
                loads.stream()
                        .map(load -> load == 0 ? "" : String.format(Locale.ROOT, "%,d", load))
                        .toList());
        for (String contender : samples.contenders(measure)) {
            StringBuilder row = new StringBuilder("| " + contender + " |");
            for (int load : loads) {
                row.append(' ').append(cell(measure, contender, load, value, unit)).append(" |");
            }
            line(row.toString());
        }
        line("");
    }

    /**
     * A column of a table of several values.
     *
     * @param title above it, with the unit
     * @param value name of the value
     * @param unit divisor of the values
     */
    record Column(String title, String value, double unit) {}

    /** Writes a table with a row per contender and a column per value of its samples at load 0. */
    void table(String title, String measure, List<Column> columns) {
        List<String> contenders = samples.contenders(measure);
        if (contenders.isEmpty()) {
            return;
        }
        head(title, columns.stream().map(Column::title).toList());
        for (String contender : contenders) {
            StringBuilder row = new StringBuilder("| " + contender + " |");
            for (Column column : columns) {
                row.append(' ')
                        .append(cell(measure, contender, 0, column.value(), column.unit()))
                        .append(" |");
            }
            line(row.toString());
        }
        line("");
    }

    private void head(String title, List<String> columns) {
        line("**" + title + "**\n");
        StringBuilder head = new StringBuilder("| |");
        for (String column : columns) {
            head.append(column.isEmpty() ? "" : " " + column).append(" |");
        }
        line(head.toString());
        line("| --- |" + " ---: |".repeat(columns.size()));
    }

    private String cell(String measure, String contender, int load, String value, double unit) {
        List<Double> sorted = samples.sorted(measure, contender, load, value);
        if (sorted.isEmpty()) {
            return "-";
        }
        String median =
                number(samples.median(measure, contender, load, value).getAsDouble() / unit);
        return sorted.size() == 1
                ? median
                : median
                        + " ("
                        + number(sorted.getFirst() / unit)
                        + "–"
                        + number(sorted.getLast() / unit)
                        + ")";
    }

    /** Formats with three significant digits. */
    private static String number(double value) {
        int digits = value >= 100 || value == 0 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    void picture(String name, String title, String below, String measure, String value, double unit)
            throws IOException {
        List<Integer> loads = samples.loads(measure);
        List<Plot.Line> lines = new ArrayList<>();
        for (String contender : samples.contenders(measure)) {
            List<Plot.Point> points = new ArrayList<>();
            for (int load : loads) {
                List<Double> sorted = samples.sorted(measure, contender, load, value);
                if (!sorted.isEmpty()) {
                    points.add(
                            new Plot.Point(
                                    loads.indexOf(load),
                                    samples.median(measure, contender, load, value).getAsDouble(),
                                    sorted.getFirst(),
                                    sorted.getLast()));
                }
            }
            if (points.size() > 1) {
                lines.add(new Plot.Line(contender, points));
            }
        }
        if (!lines.isEmpty()) {
            List<String> places =
                    loads.stream().map(load -> String.format(Locale.ROOT, "%,d", load)).toList();
            Files.writeString(
                    folder.resolve(name + ".svg"), new Plot(title, below, places, unit).svg(lines));
            line("![" + title + "](" + name + ".svg)\n");
        }
    }
}
