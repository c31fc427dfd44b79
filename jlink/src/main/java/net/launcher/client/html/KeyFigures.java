package net.launcher.client.html;

import net.client.measure.LatencyFigure;
import net.client.measure.LatencySummary;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.client.run.RunResult.LoadFigures;
import net.launcher.client.html.chart.Html;
import net.launcher.client.metric.DerivedMetrics;
import net.launcher.client.metric.LatencyFigures;
import net.launcher.client.metric.Rates;
import net.launcher.command.value.Durations;
import net.launcher.output.SiUnits;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;

/** The most important figures of a run, in cells. */
public final class KeyFigures {
    private final Html html;
    private final RunConfig run;
    private final RunResult result;

    public KeyFigures(Html html, RunReportModel model) {
        this.html = html;
        this.run = model.run();
        this.result = model.result();
    }

    /** Returns the difference of the medians as a sentence; empty without a load or a median. */
    static String headline(RunResult result) {
        if (result.load().isEmpty()) {
            return "";
        }
        LatencySummary idle = result.load().get().idle().time();
        OptionalLong median =
                LatencyFigures.differences(idle, result.time()).get(LatencyFigure.P50);
        return median.isEmpty()
                ? ""
                : signed(median.getAsLong())
                        + " under load: median "
                        + Durations.precise(idle.p50().orElseThrow())
                        + " idle, "
                        + Durations.precise(result.time().p50().orElseThrow())
                        + " loaded";
    }

    private static String signed(long nanos) {
        return (nanos < 0 ? "-" : "+") + Durations.precise(Math.abs(nanos));
    }

    public void draw() {
        html.open("dl", "class", "key-figures");
        figure("Succeeded", result.ok() + " of " + (result.ok() + result.failed()));
        if (!run.isStream() && !Rates.loss(result).equals(TableWriter.NONE)) {
            figure("Loss", Rates.loss(result));
        }
        if (result.load().isPresent()) {
            load(result.load().get());
        } else {
            time("Median", result.time().p50());
            time("99th percentile", result.time().p99());
            time("Maximum", result.time().max());
            if (!run.isStream() && !run.isSingle()) {
                figure("Exchange rate", Rates.perSecond(result.ok(), result.duration()));
            }
        }
        if (run.bulk()) {
            rate("Up", DerivedMetrics.up(run, result));
            rate("Down", DerivedMetrics.down(run, result));
        }
        html.close();
    }

    private void load(LoadFigures load) {
        LatencySummary idle = load.idle().time();
        Map<LatencyFigure, OptionalLong> differences =
                LatencyFigures.differences(idle, result.time());
        difference("Median", differences.get(LatencyFigure.P50));
        difference("99th percentile", differences.get(LatencyFigure.P99));
        RunResult bulk = load.bulk();
        rate("Load up", DerivedMetrics.rate(bulk.bytesSent(), bulk));
        rate("Load down", DerivedMetrics.rate(bulk.bytesReceived(), bulk));
    }

    private void difference(String name, OptionalLong nanos) {
        if (nanos.isPresent()) {
            figure(name + ", difference", signed(nanos.getAsLong()));
        }
    }

    private void time(String name, OptionalLong nanos) {
        if (nanos.isPresent()) {
            figure(name, Durations.precise(nanos.getAsLong()));
        }
    }

    private void rate(String name, OptionalLong bits) {
        if (bits.isPresent()) {
            figure(name, SiUnits.bitRate(BigDecimal.valueOf(bits.getAsLong())));
        }
    }

    private void figure(String name, String text) {
        html.open("div").element("dt", name).element("dd", text).close();
    }
}
