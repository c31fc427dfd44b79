package net.launcher.client.html.chart;

import net.client.measure.Histogram;
import net.client.run.RunResult;

import java.util.ArrayList;
import java.util.List;

/**
 * Times of one run in a chart.
 *
 * @param label the name of the run and a blank; empty if the chart has only one
 * @param isMain whether this is the run of the report, not the idle run for comparison
 */
public record Series(String label, RunResult result, boolean isMain) {
    /** Returns the times of a run, preceded by the idle times if it has a load. */
    public static List<Series> of(RunResult result) {
        if (result.load().isEmpty()) {
            return List.of(new Series("", result, true));
        }
        List<Series> both = new ArrayList<>();
        for (Series series :
                List.of(
                        new Series("idle ", result.load().get().idle(), false),
                        new Series("loaded ", result, true))) {
            if (series.times().count() > 0) {
                both.add(series);
            }
        }
        return List.copyOf(both);
    }

    Histogram times() {
        return result.histogram();
    }

    /** Returns the class of its lines. */
    String line() {
        return isMain ? "curve" : "second";
    }

    LegendIcons lineIcon() {
        return isMain ? LegendIcons.CURVE : LegendIcons.SECOND;
    }

    /** Returns the class of its points. */
    String dot() {
        return isMain ? "dot" : "ring";
    }

    LegendIcons dotIcon() {
        return isMain ? LegendIcons.DOT : LegendIcons.RING;
    }
}
