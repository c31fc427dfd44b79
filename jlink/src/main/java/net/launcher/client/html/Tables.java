package net.launcher.client.html;

import net.client.connect.ExchangeException.Kind;
import net.client.measure.LatencySummary;
import net.client.run.RunResult;
import net.client.run.RunResult.Datagrams;
import net.client.run.RunResult.StampFigures;
import net.launcher.client.html.TableWriter.Column;
import net.launcher.client.html.chart.Html;
import net.launcher.client.html.chart.LegendIcons;
import net.launcher.client.metric.DerivedMetrics;
import net.launcher.client.metric.LatencyFigures;
import net.launcher.client.metric.Rates;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.client.report.text.VerdictLines;
import net.launcher.command.value.Durations;
import net.protocol.Transport;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Tables of the figures of a run. */
public final class Tables {
    private final Html html;
    private final RunReportModel model;
    private final RunResult result;
    private final String scope;

    Tables(Html html, RunReportModel model) {
        this(html, model, "");
    }

    /**
     * Creates the tables.
     *
     * @param scope the end of each title
     */
    public Tables(Html html, RunReportModel model, String scope) {
        this.scope = scope;
        this.html = html;
        this.model = model;
        this.result = model.result();
    }

    void thresholds() {
        if (model.verdicts().isEmpty()) {
            return;
        }
        boolean hasRaw = model.verdicts().stream().anyMatch(verdict -> verdict.raw().isPresent());
        String[] headings =
                hasRaw
                        ? new String[] {"fail if", "actual", "without lateness", "result"}
                        : new String[] {"fail if", "actual", "result"};
        TableWriter table = new TableWriter(html, "Thresholds", headings);
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
            table.cell(name + ".actual", exact, VerdictLines.actual(verdict));
            if (hasRaw) {
                String rawExact = verdict.raw().map(BigDecimal::toString).orElse("");
                String raw = VerdictLines.raw(verdict).orElse(TableWriter.NONE);
                table.cell(name + ".raw", rawExact, raw);
            }
            html.open("td", "class", verdict.isOk() ? "ok" : "bad");
            (verdict.isOk() ? LegendIcons.PASS : LegendIcons.FAIL).draw(html);
            html.data(name + ".ok", verdict.isOk(), VerdictLines.label(verdict));
            html.close();
            table.endRow();
        }
        table.closeTable().close();
    }

    /** Adds the times; with a load, idle and loaded times in separate columns. */
    public void times() {
        List<Column> columns = new ArrayList<>();
        if (result.load().isPresent()) {
            LatencySummary idle = result.load().get().idle().time();
            columns.add(new Column("idle", "idle.time_ns", LatencyFigures.of(idle)));
            columns.add(new Column("loaded", "time_ns", LatencyFigures.of(result.time())));
            columns.add(
                    new Column(
                            "difference",
                            "difference_ns",
                            LatencyFigures.differences(idle, result.time())));
            times("Times", columns).close();
            columns.clear();
        } else if (model.isTimed()) {
            columns.add(new Column("time", "time_ns", LatencyFigures.of(result.time())));
        }
        add(columns, "raw time", "raw_time_ns", result.rawTime());
        add(columns, "lateness", "lateness_ns", result.lateness());
        add(columns, "connect", "connect_ns", result.connect());
        add(columns, "first byte", "first_byte_ns", result.firstByte());
        if (columns.isEmpty()) {
            return;
        }
        TableWriter table =
                times(
                        result.load().isPresent() ? "Other times under load" : "Times" + scope,
                        columns);
        if (model.run().isOpenLoop() && result.rawTime().isPresent()) {
            html.element(
                    "p",
                    "Time is measured from the scheduled start of an exchange to its end, so that"
                            + " queueing counts; raw time from sending to the end; lateness from"
                            + " the scheduled start to sending.",
                    "class",
                    "note");
        }
        OptionalLong lateness = DerivedMetrics.lateness99(result);
        if (lateness.isPresent()) {
            html.open("p", "class", "note").text("Of p99, ");
            String exact = Long.toString(lateness.getAsLong());
            html.data("p99_lateness_ns", exact, Durations.precise(lateness.getAsLong()));
            html.text(" is lateness.").close();
        }
        table.close();
    }

    private TableWriter times(String title, List<Column> columns) {
        List<String> headings = new ArrayList<>(List.of("in ms"));
        for (Column column : columns) {
            headings.add(column.heading());
        }
        TableWriter table = new TableWriter(html, title, headings.toArray(new String[0]));
        table.times(columns);
        return table.closeTable();
    }

    private static void add(
            List<Column> columns, String heading, String name, Optional<LatencySummary> times) {
        if (times.isPresent()) {
            columns.add(new Column(heading, name, LatencyFigures.of(times.get())));
        }
    }

    /** Adds the counts of exchanges or streams, bytes and datagrams. */
    public void counts() {
        TableWriter table = new TableWriter(html, "Counts" + scope, "", "");
        String noun = model.noun() + "s ";
        table.row(noun + "ok", "ok", result.ok());
        table.row(noun + "failed", "failed", result.failed());
        if (!model.run().isStream()) {
            rates(table, "", "", result);
        }
        table.row("warm-up, not measured", "warmup", result.warmup());
        table.row(
                "skipped: due but not started, since this machine or the server was too slow",
                "skipped",
                result.skipped());
        table.row("bytes sent", "bytes_sent", result.bytesSent());
        table.row("bytes received", "bytes_received", result.bytesReceived());
        table.bitRate(
                "throughput up", "up_bits_per_second", DerivedMetrics.up(model.run(), result));
        table.bitRate(
                "throughput down",
                "down_bits_per_second",
                DerivedMetrics.down(model.run(), result));
        if (model.run().transport() == Transport.UDP) {
            datagrams(table);
        }
        if (result.stamp().isPresent()) {
            stamp(table, result.stamp().get());
        }
        table.row("duration", "duration_ns", Optional.of(result.duration()));
        if (result.resolve().isPresent()) {
            table.row("resolve", "resolve_ns", result.resolve());
        }
        table.closeTable().close();
    }

    /** Adds the loss and the rate of exchanges. */
    static void rates(TableWriter table, String label, String prefix, RunResult result) {
        table.row(
                label + "loss",
                prefix + "loss",
                DerivedMetrics.lossPercent(result),
                Rates.loss(result));
        table.row(
                label + "exchanges per second",
                prefix + "ok_per_second",
                DerivedMetrics.okPerSecond(result),
                Rates.perSecond(result.ok(), result.duration()));
    }

    private void datagrams(TableWriter table) {
        table.row("datagrams sent", "sent", result.sent());
        if (result.datagrams().isPresent()) {
            Datagrams counts = result.datagrams().get();
            table.row("datagrams received", "received", counts.received());
            table.row("datagrams lost", "lost", counts.lost());
            table.row(
                    "answers dropped here: the receive buffer of the client was full",
                    "dropped_here",
                    counts.droppedHere());
            table.row("late", "late", counts.late());
            table.row("duplicates", "duplicates", counts.duplicates());
            table.row("reordered", "reordered", counts.reordered());
            table.row("corrupt", "corrupt", counts.corrupt());
        } else {
            table.label("datagrams received (no answer expected)");
            table.cell("received", "", TableWriter.NONE);
            table.endRow();
        }
    }

    private void stamp(TableWriter table, StampFigures stamp) {
        boolean hasDirections = DerivedMetrics.hasLossDirections(result);
        table.row("stamp up: lost", "lost_up", known(stamp.lostUp(), hasDirections));
        table.row("stamp up: jitter", "jitter_up_ns", stamp.jitterUp());
        table.row("stamp down: lost", "lost_down", known(stamp.lostDown(), hasDirections));
        table.row("stamp down: jitter", "jitter_down_ns", stamp.jitterDown());
        table.row(
                "unanswered: received by the server, limited by its --answer-rate or lost on the"
                        + " way back",
                "unanswered",
                known(stamp.unanswered(), hasDirections));
        table.row("steps of the server's clock", "clock_steps", stamp.clockSteps());
    }

    private static OptionalLong known(long count, boolean isKnown) {
        return isKnown ? OptionalLong.of(count) : OptionalLong.empty();
    }

    public void failures() {
        Map<String, String> messages = new TreeMap<>();
        for (Map.Entry<Kind, String> first : model.recorder().messages().entrySet()) {
            messages.put(first.getKey().label(), first.getValue());
        }
        failures("Failures" + scope, "errors.", result, messages);
        if (result.load().isPresent()) {
            RunResult bulk = result.load().get().bulk();
            failures("Failures of the load", "load.errors.", bulk, messages);
        }
    }

    private void failures(
            String title, String prefix, RunResult failed, Map<String, String> messages) {
        if (failed.errors().isEmpty()) {
            return;
        }
        TableWriter table =
                new TableWriter(html, title, "kind", "count", TableWriter.FIRST_MESSAGE);
        for (Map.Entry<String, Long> kind : DerivedMetrics.failures(failed).entrySet()) {
            table.label(kind.getKey());
            table.cell(prefix + kind.getKey(), kind.getValue(), kind.getValue().toString());
            table.words(messages.getOrDefault(kind.getKey(), TableWriter.NONE));
            table.endRow();
        }
        table.closeTable().close();
    }
}
