package net.launcher.client.html;

import net.launcher.client.html.RunIntervals.Sample;
import net.launcher.client.html.chart.Axis;
import net.launcher.client.html.chart.Chart;
import net.launcher.client.html.chart.Html;
import net.launcher.client.html.chart.LegendIcons;
import net.launcher.client.html.chart.RunAxis;
import net.launcher.client.html.chart.SvgPath;
import net.launcher.command.value.Durations;

import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.ToLongFunction;

/** Chart of losses over the run: failed exchanges by their cause as stacked bars. */
final class LossChart {
    private static final int MIN_SAMPLES = 2;

    /** Distance between bars. */
    private static final double GAP = 1;

    private final Duration perSample;
    private final List<Sample> samples;
    private final RunAxis xAxis;

    /**
     * Creates the chart.
     *
     * @param window the length of an interval
     */
    LossChart(RunIntervals intervals, Duration window) {
        perSample = window.multipliedBy(intervals.intervalsPerSample());
        samples = intervals.samples();
        long nanos = 0;
        for (Sample sample : samples) {
            nanos += sample.nanos();
        }
        xAxis = RunAxis.of(nanos);
    }

    void draw(Html html) {
        long max = 0;
        for (Sample sample : samples) {
            max = Math.max(max, sample.losses() + sample.droppedHere());
        }
        if (max == 0 || samples.size() < MIN_SAMPLES) {
            return;
        }
        Axis yAxis = Axis.fromCount(max, Chart.BOTTOM, Chart.TOP);
        String heading = "Losses per " + perSample();
        html.open("figure");
        html.element("h2", heading);
        html.open("p", "class", "legend");
        StringJoiner description = new StringJoiner(", ");
        entry(html, LegendIcons.LOST, Sample::lost, "lost", description);
        entry(html, LegendIcons.LATE, Sample::late, "late", description);
        entry(html, LegendIcons.FAILED, Sample::failed, "failed", description);
        entry(
                html,
                LegendIcons.DROPPED,
                Sample::droppedHere,
                "dropped here, not lost",
                description);
        html.close();
        Chart.open(html, "losses", heading, description.toString())
                .xAxis(xAxis.axis(), xAxis.title())
                .yAxis(yAxis, "exchanges")
                .path("lost", bars(yAxis, _ -> 0, Sample::lost))
                .path("late", bars(yAxis, Sample::lost, Sample::late))
                .path(
                        "failed",
                        bars(yAxis, sample -> sample.lost() + sample.late(), Sample::failed))
                .path("dropped", bars(yAxis, Sample::losses, Sample::droppedHere))
                .close();
        html.close();
    }

    private String perSample() {
        if (perSample.equals(Duration.ofSeconds(1))) {
            return "second";
        }
        return perSample.getNano() == 0 ? perSample.toSeconds() + " s" : Durations.text(perSample);
    }

    private void entry(
            Html html,
            LegendIcons icon,
            ToLongFunction<Sample> figure,
            String label,
            StringJoiner description) {
        long sum = samples.stream().mapToLong(figure).sum();
        if (sum > 0) {
            icon.entry(html, sum + " " + label);
            description.add(sum + " " + label);
        }
    }

    /** Returns a bar for each sample, as wide as its interval, on top of other bars. */
    private SvgPath bars(Axis yAxis, ToLongFunction<Sample> below, ToLongFunction<Sample> figure) {
        SvgPath bars = new SvgPath();
        long nanos = 0;
        for (Sample sample : samples) {
            double left = xAxis.at(nanos);
            nanos += sample.nanos();
            double right = Math.max(xAxis.at(nanos) - GAP, left + GAP);
            long count = figure.applyAsLong(sample);
            if (count > 0) {
                long from = below.applyAsLong(sample);
                bars.moveTo(left, yAxis.at(from)).verticalTo(yAxis.at(from + count));
                bars.horizontalTo(right).verticalTo(yAxis.at(from)).close();
            }
        }
        return bars;
    }
}
