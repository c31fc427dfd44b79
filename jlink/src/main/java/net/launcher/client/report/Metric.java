package net.launcher.client.report;

import net.client.measure.LatencyFigure;
import net.client.run.RunResult;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** Figure of a run to which a threshold can be applied. */
public enum Metric {
    OK,
    FAILED,
    LOSS,
    MIN,
    MEAN,
    P50,
    P90,
    P99,
    P999,
    MAX,
    STDDEV,
    JITTER,
    UP,
    DOWN,
    DIFFERENCE;

    /** Names of all metrics, separated by commas. */
    public static final String NAMES = names();

    /** Unit of a figure; all are whole numbers except shares. */
    enum Unit {
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

        /** Compares without rounding: below, at or above zero as the figure to the limit. */
        int compareTo(BigDecimal limit) {
            return numerator.compareTo(limit.multiply(denominator));
        }
    }

    private static String names() {
        StringJoiner names = new StringJoiner(", ");
        for (Metric metric : values()) {
            names.add(metric.label());
        }
        return names.toString();
    }

    /** Returns the name as users spell it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the metric of a name, or empty if there is none. */
    static Optional<Metric> of(String name) {
        for (Metric metric : values()) {
            if (metric.label().equals(name)) {
                return Optional.of(metric);
            }
        }
        return Optional.empty();
    }

    Unit unit() {
        return switch (this) {
            case OK, FAILED -> Unit.COUNT;
            case LOSS -> Unit.SHARE;
            case UP, DOWN -> Unit.RATE;
            default -> Unit.TIME;
        };
    }

    /** Returns the figure in its unit, or empty if the run was too short for it. */
    Optional<Figure> figure(RunResult result) {
        return switch (this) {
            case OK -> Optional.of(Figure.of(result.ok()));
            case FAILED -> Optional.of(Figure.of(result.failed()));
            case LOSS -> loss(result.ok(), result.failed());
            case UP -> rate(result.bytesSent(), result);
            case DOWN -> rate(result.bytesReceived(), result);
            case DIFFERENCE -> figure(Difference.median(result));
            default -> figure(LatencyFigure.valueOf(name()).of(result.time()));
        };
    }

    private static Optional<Figure> figure(OptionalLong nanos) {
        return nanos.isEmpty() ? Optional.empty() : Optional.of(Figure.of(nanos.getAsLong()));
    }

    private static Optional<Figure> loss(long ok, long failed) {
        BigDecimal all = BigDecimal.valueOf(ok).add(BigDecimal.valueOf(failed));
        // No constant, since class initialization would slow down every start.
        return all.signum() == 0
                ? Optional.empty()
                : Optional.of(new Figure(BigDecimal.valueOf(failed).movePointRight(2), all));
    }

    private static Optional<Figure> rate(long bytes, RunResult result) {
        if (bytes == 0 || !result.duration().isPositive()) {
            return Optional.empty();
        }
        return Optional.of(
                new Figure(
                        BigDecimal.valueOf(bytes).multiply(BigDecimal.valueOf(8_000_000_000L)),
                        BigDecimal.valueOf(result.duration().toNanos())));
    }
}
