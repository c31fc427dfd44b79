package net.launcher.client.html;

import net.client.run.RunResult;
import net.launcher.client.html.Throughput.Sample;
import net.launcher.client.html.chart.Axis;
import net.launcher.client.html.chart.BitRateUnit;
import net.launcher.client.html.chart.Chart;
import net.launcher.client.html.chart.Html;
import net.launcher.client.html.chart.LegendIcons;
import net.launcher.client.html.chart.RunAxis;
import net.launcher.client.html.chart.SvgPath;
import net.launcher.client.metric.Rates;
import net.launcher.command.value.Durations;
import net.launcher.output.SiUnits;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Charts of throughput over the run: bits in each direction, and exchanges. */
final class ThroughputCharts {
    private static final int MIN_SAMPLES = 3;

    private final RunResult result;

    /** A stream is a single exchange, so only its bytes are charted. */
    private final boolean isStream;

    private final List<Sample> samples;
    private final RunAxis xAxis;

    ThroughputCharts(RunReportModel model) {
        result = model.result();
        isStream = model.run().isStream();
        samples = model.recorder().throughput().samples(result);
        long nanos = 0;
        for (Sample sample : samples) {
            nanos += sample.nanos();
        }
        xAxis = RunAxis.of(nanos);
    }

    void draw(Html html) {
        if (samples.size() < MIN_SAMPLES) {
            html.open("section").element("h2", "Throughput");
            html.element("p", averageText()).close();
            return;
        }
        bits(html);
        if (!isStream && max(Sample::okPerSecond) > 0) {
            exchanges(html);
        }
    }

    private String averageText() {
        return result.duration().isZero()
                ? "The duration of the run is zero, so its throughput is unknown."
                : "The run is too short for a chart. Average of "
                        + Durations.text(result.duration())
                        + ": "
                        + SiUnits.bitRate(result.bytesSent(), result.duration())
                        + " up, "
                        + SiUnits.bitRate(result.bytesReceived(), result.duration())
                        + " down"
                        + (isStream ? "" : ", exchanges " + exchangeRate())
                        + ".";
    }

    private String exchangeRate() {
        return Rates.perSecond(result.ok(), result.duration());
    }

    private double max(ToDoubleFunction<Sample> figure) {
        double max = 0;
        for (Sample sample : samples) {
            max = Math.max(max, figure.applyAsDouble(sample));
        }
        return max;
    }

    private void bits(Html html) {
        double max = Math.max(max(Sample::bitsUp), max(Sample::bitsDown));
        BitRateUnit unit = BitRateUnit.of(max);
        Axis yAxis = Axis.fromZero(Math.max(unit.in(max), 1), Chart.BOTTOM, Chart.TOP);
        String sent =
                "up, " + SiUnits.bitRate(result.bytesSent(), result.duration()) + " on average";
        String received =
                "down, "
                        + SiUnits.bitRate(result.bytesReceived(), result.duration())
                        + " on average";
        html.open("figure");
        html.element("h2", "Throughput");
        html.open("p", "class", "legend");
        LegendIcons.UP.entry(html, sent);
        LegendIcons.DOWN.entry(html, received);
        html.close();
        Chart.open(html, "throughput", "Payload bits per second", sent + "; " + received)
                .xAxis(xAxis.axis(), xAxis.title())
                .yAxis(yAxis, unit.label())
                .path("curve", steps(yAxis, sample -> unit.in(sample.bitsUp())))
                .path("second", steps(yAxis, sample -> unit.in(sample.bitsDown())))
                .close();
        html.close();
    }

    private void exchanges(Html html) {
        Axis yAxis = Axis.fromZero(max(Sample::okPerSecond), Chart.BOTTOM, Chart.TOP);
        String mean = exchangeRate() + " on average";
        html.open("figure");
        html.element("h2", "Exchanges per second");
        html.open("p", "class", "legend");
        LegendIcons.CURVE.entry(html, "successful exchanges, " + mean);
        html.close();
        Chart.open(html, "exchanges", "Exchanges per second", mean)
                .xAxis(xAxis.axis(), xAxis.title())
                .yAxis(yAxis, "count")
                .path("curve", steps(yAxis, Sample::okPerSecond))
                .close();
        html.close();
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
