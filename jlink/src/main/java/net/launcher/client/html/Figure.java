package net.launcher.client.html;

import net.client.measure.LatencySummary;

import java.util.OptionalLong;

/** A figure of times, with what it is called on the page and in JSON. */
enum Figure {
    MIN("min", "min"),
    MEAN("mean", "mean"),
    P50("p50", "p50"),
    P90("p90", "p90"),
    P99("p99", "p99"),
    P999("p99.9", "p999"),
    MAX("max", "max"),
    STDDEV("stddev", "stddev"),
    JITTER("jitter", "jitter");

    private final String label;
    private final String json;

    Figure(String label, String json) {
        this.label = label;
        this.json = json;
    }

    String label() {
        return label;
    }

    String json() {
        return json;
    }

    OptionalLong of(LatencySummary times) {
        return switch (this) {
            case MIN -> times.min();
            case MEAN -> times.mean();
            case P50 -> times.p50();
            case P90 -> times.p90();
            case P99 -> times.p99();
            case P999 -> times.p999();
            case MAX -> times.max();
            case STDDEV -> times.stddev();
            case JITTER -> times.jitter();
        };
    }
}
