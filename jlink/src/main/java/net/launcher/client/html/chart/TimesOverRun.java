package net.launcher.client.html.chart;

import net.client.measure.Timeline.Slot;
import net.client.run.RunResult;
import net.launcher.command.value.Durations;
import net.launcher.output.Plural;

import java.time.Duration;
import java.util.List;

/** Chart of the times over the run, with markers for failures and late answers. */
public final class TimesOverRun {
    /** Vertical positions of the markers. */
    private static final double FAILURE_Y = 10;

    private static final double LATE_Y = 24;

    /** Half of the width of a marker. */
    private static final double MARKER_RADIUS = 3.5;

    private final RunResult result;
    private final long widthNanos;
    private final List<Slot> slots;
    private final RunAxis xAxis;
    private final Axis yAxis;

    public TimesOverRun(RunResult result) {
        this.result = result;
        TimelineBuckets buckets = TimelineBuckets.of(result.timeline());
        widthNanos = buckets.widthNanos();
        slots = buckets.slots();
        long lastNanos = slots.isEmpty() ? 0 : slots.getLast().startNanos();
        xAxis = RunAxis.of(Math.max(result.duration().toNanos(), lastNanos));
        yAxis = Millis.axis(result.histogram(), Chart.BOTTOM, Chart.TOP);
    }

    public void draw(Html html) {
        long failed = 0;
        long late = 0;
        for (Slot slot : slots) {
            failed += slot.failed();
            late += slot.late();
        }
        html.open("figure");
        html.element("h2", "Times over the run");
        html.open("p", "class", "legend");
        LegendIcons.CURVE.entry(html, "mean per " + Durations.text(Duration.ofNanos(widthNanos)));
        LegendIcons.BAND.entry(html, "minimum to maximum");
        if (failed > 0) {
            LegendIcons.FAILED.entry(html, "failed exchanges (" + failed + ")");
        }
        if (late > 0) {
            LegendIcons.LATE.entry(html, "late answers (" + late + ")");
        }
        html.close();
        Chart.open(html, "times", "Times over the run", description(failed, late))
                .xAxis(xAxis.axis(), xAxis.title())
                .yAxis(yAxis, "ms")
                .path("band", band())
                .path("curve", means())
                .path("failed", failureMarkers())
                .path("late", lateMarkers())
                .close();
        html.close();
    }

    private String description(long failed, long late) {
        return "From "
                + Durations.precise(result.time().min().orElseThrow())
                + " to "
                + Durations.precise(result.time().max().orElseThrow())
                + " in "
                + Durations.text(result.duration())
                + "; "
                + Plural.of(failed, "failed exchange")
                + ", "
                + Plural.of(late, "late answer");
    }

    private double left(Slot slot) {
        return xAxis.at(slot.startNanos());
    }

    private double right(Slot slot) {
        return xAxis.at(slot.startNanos() + widthNanos);
    }

    private double middle(Slot slot) {
        return xAxis.at(slot.startNanos() + widthNanos / 2);
    }

    private double y(long nanos) {
        return yAxis.at(Millis.of(nanos));
    }

    /** Returns whether a slot directly follows another slot with times. */
    private boolean continues(int i) {
        return i > 0
                && slots.get(i - 1).count() > 0
                && slots.get(i).startNanos() - slots.get(i - 1).startNanos() == widthNanos;
    }

    private SvgPath band() {
        SvgPath band = new SvgPath();
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).count() > 0 && !continues(i)) {
                int end = i + 1;
                while (end < slots.size() && slots.get(end).count() > 0 && continues(end)) {
                    end++;
                }
                band(band, slots.subList(i, end));
            }
        }
        return band;
    }

    /** Adds the outline of adjacent slots: along the maxima and back along the minima. */
    private void band(SvgPath band, List<Slot> part) {
        band.moveTo(left(part.getFirst()), y(part.getFirst().max().orElseThrow()));
        for (Slot slot : part) {
            band.verticalTo(y(slot.max().orElseThrow())).horizontalTo(right(slot));
        }
        for (Slot slot : part.reversed()) {
            band.verticalTo(y(slot.min().orElseThrow())).horizontalTo(left(slot));
        }
        band.close();
    }

    private SvgPath means() {
        SvgPath means = new SvgPath();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            if (slot.count() > 0) {
                double y = y(slot.mean().orElseThrow());
                if (continues(i)) {
                    means.lineTo(middle(slot), y);
                } else {
                    // A line of zero length with round ends is a dot.
                    means.moveTo(middle(slot), y).horizontalTo(middle(slot));
                }
            }
        }
        return means;
    }

    private SvgPath failureMarkers() {
        SvgPath markers = new SvgPath();
        for (Slot slot : slots) {
            if (slot.failed() > 0) {
                double x = middle(slot);
                markers.moveTo(x - MARKER_RADIUS, FAILURE_Y - MARKER_RADIUS)
                        .lineTo(x + MARKER_RADIUS, FAILURE_Y + MARKER_RADIUS);
                markers.moveTo(x + MARKER_RADIUS, FAILURE_Y - MARKER_RADIUS)
                        .lineTo(x - MARKER_RADIUS, FAILURE_Y + MARKER_RADIUS);
            }
        }
        return markers;
    }

    private SvgPath lateMarkers() {
        SvgPath markers = new SvgPath();
        for (Slot slot : slots) {
            if (slot.late() > 0) {
                double x = middle(slot);
                markers.moveTo(x, LATE_Y - MARKER_RADIUS)
                        .lineTo(x + MARKER_RADIUS, LATE_Y + MARKER_RADIUS);
                markers.horizontalTo(x - MARKER_RADIUS).close();
            }
        }
        return markers;
    }
}
