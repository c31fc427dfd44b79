package net.launcher.client.metric;

import net.client.measure.LatencyFigure;
import net.client.measure.LatencySummary;
import net.client.run.RunResult;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Latency figures in nanoseconds, and their differences under load. */
public final class LatencyFigures {
    /** The figures with a meaningful difference: those above vary too much between two runs. */
    private static final Set<LatencyFigure> COMPARED =
            EnumSet.range(LatencyFigure.MIN, LatencyFigure.P99);

    private LatencyFigures() {}

    /** Returns the figures of a summary, in the order of reports. */
    public static Map<LatencyFigure, OptionalLong> of(LatencySummary summary) {
        Map<LatencyFigure, OptionalLong> figures = new EnumMap<>(LatencyFigure.class);
        for (LatencyFigure figure : LatencyFigure.values()) {
            figures.put(figure, figure.of(summary));
        }
        return figures;
    }

    /**
     * Returns loaded minus idle latency from the minimum to the 99th percentile; a figure is empty
     * unless both summaries have it.
     */
    public static Map<LatencyFigure, OptionalLong> differences(
            LatencySummary idle, LatencySummary loaded) {
        Map<LatencyFigure, OptionalLong> figures = new EnumMap<>(LatencyFigure.class);
        for (LatencyFigure figure : COMPARED) {
            figures.put(figure, minus(figure.of(loaded), figure.of(idle)));
        }
        return figures;
    }

    /** Returns the difference of the medians, or empty if the run had no load. */
    static OptionalLong medianDifference(RunResult result) {
        return result.load().isPresent()
                ? minus(result.time().p50(), result.load().get().idle().time().p50())
                : OptionalLong.empty();
    }

    /** Returns the difference of two figures, or empty unless both exist. */
    static OptionalLong minus(OptionalLong a, OptionalLong b) {
        return a.isPresent() && b.isPresent()
                ? OptionalLong.of(a.getAsLong() - b.getAsLong())
                : OptionalLong.empty();
    }
}
