package net.launcher.client.metric;

import net.client.measure.Histogram;
import net.client.measure.LatencyFigure;
import net.client.measure.LatencySummary;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.output.SiUnits;
import net.protocol.Transport;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Figure of a run to which a threshold can be applied.
 *
 * @param label the name as users spell it; for {@link Kind#LATENCY} that of a latency figure or a
 *     percentile
 */
public record Metric(Kind kind, String label) {
    /** Kinds of figures, in the order of the help. */
    public enum Kind {
        OK(Unit.COUNT),
        FAILED(Unit.COUNT),
        LOSS(Unit.SHARE),
        LATENCY(Unit.TIME),
        UP(Unit.RATE),
        DOWN(Unit.RATE),
        DIFFERENCE(Unit.TIME);

        private final Unit unit;

        Kind(Unit unit) {
            this.unit = unit;
        }

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Unit of a figure; all are whole numbers except shares. */
    public enum Unit {
        /** Exchanges. */
        COUNT,

        /** Percent. */
        SHARE,

        /** Nanoseconds. */
        TIME,

        /** Bits per second. */
        RATE
    }

    /** A figure as a fraction, since a share need not be a decimal. */
    record Figure(BigDecimal numerator, BigDecimal denominator) {
        static Figure of(long number) {
            return new Figure(BigDecimal.valueOf(number), BigDecimal.ONE);
        }

        /**
         * Compares with a limit without rounding; the result is that of {@link
         * Comparable#compareTo}.
         */
        int compareTo(BigDecimal limit) {
            return numerator.compareTo(limit.multiply(denominator));
        }

        /** Returns the figure rounded down, without trailing zeros and without an exponent. */
        BigDecimal rounded(int decimals) {
            BigDecimal rounded =
                    numerator.divide(denominator, decimals, RoundingMode.DOWN).stripTrailingZeros();
            return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
        }
    }

    /** Names of all metrics, for messages. */
    public static final String NAMES =
            "ok, failed, loss, min, mean, max, stddev, jitter, up, down, difference or a percentile"
                    + " such as p50, p95 or p99.9";

    /** Decimals of a percentage, enough to show one failure in 100 million. */
    static final int SHARE_DECIMALS = 6;

    /** Decimal places between seconds and nanoseconds. */
    static final int NANO_DIGITS = 9;

    /** Returns the metric of a name, or empty if there is none. */
    static Optional<Metric> of(String name) {
        for (Kind kind : EnumSet.complementOf(EnumSet.of(Kind.LATENCY))) {
            if (kind.label().equals(name)) {
                return Optional.of(new Metric(kind, name));
            }
        }
        return latencyFigure(name).isPresent() || Percentile.fraction(name).isPresent()
                ? Optional.of(new Metric(Kind.LATENCY, name))
                : Optional.empty();
    }

    private static Optional<LatencyFigure> latencyFigure(String name) {
        for (LatencyFigure figure : LatencyFigure.values()) {
            if (figure.jsonName().equals(name)) {
                return Optional.of(figure);
            }
        }
        return Optional.empty();
    }

    /** Returns the names to suggest in place of an unknown one. */
    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Kind kind : EnumSet.complementOf(EnumSet.of(Kind.LATENCY))) {
            names.add(kind.label());
        }
        for (LatencyFigure figure : LatencyFigure.values()) {
            names.add(figure.jsonName());
        }
        return names;
    }

    public Unit unit() {
        return kind.unit;
    }

    /** Returns whether a run, with or without a load, measures the figure. */
    boolean isMeasured(RunConfig run, boolean hasLoad) {
        return switch (kind) {
            case OK, FAILED -> true;
            case LOSS -> run.transport() == Transport.TCP ? !run.isStream() : run.isAnswered();
            case LATENCY -> run.isAnswered();
            case UP -> DerivedMetrics.hasUp(run);
            case DOWN -> DerivedMetrics.hasDown(run);
            case DIFFERENCE -> hasLoad;
        };
    }

    /** Returns the figure in its unit, or empty if the run was too short for it. */
    Optional<Figure> figure(RunResult result) {
        return switch (kind) {
            case OK -> Optional.of(Figure.of(result.ok()));
            case FAILED -> Optional.of(Figure.of(result.failed()));
            case LOSS -> loss(result);
            case LATENCY -> figure(latency(result));
            case UP -> rate(result.bytesSent(), result);
            case DOWN -> rate(result.bytesReceived(), result);
            case DIFFERENCE -> figure(LatencyFigures.medianDifference(result));
        };
    }

    private OptionalLong latency(RunResult result) {
        return latency(result.time(), result.histogram());
    }

    private OptionalLong latency(LatencySummary times, Histogram histogram) {
        Optional<LatencyFigure> figure = latencyFigure(label);
        return figure.isPresent()
                ? figure.get().of(times)
                : histogram.percentile(Percentile.fraction(label).orElseThrow());
    }

    /**
     * Returns a latency from sending, without the lateness of the client; empty for other figures
     * and in a closed loop.
     */
    Optional<Figure> rawFigure(RunResult result) {
        return kind == Kind.LATENCY && result.rawHistogram().isPresent()
                ? figure(latency(result.rawTime().orElseThrow(), result.rawHistogram().get()))
                : Optional.empty();
    }

    private static Optional<Figure> figure(OptionalLong nanos) {
        return nanos.isEmpty() ? Optional.empty() : Optional.of(Figure.of(nanos.getAsLong()));
    }

    /**
     * Returns the percentage of exchanges that failed, except those dropped here, or empty without
     * an exchange, or if losses are unknown.
     */
    static Optional<Figure> loss(RunResult result) {
        return result.isLossKnown()
                ? loss(result.ok(), result.failed(), DerivedMetrics.losses(result))
                : Optional.empty();
    }

    /** Returns the percentage of exchanges that were lost, or empty without an exchange. */
    static Optional<Figure> loss(long ok, long failed, long lost) {
        BigDecimal all = BigDecimal.valueOf(ok).add(BigDecimal.valueOf(failed));
        return all.signum() == 0
                ? Optional.empty()
                : Optional.of(new Figure(BigDecimal.valueOf(lost).movePointRight(2), all));
    }

    private static Optional<Figure> rate(long bytes, RunResult result) {
        if (bytes == 0 || !result.duration().isPositive()) {
            return Optional.empty();
        }
        return Optional.of(
                new Figure(
                        SiUnits.bits(bytes).movePointRight(NANO_DIGITS),
                        BigDecimal.valueOf(result.duration().toNanos())));
    }
}
