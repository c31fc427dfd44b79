package net.launcher.client.html;

import net.client.run.RunResult;
import net.client.run.RunResult.LoadFigures;
import net.client.run.RunResult.StreamFigures;
import net.launcher.client.html.chart.Html;
import net.launcher.client.metric.DerivedMetrics;
import net.launcher.command.value.Durations;
import net.launcher.output.SiUnits;

import java.time.Duration;
import java.util.Optional;

/** Tables of the streams of a bulk run, and of a load. */
final class StreamTables {
    private final Html html;
    private final RunResult result;

    StreamTables(Html html, RunReportModel model) {
        this.html = html;
        this.result = model.result();
    }

    void draw() {
        if (result.load().isPresent()) {
            load(result.load().get());
        }
        if (!result.streams().isEmpty()) {
            streams("Streams", "", result);
        }
    }

    private void load(LoadFigures load) {
        RunResult idle = load.idle();
        TableWriter table = new TableWriter(html, "Idle and load", "", "");
        table.row("idle: exchanges ok", "idle.ok", idle.ok());
        table.row("idle: exchanges failed", "idle.failed", idle.failed());
        Tables.rates(table, "idle: ", "idle.", idle);
        table.row("idle: duration", "idle.duration_ns", Optional.of(idle.duration()));
        RunResult bulk = load.bulk();
        table.row("load: streams failed", "load.failed", bulk.failed());
        table.row("load: bytes sent", "load.bytes_sent", bulk.bytesSent());
        table.row("load: bytes received", "load.bytes_received", bulk.bytesReceived());
        table.bitRate(
                "load: throughput up",
                "load.up_bits_per_second",
                DerivedMetrics.rate(bulk.bytesSent(), bulk));
        table.bitRate(
                "load: throughput down",
                "load.down_bits_per_second",
                DerivedMetrics.rate(bulk.bytesReceived(), bulk));
        table.row("load: duration", "load.duration_ns", Optional.of(bulk.duration()));
        table.closeTable().close();
        if (!bulk.streams().isEmpty()) {
            streams("Streams of the load", "load.", bulk);
        }
    }

    private void streams(String title, String prefix, RunResult bulk) {
        boolean hasDown = bulk.bytesReceived() > 0;
        boolean hasUp = bulk.bytesSent() > 0 || !hasDown;
        TableWriter table = new TableWriter(html, title, headings(hasUp, hasDown));
        for (int i = 0; i < bulk.streams().size(); i++) {
            StreamFigures stream = bulk.streams().get(i);
            String name = prefix + "streams." + i;
            html.open("tr").open("th", "scope", "row");
            html.data(name + ".stream", stream.number(), Integer.toString(stream.number()));
            html.close();
            if (hasUp) {
                bytes(table, name + ".bytes_sent", stream.bytesSent(), stream.duration());
            }
            if (hasDown) {
                bytes(table, name + ".bytes_received", stream.bytesReceived(), stream.duration());
            }
            Duration duration = stream.duration();
            table.cell(name + ".duration_ns", duration.toNanos(), Durations.text(duration));
            table.endRow();
        }
        if (bulk.streams().size() > 1) {
            sum(table, bulk, hasUp, hasDown);
        }
        table.closeTable().close();
    }

    private static String[] headings(boolean hasUp, boolean hasDown) {
        if (hasUp && hasDown) {
            return new String[] {"stream", "up", "rate", "down", "rate", "duration"};
        }
        return new String[] {"stream", hasUp ? "up" : "down", "rate", "duration"};
    }

    private void bytes(TableWriter table, String name, long bytes, Duration duration) {
        table.cell(name, bytes, SiUnits.bytes(bytes));
        html.element("td", SiUnits.bitRate(bytes, duration));
    }

    private void sum(TableWriter table, RunResult bulk, boolean hasUp, boolean hasDown) {
        table.label("sum");
        if (hasUp) {
            sum(bulk.bytesSent(), bulk.duration());
        }
        if (hasDown) {
            sum(bulk.bytesReceived(), bulk.duration());
        }
        html.element("td", Durations.text(bulk.duration()));
        table.endRow();
    }

    private void sum(long bytes, Duration duration) {
        html.element("td", SiUnits.bytes(bytes));
        html.element("td", SiUnits.bitRate(bytes, duration));
    }
}
