package net.launcher.client.html;

import net.client.run.RunResult;
import net.launcher.client.html.Throughput.Sample;
import net.launcher.client.report.Rates;
import net.launcher.command.Durations;
import net.launcher.output.SiUnits;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Charts of throughput over the run: bits in each direction, and exchanges. */
final class ThroughputCharts {
    private static final int MIN_SAMPLES = 3;

    private final RunResult result;

    /** Whether only bytes are charted: a stream is a single exchange. */
    private final boolean isStream;

    private final List<Sample> samples;
    private final RunAxis across;

    ThroughputCharts(RunReportModel model) {
        result = model.result();
        isStream = model.run().isStream();
        samples = model.recorder().throughput().samples(result);
        long nanos = 0;
        for (Sample sample : samples) {
            nanos += sample.nanos();
        }
        across = RunAxis.of(nanos);
    }

    void draw(Html html) {
        if (samples.size() < MIN_SAMPLES) {
            html.open("section").element("h2", "Throughput");
            html.element("p", inWords()).close();
            return;
        }
        bits(html);
        if (!isStream && max(Sample::okPerSecond) > 0) {
            exchanges(html);
        }
    }

    private String inWords() {
        return result.duration().isZero()
                ? "The run took no time, so there is no throughput to tell."
                : "Too short for a chart of what went through in each second. On average of "
                        + Durations.text(result.duration())
                        + " it was "
                        + SiUnits.bitRate(result.bytesSent(), result.duration())
                        + " up and "
                        + SiUnits.bitRate(result.bytesReceived(), result.duration())
                        + " down"
                        + (isStream ? "." : exchangesInWords());
    }

    private String exchangesInWords() {
        return ", with " + Rates.perSecond(result.ok(), result.duration()) + " exchanges a second.";
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
        Axis up = Axis.fromZero(Math.max(unit.in(max), 1), Chart.BOTTOM, Chart.TOP);
        String sent =
                "up, " + SiUnits.bitRate(result.bytesSent(), result.duration()) + " on average";
        String received =
                "down, "
                        + SiUnits.bitRate(result.bytesReceived(), result.duration())
                        + " on average";
        html.open("figure");
        html.element("h2", "Throughput");
        html.open("p", "class", "legend");
        LegendIcons.UP.explain(html, sent);
        LegendIcons.DOWN.explain(html, received);
        html.close();
        Chart.open(html, "throughput", "Payload bits a second", sent + "; " + received)
                .below(across.axis(), across.title())
                .beside(up, unit.label())
                .path("curve", steps(up, sample -> unit.in(sample.bitsUp())))
                .path("second", steps(up, sample -> unit.in(sample.bitsDown())))
                .close();
        html.close();
    }

    private void exchanges(Html html) {
        Axis up = Axis.fromZero(max(Sample::okPerSecond), Chart.BOTTOM, Chart.TOP);
        String mean = Rates.perSecond(result.ok(), result.duration()) + " on average";
        html.open("figure");
        html.element("h2", "Exchanges a second");
        html.open("p", "class", "legend");
        LegendIcons.CURVE.explain(html, "exchanges that succeeded, " + mean);
        html.close();
        Chart.open(html, "exchanges", "Exchanges a second", mean)
                .below(across.axis(), across.title())
                .beside(up, "count")
                .path("curve", steps(up, Sample::okPerSecond))
                .close();
        html.close();
    }

    /** Returns a step line, level for the duration of each sample. */
    private SvgPath steps(Axis up, ToDoubleFunction<Sample> figure) {
        SvgPath steps = new SvgPath();
        long nanos = 0;
        for (Sample sample : samples) {
            double y = up.at(figure.applyAsDouble(sample));
            if (steps.isEmpty()) {
                steps.moveTo(across.at(0), y);
            }
            nanos += sample.nanos();
            steps.along(y).across(across.at(nanos));
        }
        return steps;
    }
}
