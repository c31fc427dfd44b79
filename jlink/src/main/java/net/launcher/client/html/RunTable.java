package net.launcher.client.html;

import net.client.run.RunConfig;
import net.launcher.client.html.chart.Html;
import net.launcher.client.report.text.ScheduleText;
import net.launcher.command.value.Durations;
import net.launcher.output.HostName;
import net.launcher.output.SiUnits;
import net.launcher.output.Versions;
import net.protocol.Endpoint;
import net.protocol.Transport;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Section on the configuration of the run: the command line and the effective values. */
public final class RunTable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** Words that a shell takes literally without quotes. */
    private static final String PLAIN = "[A-Za-z0-9_@%+=:,./\\[\\]-]+";

    private static final String UNLIMITED = "no limit";

    private final Html html;
    private final RunReportModel model;
    private final RunConfig run;
    private final int targets;

    RunTable(Html html, RunReportModel model) {
        this(html, model, 1);
    }

    /**
     * Creates the section.
     *
     * @param targets the number of targets, of which the model has one
     */
    public RunTable(Html html, RunReportModel model, int targets) {
        this.targets = targets;
        this.html = html;
        this.model = model;
        this.run = model.run();
    }

    /** Returns the date and time of day in UTC. */
    public static String time(Instant instant) {
        return TIME.format(instant);
    }

    public void draw() {
        html.open("section").element("h2", "Run");
        command();
        html.open("dl", "class", "run");
        row("Service", "service", run.service().label());
        row("Transport", "transport", run.transport().label());
        if (targets == 1) {
            row("Target", "target", model.target());
        } else {
            html.open("div").element("dt", "Targets").open("dd");
            html.data("targets", targets, Integer.toString(targets)).close().close();
        }
        address("Peer", model.recorder().peer());
        address("Local address", model.recorder().local());
        limits();
        schedule();
        sizes();
        for (Map.Entry<String, String> label : run.labels().entrySet()) {
            row("Label " + label.getKey(), "labels." + label.getKey(), label.getValue());
        }
        row("Host", "host", HostName.get().orElse("-"));
        row("Version", "version", Versions.project());
        plain("Java", Runtime.version().toString());
        plain("Started", time(model.started()));
        html.close().close();
    }

    /** Writes the command line quoted for a shell, wrapped only between words. */
    private void command() {
        html.open("p").open("code");
        for (String word : model.command()) {
            boolean isPlain = word.matches(PLAIN);
            html.element("span", isPlain ? word : "'" + word.replace("'", "'\\''") + "'");
            html.text(" ");
        }
        html.close().close();
    }

    private void limits() {
        if (run.count().isPresent()) {
            row("Exchanges", "count", Long.toString(run.count().getAsLong()));
        } else if (!run.isStream()) {
            plain("Exchanges", UNLIMITED);
        }
        if (run.duration().isPresent()) {
            nanos("Duration", "duration_ns", run.duration().get());
        } else {
            plain("Duration", UNLIMITED);
        }
        plain("Timeout", Durations.text(run.client().timeout()));
        if (run.transport() == Transport.TCP) {
            plain("Connect timeout", Durations.text(run.client().connectTimeout()));
        }
    }

    private void schedule() {
        html.open("div").element("dt", "Loop").open("dd");
        html.data("start.loop", run.isOpenLoop() ? "open" : "closed", ScheduleText.of(run));
        html.close().close();
        if (run.interval().isPresent()) {
            nanos("Interval", "interval_ns", run.interval().get());
        }
        if (run.rate().isPresent()) {
            row("Rate per second", "rate", Integer.toString(run.rate().getAsInt()));
        }
        if (run.bandwidth().isPresent()) {
            long rate = run.bandwidth().getAsLong();
            html.open("div").element("dt", "Bandwidth").open("dd");
            html.data("start.bandwidth", rate, SiUnits.exactBitRate(rate)).close().close();
        }
        row(
                run.transport() == Transport.TCP ? "Connections" : "Sockets",
                "parallel",
                Integer.toString(run.parallel()));
        if (run.reconnect()) {
            plain("Reconnect", "for each exchange");
        }
    }

    private void sizes() {
        int bytes = run.payload().size() + run.headerBytes();
        html.open("div").element("dt", "Size").open("dd");
        html.data("start.size", bytes, bytes + " B").close().close();
        row("Warm-up", "warmup", Long.toString(run.warmup()));
        html.open("div").element("dt", "Bulk").open("dd");
        html.data("start.bulk", run.bulk(), run.bulk() ? "yes" : "no");
        html.close().close();
        if (run.bytes().isPresent()) {
            long limit = run.bytes().getAsLong();
            html.open("div").element("dt", "Bytes").open("dd");
            html.data("start.bytes", limit, SiUnits.bytes(limit)).close().close();
        }
    }

    private void address(String label, Optional<InetSocketAddress> address) {
        if (address.isPresent()) {
            plain(label, Endpoint.of(address.get()).toString());
        }
    }

    private void plain(String label, String text) {
        html.open("div").element("dt", label).element("dd", text).close();
    }

    /** Adds a value that is also in the JSON start event. */
    private void row(String label, String name, String text) {
        html.open("div").element("dt", label).open("dd");
        html.data("start." + name, text, text).close().close();
    }

    private void nanos(String label, String name, Duration time) {
        html.open("div").element("dt", label).open("dd");
        html.data("start." + name, time.toNanos(), Durations.text(time)).close().close();
    }
}
