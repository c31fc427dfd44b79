package net.launcher.client.html;

import net.client.measure.Timeline.Slot;
import net.client.run.RunResult;
import net.launcher.command.Durations;

import java.time.Duration;
import java.util.List;

/** Chart of the times over the run, with markers for failures and late answers. */
final class TimesOverRun {
    /** Vertical positions of the markers of failures and late answers. */
    private static final double FAILED_Y = 10;

    private static final double LATE_Y = 24;

    /** Half the width of a marker. */
    private static final double MARK = 3.5;

    private final RunResult result;
    private final long widthNanos;
    private final List<Slot> slots;
    private final RunAxis across;
    private final Axis up;

    TimesOverRun(RunResult result) {
        this.result = result;
        TimelineBuckets buckets = TimelineBuckets.of(result.timeline());
        widthNanos = buckets.widthNanos();
        slots = buckets.slots();
        long lastNanos = slots.isEmpty() ? 0 : slots.getLast().startNanos();
        across = RunAxis.of(Math.max(result.duration().toNanos(), lastNanos));
        up = PercentileCurve.millis(result.histogram(), Chart.BOTTOM, Chart.TOP);
    }

    void draw(Html html) {
        long failed = 0;
        long late = 0;
        for (Slot slot : slots) {
            failed += slot.failed();
            late += slot.late();
        }
        html.open("figure");
        html.element("h2", "Times over the run");
        html.open("p", "class", "legend");
        LegendIcons.CURVE.explain(
                html, "mean in each " + Durations.text(Duration.ofNanos(widthNanos)));
        LegendIcons.BAND.explain(html, "from the shortest to the longest");
        if (failed > 0) {
            LegendIcons.FAILED.explain(html, "failed or lost (" + failed + ")");
        }
        if (late > 0) {
            LegendIcons.LATE.explain(html, "answer came late (" + late + ")");
        }
        html.close();
        Chart.open(html, "times", "Times over the run", description(failed, late))
                .below(across.axis(), across.title())
                .beside(up, "ms")
                .path("band", band())
                .path("curve", means())
                .path("failed", failures())
                .path("late", lates())
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
                + failed
                + " exchanges failed, "
                + late
                + " answers came late.";
    }

    private double left(Slot slot) {
        return across.at(slot.startNanos());
    }

    private double right(Slot slot) {
        return across.at(slot.startNanos() + widthNanos);
    }

    private double middle(Slot slot) {
        return across.at(slot.startNanos() + widthNanos / 2);
    }

    private double place(long nanos) {
        return up.at(PercentileCurve.inMillis(nanos));
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
        band.moveTo(left(part.getFirst()), place(part.getFirst().max().orElseThrow()));
        for (Slot slot : part) {
            band.along(place(slot.max().orElseThrow())).across(right(slot));
        }
        for (Slot slot : part.reversed()) {
            band.along(place(slot.min().orElseThrow())).across(left(slot));
        }
        band.end();
    }

    private SvgPath means() {
        SvgPath means = new SvgPath();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            if (slot.count() > 0) {
                double y = place(slot.mean().orElseThrow());
                if (continues(i)) {
                    means.lineTo(middle(slot), y);
                } else {
                    // A line of zero length with round ends is a dot.
                    means.moveTo(middle(slot), y).across(middle(slot));
                }
            }
        }
        return means;
    }

    private SvgPath failures() {
        SvgPath marks = new SvgPath();
        for (Slot slot : slots) {
            if (slot.failed() > 0) {
                double x = middle(slot);
                marks.moveTo(x - MARK, FAILED_Y - MARK).lineTo(x + MARK, FAILED_Y + MARK);
                marks.moveTo(x + MARK, FAILED_Y - MARK).lineTo(x - MARK, FAILED_Y + MARK);
            }
        }
        return marks;
    }

    private SvgPath lates() {
        SvgPath marks = new SvgPath();
        for (Slot slot : slots) {
            if (slot.late() > 0) {
                double x = middle(slot);
                marks.moveTo(x, LATE_Y - MARK).lineTo(x + MARK, LATE_Y + MARK);
                marks.across(x - MARK).end();
            }
        }
        return marks;
    }
}
