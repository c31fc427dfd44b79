package net.launcher.client.html;

import net.client.measure.LatencyFigure;
import net.launcher.client.html.chart.Html;
import net.launcher.command.value.Durations;
import net.launcher.output.SiUnits;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes a section with a table, in which each figure has its name in the JSON summary. */
final class TableWriter {
    /** Text of a figure that does not exist. */
    static final String NONE = "-";

    /** Heading of the column of messages, which is left-aligned. */
    static final String FIRST_MESSAGE = "first message";

    private final Html html;

    /**
     * Times of one kind.
     *
     * @param name the name of their object in the JSON summary
     */
    record Column(String heading, String name, Map<LatencyFigure, OptionalLong> times) {}

    /** Opens the section and its table. */
    TableWriter(Html html, String title, String... headings) {
        this.html = html;
        html.open("section").element("h2", title);
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        for (String heading : headings) {
            String kind = heading.equals(FIRST_MESSAGE) ? "words" : "number";
            html.element("th", heading, "scope", "col", "class", kind);
        }
        html.close().close().open("tbody");
    }

    /** Closes the table, but not its section. */
    TableWriter closeTable() {
        html.close().close().close();
        return this;
    }

    /** Closes the section. */
    void close() {
        html.close();
    }

    /** Starts a row. */
    void label(String text) {
        html.open("tr").element("th", text, "scope", "row");
    }

    /** Ends a row. */
    void endRow() {
        html.close();
    }

    void cell(String name, Object exact, String text) {
        html.open("td").data(name, exact, text).close();
    }

    /** Adds a cell of text. */
    void words(String text) {
        html.element("td", text, "class", "words");
    }

    void row(String label, String name, long count) {
        label(label);
        cell(name, count, Long.toString(count));
        endRow();
    }

    /** Adds a row for a count that may be unknown. */
    void row(String label, String name, OptionalLong count) {
        boolean isPresent = count.isPresent();
        label(label);
        cell(
                name,
                isPresent ? count.getAsLong() : "",
                isPresent ? Long.toString(count.getAsLong()) : NONE);
        endRow();
    }

    void row(String label, String name, Optional<Duration> time) {
        label(label);
        boolean isPresent = time.isPresent();
        cell(
                name,
                isPresent ? time.get().toNanos() : "",
                isPresent ? Durations.precise(time.get().toNanos()) : NONE);
        endRow();
    }

    /** Adds a row for a figure that may be unknown, with its text. */
    void row(String label, String name, Optional<BigDecimal> exact, String text) {
        label(label);
        cell(name, exact.isPresent() ? exact.get() : "", text);
        endRow();
    }

    /** Adds a row for a bit rate, unless it is unknown. */
    void bitRate(String label, String name, OptionalLong bits) {
        if (bits.isPresent()) {
            BigDecimal exact = BigDecimal.valueOf(bits.getAsLong());
            row(label, name, Optional.of(exact), SiUnits.bitRate(exact));
        }
    }

    /** Adds a row per figure, with its value in each column. */
    void times(List<Column> columns) {
        for (LatencyFigure figure : LatencyFigure.values()) {
            label(figure.label());
            for (Column column : columns) {
                OptionalLong nanos = column.times().getOrDefault(figure, OptionalLong.empty());
                boolean isPresent = nanos.isPresent();
                cell(
                        column.name() + "." + figure.jsonName(),
                        isPresent ? Long.toString(nanos.getAsLong()) : "",
                        isPresent ? signedMillis(nanos.getAsLong()) : NONE);
            }
            endRow();
        }
    }

    private static String signedMillis(long nanos) {
        return nanos < 0 ? "-" + Durations.millis(-nanos) : Durations.millis(nanos);
    }
}
