package net.launcher.client.html;

import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.html.RunIntervals.Sample;
import net.launcher.client.html.chart.Axis;
import net.launcher.client.html.chart.BitRateUnit;
import net.launcher.client.html.chart.Chart;
import net.launcher.client.html.chart.Html;
import net.launcher.client.html.chart.LegendIcons;
import net.launcher.client.html.chart.RunAxis;
import net.launcher.client.html.chart.SvgPath;
import net.launcher.client.metric.DerivedMetrics;
import net.launcher.client.metric.Rates;
import net.launcher.command.value.Durations;
import net.launcher.output.SiUnits;

import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;

/**
 * Charts of rates over the run: bits in each direction of a bulk run, and exchanges of a run
 * without a schedule, since a schedule determines their rate.
 */
final class ThroughputCharts {
    private static final int MIN_SAMPLES = 3;

    private final RunConfig run;
    private final RunResult result;
    private final List<Sample> samples;
    private final RunAxis xAxis;

    /** The rest of the run, too short for a rate. */
    private final Duration rest;

    /** A line of the chart of bits. */
    private record Direction(
            LegendIcons icon, String kind, String text, ToDoubleFunction<Sample> figure) {}

    ThroughputCharts(RunReportModel model) {
        run = model.run();
        result = model.result();
        samples = model.recorder().intervals().rated(result.duration());
        long nanos = 0;
        for (Sample sample : samples) {
            nanos += sample.nanos();
        }
        rest = result.duration().minusNanos(nanos);
        xAxis = RunAxis.of(nanos);
    }

    void draw(Html html) {
        boolean hasBits = run.bulk();
        boolean isScheduled = run.isOpenLoop() || run.interval().isPresent();
        boolean hasExchanges = !run.isStream() && !isScheduled;
        if (samples.size() >= MIN_SAMPLES) {
            if (hasBits) {
                bits(html);
            }
            if (hasExchanges && max(Sample::okPerSecond) > 0) {
                exchanges(html);
            }
        } else if (hasBits) {
            html.open("section").element("h2", "Throughput");
            html.element("p", averageText()).close();
        }
    }

    private String averageText() {
        if (result.duration().isZero()) {
            return "The duration of the run is zero, so its throughput is unknown.";
        }
        StringJoiner rates = new StringJoiner(", ");
        for (Direction direction : directions()) {
            rates.add(direction.text());
        }
        return "The run is too short for a chart: " + rates + ".";
    }

    private List<Direction> directions() {
        boolean isReceived = run.isStream() || run.isAnswered();
        String up = isReceived ? "up" : "sent at";
        Direction sent =
                direction(LegendIcons.CURVE, "curve", up, result.bytesSent(), Sample::bitsUp);
        Direction received =
                direction(
                        LegendIcons.SECOND,
                        "second",
                        "down",
                        result.bytesReceived(),
                        Sample::bitsDown);
        if (!DerivedMetrics.hasDown(run)) {
            return List.of(sent);
        }
        boolean isSent = DerivedMetrics.hasUp(run);
        return isSent ? List.of(sent, received) : List.of(received);
    }

    private Direction direction(
            LegendIcons icon,
            String kind,
            String label,
            long bytes,
            ToDoubleFunction<Sample> figure) {
        String rate = SiUnits.bitRate(bytes, result.duration());
        return new Direction(icon, kind, label + " " + rate + " on average", figure);
    }

    private double max(ToDoubleFunction<Sample> figure) {
        double max = 0;
        for (Sample sample : samples) {
            max = Math.max(max, figure.applyAsDouble(sample));
        }
        return max;
    }

    private void bits(Html html) {
        List<Direction> directions = directions();
        double max = 0;
        StringJoiner description = new StringJoiner("; ");
        for (Direction direction : directions) {
            max = Math.max(max, max(direction.figure()));
            description.add(direction.text());
        }
        BitRateUnit unit = BitRateUnit.of(max);
        Axis yAxis = Axis.fromZero(Math.max(unit.in(max), 1), Chart.BOTTOM, Chart.TOP);
        html.open("figure");
        html.element("h2", "Throughput");
        html.open("p", "class", "legend");
        for (Direction direction : directions) {
            direction.icon().entry(html, direction.text());
        }
        html.close();
        Chart chart =
                Chart.open(html, "throughput", "Payload bits per second", description.toString());
        chart.xAxis(xAxis.axis(), xAxis.title()).yAxis(yAxis, unit.label());
        for (Direction direction : directions) {
            chart.path(
                    direction.kind(),
                    steps(yAxis, sample -> unit.in(direction.figure().applyAsDouble(sample))));
        }
        chart.close();
        note(html);
        html.close();
    }

    private void exchanges(Html html) {
        Axis yAxis = Axis.fromZero(max(Sample::okPerSecond), Chart.BOTTOM, Chart.TOP);
        String mean = Rates.perSecond(result.ok(), result.duration()) + " on average";
        html.open("figure");
        html.element("h2", "Exchanges per second");
        html.open("p", "class", "legend");
        LegendIcons.CURVE.entry(html, "ok, " + mean);
        html.close();
        Chart.open(html, "exchanges", "Exchanges per second", mean)
                .xAxis(xAxis.axis(), xAxis.title())
                .yAxis(yAxis, "exchanges")
                .path("curve", steps(yAxis, Sample::okPerSecond))
                .close();
        note(html);
        html.close();
    }

    /** Adds a note on the part of the run that is not drawn, if any. */
    private void note(Html html) {
        if (rest.compareTo(Duration.ofMillis(1)) >= 0) {
            html.element(
                    "p",
                    "The last " + Durations.text(rest) + " are not drawn: too short for a rate.",
                    "class",
                    "note");
        }
    }

    /** Returns a step line, level for the duration of each sample. */
    private SvgPath steps(Axis yAxis, ToDoubleFunction<Sample> figure) {
        SvgPath steps = new SvgPath();
        long nanos = 0;
        for (Sample sample : samples) {
            double y = yAxis.at(figure.applyAsDouble(sample));
            if (steps.isEmpty()) {
                steps.moveTo(xAxis.at(0), y);
            }
            nanos += sample.nanos();
            steps.verticalTo(y).horizontalTo(xAxis.at(nanos));
        }
        return steps;
    }
}
