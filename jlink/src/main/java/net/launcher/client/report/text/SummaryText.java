package net.launcher.client.report.text;

import net.client.measure.LatencySummary;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.client.run.RunResult.Datagrams;
import net.client.run.RunResult.LoadFigures;
import net.client.run.RunResult.StampFigures;
import net.launcher.client.metric.DerivedMetrics;
import net.launcher.client.metric.LatencyFigures;
import net.launcher.client.metric.Rates;
import net.launcher.command.value.Durations;
import net.launcher.output.Plural;
import net.launcher.output.SiUnits;
import net.protocol.Service;
import net.protocol.Transport;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** Text summary of a run: one line per group of counts, and a table of times. */
public final class SummaryText {
    private static final int LABEL_WIDTH = 12;

    private final RunConfig run;
    private final boolean isVerbose;
    private final RunResult result;
    private final List<String> lines = new ArrayList<>();

    /**
     * Creates a summary.
     *
     * @param isVerbose whether to include times that equal others
     */
    public SummaryText(RunConfig run, boolean isVerbose, RunResult result) {
        this.run = run;
        this.isVerbose = isVerbose;
        this.result = result;
    }

    public List<String> lines() {
        if (result.load().isPresent()) {
            load(result.load().get());
        }
        if (run.isStream()) {
            row("streams", streams());
        } else {
            row("exchanges", exchanges(result));
            row("loop", ScheduleText.of(run));
        }
        row("bytes", result.bytesSent() + " sent, " + result.bytesReceived() + " received");
        if (run.bulk()) {
            row("throughput", throughput());
        }
        if (run.transport() == Transport.UDP) {
            row("datagrams", datagrams());
        }
        long droppedHere = DerivedMetrics.droppedHere(result).orElse(0);
        if (droppedHere > 0) {
            row(
                    "dropped",
                    Plural.of(droppedHere, "answer")
                            + " by this machine, not lost: its receive buffer was full; raise"
                            + " net.core.rmem_max and --receive-buffer, or lower the rate");
        }
        if (result.stamp().isPresent()) {
            stamp(result.stamp().get());
        }
        if (!result.errors().isEmpty()) {
            row("failures", failures());
        }
        if (result.resolve().isPresent()) {
            row("resolve", Durations.precise(result.resolve().get().toNanos()));
        }
        if (result.warmup() > 0) {
            row("warm-up", Plural.of(result.warmup(), "exchange") + ", not measured");
        }
        if (result.skipped() > 0) {
            row(
                    "skipped",
                    Plural.of(result.skipped(), "exchange")
                            + ", due but not started: this machine or the server was too slow");
        }
        times();
        return lines;
    }

    private void row(String label, String text) {
        lines.add(label + " ".repeat(LABEL_WIDTH - label.length()) + text);
    }

    private void load(LoadFigures load) {
        RunResult bulk = load.bulk();
        row("idle", exchanges(load.idle()) + ", before the load");
        StringJoiner figures = new StringJoiner(", ");
        figures.add(Plural.of(bulk.streams().size(), "stream"));
        addRate(figures, "up ", DerivedMetrics.rate(bulk.bytesSent(), bulk));
        addRate(figures, "down ", DerivedMetrics.rate(bulk.bytesReceived(), bulk));
        if (bulk.failed() > 0) {
            figures.add(bulk.failed() + " failed");
        }
        row("load", figures.toString());
    }

    private static void addRate(StringJoiner figures, String direction, OptionalLong bits) {
        if (bits.isPresent()) {
            figures.add(direction + SiUnits.bitRate(BigDecimal.valueOf(bits.getAsLong())));
        }
    }

    private static String exchanges(RunResult result) {
        return result.ok()
                + " ok, "
                + result.failed()
                + " failed, loss "
                + Rates.loss(result)
                + ", "
                + Rates.perSecond(result.ok(), result.duration())
                + " in "
                + Durations.text(result.duration());
    }

    private String streams() {
        return result.ok()
                + " ok, "
                + result.failed()
                + " failed in "
                + Durations.text(result.duration())
                + (run.bandwidth().isPresent()
                        ? ", paced at " + SiUnits.exactBitRate(run.bandwidth().getAsLong())
                        : "");
    }

    private String throughput() {
        StringJoiner rates = new StringJoiner(", ");
        if (run.transport() == Transport.UDP && !run.isAnswered()) {
            rates.add("sent at " + SiUnits.bitRate(result.bytesSent(), result.duration()));
        }
        if (DerivedMetrics.hasUp(run)) {
            rates.add("up " + SiUnits.bitRate(result.bytesSent(), result.duration()));
        }
        if (DerivedMetrics.hasDown(run)) {
            rates.add("down " + SiUnits.bitRate(result.bytesReceived(), result.duration()));
        }
        return rates.toString();
    }

    private String datagrams() {
        Optional<Datagrams> datagrams = result.datagrams();
        if (datagrams.isEmpty()) {
            return result.sent() + " sent, no answer expected";
        }
        Datagrams counts = datagrams.get();
        return result.sent()
                + " sent, "
                + counts.received()
                + " received, "
                + counts.lost()
                + " lost, "
                + droppedHere(counts)
                + counts.late()
                + " late, "
                + counts.duplicates()
                + " duplicates, "
                + counts.reordered()
                + " reordered, "
                + counts.corrupt()
                + " corrupt";
    }

    /** Returns the answers dropped by this machine, if any are missing. */
    private static String droppedHere(Datagrams counts) {
        OptionalLong dropped = counts.droppedHere();
        boolean isMissing = counts.lost() + dropped.orElse(0) > 0;
        return isMissing
                ? (dropped.isPresent() ? dropped.getAsLong() : "-") + " dropped here, "
                : "";
    }

    private void stamp(StampFigures stamp) {
        boolean hasDirections = DerivedMetrics.hasLossDirections(result);
        row("stamp up", direction(stamp.lostUp(), hasDirections, stamp.jitterUp()));
        row("stamp down", direction(stamp.lostDown(), hasDirections, stamp.jitterDown()));
        if (hasDirections && stamp.unanswered() > 0) {
            row(
                    "unanswered",
                    stamp.unanswered()
                            + " received by the server: limited by its --answer-rate, or lost on"
                            + " the way back");
        }
        if (stamp.clockSteps() > 0) {
            row(
                    "clock",
                    Plural.of(stamp.clockSteps(), "step")
                            + " of the server's clock, not counted as jitter");
        }
    }

    private static String direction(long lost, boolean hasDirections, Optional<Duration> jitter) {
        return (hasDirections ? Long.toString(lost) : "-")
                + " lost, jitter "
                + (jitter.isPresent() ? Durations.precise(jitter.get().toNanos()) : "-");
    }

    private String failures() {
        StringJoiner failures = new StringJoiner(", ");
        for (Map.Entry<String, Long> failure : DerivedMetrics.failures(result).entrySet()) {
            failures.add(failure.getValue() + " " + failure.getKey());
        }
        return failures.toString();
    }

    private void times() {
        TimeTable table = new TimeTable();
        if (result.load().isPresent()) {
            LatencySummary idle = result.load().get().idle().time();
            table.add("idle", LatencyFigures.of(idle));
            table.add("loaded", LatencyFigures.of(result.time()));
            table.add("difference", LatencyFigures.differences(idle, result.time()));
            lines.addAll(table.lines());
            return;
        }
        if (result.time().max().isPresent()) {
            table.add("time", LatencyFigures.of(result.time()));
        }
        table.add("raw time", result.rawTime());
        table.add("lateness", result.lateness());
        if (run.service() != Service.CONNECT && (isVerbose || hasSeveral(result.connect()))) {
            table.add("connect", result.connect());
        }
        if (isVerbose || !DerivedMetrics.isOnePacket(run)) {
            table.add("first byte", result.firstByte());
        }
        lines.addAll(table.lines());
        if (run.isOpenLoop() && result.rawTime().isPresent()) {
            lines.add("time: from the scheduled start to the end, so that queueing counts");
            lines.add("raw time: from sending to the end; lateness: from schedule to sending");
        }
        OptionalLong lateness = DerivedMetrics.lateness99(result);
        if (lateness.isPresent()) {
            lines.add(
                    "of p99 "
                            + Durations.precise(result.time().p99().getAsLong())
                            + ", "
                            + Durations.precise(lateness.getAsLong())
                            + " is lateness of this client"
                            + (run.transport() == Transport.TCP
                                    ? ", including the wait for a free connection"
                                    : ""));
        }
    }

    /** Returns whether there are at least two times, which a standard deviation requires. */
    private static boolean hasSeveral(Optional<LatencySummary> times) {
        return times.isPresent() && times.get().stddev().isPresent();
    }
}
