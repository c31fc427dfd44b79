package net.launcher.client.report;

import net.client.measure.LatencySummary;
import net.client.run.RunResult;

import java.util.OptionalLong;

/** Differences between loaded and idle latency; negative if loaded latency is lower. */
final class Difference {
    private Difference() {}

    /** Returns the difference of each figure that both summaries have. */
    static LatencySummary of(LatencySummary idle, LatencySummary loaded) {
        return new LatencySummary(
                minus(loaded.min(), idle.min()),
                minus(loaded.mean(), idle.mean()),
                minus(loaded.p50(), idle.p50()),
                minus(loaded.p90(), idle.p90()),
                minus(loaded.p99(), idle.p99()),
                minus(loaded.p999(), idle.p999()),
                minus(loaded.max(), idle.max()),
                minus(loaded.stddev(), idle.stddev()),
                minus(loaded.jitter(), idle.jitter()));
    }

    /** Returns the difference of the medians, or empty if the run had no load. */
    static OptionalLong median(RunResult result) {
        return result.load().isPresent()
                ? minus(result.time().p50(), result.load().get().idle().time().p50())
                : OptionalLong.empty();
    }

    private static OptionalLong minus(OptionalLong a, OptionalLong b) {
        return a.isPresent() && b.isPresent()
                ? OptionalLong.of(a.getAsLong() - b.getAsLong())
                : OptionalLong.empty();
    }
}
