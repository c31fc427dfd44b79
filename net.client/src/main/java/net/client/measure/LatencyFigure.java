package net.client.measure;

import java.util.OptionalLong;

/** The figures of a {@link LatencySummary}, in the order of reports. */
public enum LatencyFigure {
    /** {@link LatencySummary#min}. */
    MIN("min", "min"),

    /** {@link LatencySummary#mean}. */
    MEAN("mean", "mean"),

    /** {@link LatencySummary#p50}. */
    P50("p50", "p50"),

    /** {@link LatencySummary#p90}. */
    P90("p90", "p90"),

    /** {@link LatencySummary#p99}. */
    P99("p99", "p99"),

    /** {@link LatencySummary#p999}. */
    P999("p99.9", "p999"),

    /** {@link LatencySummary#max}. */
    MAX("max", "max"),

    /** {@link LatencySummary#stddev}. */
    STDDEV("stddev", "stddev"),

    /** {@link LatencySummary#jitter}. */
    JITTER("jitter", "jitter");

    private final String label;
    private final String jsonName;

    LatencyFigure(String label, String jsonName) {
        this.label = label;
        this.jsonName = jsonName;
    }

    /**
     * Returns the name in text reports.
     *
     * @return such as {@code p99.9}
     */
    public String label() {
        return label;
    }

    /**
     * Returns the name of the JSON member.
     *
     * @return such as {@code p999}
     */
    public String jsonName() {
        return jsonName;
    }

    /**
     * Returns the value in a summary.
     *
     * @param summary the summary
     * @return nanoseconds; empty if there are too few values
     */
    public OptionalLong of(LatencySummary summary) {
        return switch (this) {
            case MIN -> summary.min();
            case MEAN -> summary.mean();
            case P50 -> summary.p50();
            case P90 -> summary.p90();
            case P99 -> summary.p99();
            case P999 -> summary.p999();
            case MAX -> summary.max();
            case STDDEV -> summary.stddev();
            case JITTER -> summary.jitter();
        };
    }
}
