package net.launcher.client.report.text;

import net.client.connect.ConnectionInfo;
import net.client.run.RunConfig;
import net.launcher.command.value.Durations;
import net.launcher.output.Escapes;
import net.launcher.output.Output;
import net.launcher.output.Plural;
import net.launcher.output.SiUnits;
import net.launcher.output.Versions;
import net.protocol.Endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Text lines at the beginning of a run, by which a saved log is identified, and on each change of
 * the server's address.
 */
public final class RunHeader {
    private final RunConfig run;
    private final Output out;

    /** The address last reported. */
    private InetSocketAddress peer;

    public RunHeader(RunConfig run, Output out) {
        this.run = run;
        this.out = out;
    }

    /**
     * Appends a line such as {@code 2026-01-31T12:00:00Z udp-client 0.1.0: echo to
     * example.org:9000, 28 B, until interrupted, open, interval 1.00 s, site=lab}.
     *
     * @param load the load of a measurement of latency under load
     */
    public void start(Optional<RunConfig> load, Instant start) throws IOException {
        out.append(of(run, target(run), load, start));
    }

    /**
     * Appends a line such as {@code from 10.0.0.1:40000 to 192.0.2.1:9000}, unless the peer is that
     * of the last one.
     */
    public void connection(ConnectionInfo connection) throws IOException {
        if (!connection.peer().equals(peer)) {
            peer = connection.peer();
            out.append("from " + Endpoint.of(connection.local()) + " to " + Endpoint.of(peer));
        }
    }

    /** Returns the line of a run with several targets. */
    public static String of(RunConfig run, int targets, Instant start) {
        return of(run, targets + " targets", Optional.empty(), start);
    }

    private static String of(
            RunConfig run, String target, Optional<RunConfig> load, Instant start) {
        StringJoiner parts = new StringJoiner(", ");
        parts.add(
                start.truncatedTo(ChronoUnit.SECONDS)
                        + " "
                        + run.transport().label()
                        + "-client "
                        + Versions.project()
                        + ": "
                        + use(run, target));
        int size = run.payload().size() + run.headerBytes();
        if (size > 0) {
            parts.add((run.isStream() ? "blocks of " : "") + size + " B");
        }
        addLimits(parts, run);
        addSchedule(parts, run);
        if (load.isPresent()) {
            parts.add(
                    "idle, then under "
                            + Plural.of(load.get().parallel(), "stream")
                            + " of "
                            + use(load.get(), target(load.get())));
        }
        for (Map.Entry<String, String> label : run.labels().entrySet()) {
            parts.add(label.getKey() + "=" + quoted(label.getValue()));
        }
        return parts.toString();
    }

    private static String use(RunConfig run, String target) {
        return run.service().label() + " to " + target;
    }

    private static String target(RunConfig run) {
        return Escapes.text(run.client().endpoint().toString());
    }

    private static void addLimits(StringJoiner parts, RunConfig run) {
        if (run.count().isPresent()) {
            parts.add(Plural.of(run.count().getAsLong(), "exchange"));
        }
        if (run.warmup() > 0) {
            parts.add("after a warm-up of " + run.warmup());
        }
        if (run.bytes().isPresent()) {
            parts.add(SiUnits.bytes(run.bytes().getAsLong()) + " in total");
        }
        if (run.duration().isPresent()) {
            parts.add("for " + Durations.text(run.duration().get()));
        }
        if (run.isEndless()) {
            parts.add("until interrupted");
        }
    }

    private static void addSchedule(StringJoiner parts, RunConfig run) {
        if (!run.isStream()) {
            parts.add(ScheduleText.of(run));
            return;
        }
        parts.add(Plural.of(run.parallel(), "stream"));
        if (run.bandwidth().isPresent()) {
            parts.add("paced at " + SiUnits.exactBitRate(run.bandwidth().getAsLong()));
        }
    }

    /** Quotes a value that could be confused with the text around it. */
    private static String quoted(String value) {
        boolean isPlain = !value.isEmpty();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            isPlain &= c > ' ' && c != ',' && c != '"';
        }
        String escaped = Escapes.text(value);
        return isPlain ? escaped : '"' + escaped.replace("\"", "\\x22") + '"';
    }
}
