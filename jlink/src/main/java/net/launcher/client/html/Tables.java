package net.launcher.client.html;

import net.client.connect.ExchangeException.Kind;
import net.client.measure.LatencyFigure;
import net.client.measure.LatencySummary;
import net.client.run.RunResult;
import net.client.run.RunResult.Datagrams;
import net.client.run.RunResult.StampFigures;
import net.launcher.client.html.chart.Html;
import net.launcher.client.html.chart.LegendIcons;
import net.launcher.client.metric.DerivedMetrics;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.client.report.text.VerdictLines;
import net.launcher.command.value.Durations;
import net.protocol.Transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Tables of the figures of a run, each with its name in the JSON summary. */
final class Tables {
    /** Text of a figure that does not exist. */
    private static final String NONE = "-";

    /** Heading of the column of messages. */
    private static final String FIRST_MESSAGE = "first message";

    /** Times of one kind, with their JSON name. */
    private record Column(String heading, String name, LatencySummary times) {}

    private final Html html;
    private final RunReportModel model;
    private final RunResult result;

    Tables(Html html, RunReportModel model) {
        this.html = html;
        this.model = model;
        this.result = model.result();
    }

    private void open(String title, String... headings) {
        html.open("section").element("h2", title);
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        for (String heading : headings) {
            String kind = heading.equals(FIRST_MESSAGE) ? "words" : "number";
            html.element("th", heading, "scope", "col", "class", kind);
        }
        html.close().close().open("tbody");
    }

    /** Closes the table, but not its section. */
    private void close() {
        html.close().close().close();
    }

    private void label(String text) {
        html.open("tr").element("th", text, "scope", "row");
    }

    private void cell(String name, Object exact, String text) {
        html.open("td").data(name, exact, text).close();
    }

    private void row(String label, String name, long count) {
        label(label);
        cell(name, count, Long.toString(count));
        html.close();
    }

    void thresholds() {
        if (model.verdicts().isEmpty()) {
            return;
        }
        open("Thresholds", "fail if", "actual", "result");
        for (int i = 0; i < model.verdicts().size(); i++) {
            Verdict verdict = model.verdicts().get(i);
            String name = "thresholds." + i;
            html.open("tr").open("th", "scope", "row");
            html.data(
                    name + ".expr",
                    verdict.threshold().expression(),
                    verdict.threshold().expression());
            html.close();
            String exact = verdict.actual().isPresent() ? verdict.actual().get() + "" : "";
            cell(name + ".actual", exact, VerdictLines.actual(verdict));
            html.open("td", "class", verdict.isOk() ? "ok" : "bad");
            (verdict.isOk() ? LegendIcons.PASS : LegendIcons.FAIL).draw(html);
            html.data(name + ".ok", verdict.isOk(), VerdictLines.label(verdict));
            html.close().close();
        }
        close();
        html.close();
    }

    void times() {
        List<Column> columns = new ArrayList<>();
        if (model.isTimed()) {
            columns.add(new Column("time", "time_ns", result.time()));
        }
        add(columns, "raw time", "raw_time_ns", result.rawTime());
        add(columns, "lateness", "lateness_ns", result.lateness());
        add(columns, "connect", "connect_ns", result.connect());
        add(columns, "first byte", "first_byte_ns", result.firstByte());
        if (columns.isEmpty()) {
            return;
        }
        List<String> headings = new ArrayList<>(List.of("in ms"));
        for (Column column : columns) {
            headings.add(column.heading());
        }
        open("Times", headings.toArray(new String[0]));
        for (LatencyFigure figure : LatencyFigure.values()) {
            label(figure.label());
            for (Column column : columns) {
                OptionalLong nanos = figure.of(column.times());
                boolean isPresent = nanos.isPresent();
                cell(
                        column.name() + "." + figure.jsonName(),
                        isPresent ? Long.toString(nanos.getAsLong()) : "",
                        isPresent ? Durations.millis(nanos.getAsLong()) : NONE);
            }
            html.close();
        }
        close();
        if (model.run().isOpenLoop() && result.rawTime().isPresent()) {
            html.element(
                    "p",
                    "Time is measured from the scheduled start of an exchange to its end, so that"
                            + " queueing counts; raw time from sending to the end; lateness from"
                            + " the scheduled start to sending.",
                    "class",
                    "note");
        }
        html.close();
    }

    private static void add(
            List<Column> columns, String heading, String name, Optional<LatencySummary> times) {
        if (times.isPresent()) {
            columns.add(new Column(heading, name, times.get()));
        }
    }

    /** Adds the counts of exchanges, bytes and datagrams. */
    void counts() {
        open("Counts", "", "");
        row("successful exchanges", "ok", result.ok());
        row("failed exchanges", "failed", result.failed());
        row("warm-up exchanges, not measured", "warmup", result.warmup());
        row(
                "skipped exchanges: due, but this machine or the server was too slow",
                "skipped",
                result.skipped());
        row("bytes sent", "bytes_sent", result.bytesSent());
        row("bytes received", "bytes_received", result.bytesReceived());
        if (model.run().transport() == Transport.UDP) {
            datagrams();
        }
        if (result.stamp().isPresent()) {
            stamp(result.stamp().get());
        }
        nanos("duration", "duration_ns", Optional.of(result.duration()));
        if (result.resolve().isPresent()) {
            nanos("name resolution", "resolve_ns", result.resolve());
        }
        close();
        html.close();
    }

    private void datagrams() {
        row("datagrams sent", "sent", result.sent());
        if (result.datagrams().isPresent()) {
            Datagrams counts = result.datagrams().get();
            row("datagrams answered", "received", counts.received());
            row("datagrams lost", "lost", counts.lost());
            row("late answers", "late", counts.late());
            row("duplicate answers", "duplicates", counts.duplicates());
            row("reordered answers", "reordered", counts.reordered());
            row("corrupt answers", "corrupt", counts.corrupt());
        } else {
            label("datagrams answered (the service does not answer)");
            cell("received", "", NONE);
            html.close();
        }
    }

    private void stamp(StampFigures stamp) {
        boolean hasDirections = DerivedMetrics.hasLossDirections(result);
        direction("datagrams lost up", "lost_up", stamp.lostUp(), hasDirections);
        direction("datagrams lost down", "lost_down", stamp.lostDown(), hasDirections);
        direction(
                "datagrams received by the server and not answered",
                "unanswered",
                stamp.unanswered(),
                hasDirections);
        nanos("jitter up", "jitter_up_ns", stamp.jitterUp());
        nanos("jitter down", "jitter_down_ns", stamp.jitterDown());
        row("steps of the server's clock", "clock_steps", stamp.clockSteps());
    }

    private void direction(String label, String name, long lost, boolean hasDirections) {
        label(label);
        cell(name, hasDirections ? lost : "", hasDirections ? Long.toString(lost) : NONE);
        html.close();
    }

    private void nanos(String label, String name, Optional<Duration> time) {
        label(label);
        boolean isPresent = time.isPresent();
        cell(
                name,
                isPresent ? time.get().toNanos() : "",
                isPresent ? Durations.precise(time.get().toNanos()) : NONE);
        html.close();
    }

    void failures() {
        if (result.errors().isEmpty()) {
            return;
        }
        open("Failures", "kind", "count", FIRST_MESSAGE);
        Map<String, String> messages = new TreeMap<>();
        for (Map.Entry<Kind, String> first : model.recorder().messages().entrySet()) {
            messages.put(first.getKey().label(), first.getValue());
        }
        for (Map.Entry<String, Long> kind : DerivedMetrics.failures(result).entrySet()) {
            label(kind.getKey());
            cell("errors." + kind.getKey(), kind.getValue(), kind.getValue().toString());
            html.element("td", messages.getOrDefault(kind.getKey(), NONE), "class", "words");
            html.close();
        }
        close();
        html.close();
    }
}
