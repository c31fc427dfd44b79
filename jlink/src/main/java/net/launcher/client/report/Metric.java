package net.launcher.client.report;

import net.client.measure.LatencyFigure;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.output.SiUnits;
import net.protocol.Transport;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * Figure of a run to which a threshold can be applied.
 *
 * @param latency the latency figure, for {@link Kind#LATENCY} only
 */
public record Metric(Kind kind, Optional<LatencyFigure> latency) {
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
    }

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

        /**
         * Compares with a limit without rounding; the result is that of {@link
         * Comparable#compareTo}.
         */
        int compareTo(BigDecimal limit) {
            return numerator.compareTo(limit.multiply(denominator));
        }
    }

    /** Names of all metrics, separated by commas. */
    public static final String NAMES = names();

    private static final int NANO_DIGITS = 9;

    /** Returns all metrics, in the order of the help. */
    private static List<Metric> all() {
        List<Metric> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (kind == Kind.LATENCY) {
                for (LatencyFigure figure : LatencyFigure.values()) {
                    all.add(new Metric(kind, Optional.of(figure)));
                }
            } else {
                all.add(new Metric(kind, Optional.empty()));
            }
        }
        return all;
    }

    private static String names() {
        StringJoiner names = new StringJoiner(", ");
        for (Metric metric : all()) {
            names.add(metric.label());
        }
        return names.toString();
    }

    /** Returns the name in expressions. */
    String label() {
        return latency.isPresent()
                ? latency.get().jsonName()
                : kind.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the metric with a name, or empty if there is none. */
    static Optional<Metric> of(String name) {
        for (Metric metric : all()) {
            if (metric.label().equals(name)) {
                return Optional.of(metric);
            }
        }
        return Optional.empty();
    }

    Unit unit() {
        return kind.unit;
    }

    /** Returns whether a run, with or without a load, measures the figure. */
    boolean isMeasured(RunConfig run, boolean hasLoad) {
        return switch (kind) {
            case OK, FAILED -> true;
            case LOSS -> run.transport() == Transport.TCP || run.isAnswered();
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
            case LATENCY -> figure(latency.orElseThrow().of(result.time()));
            case UP -> rate(result.bytesSent(), result);
            case DOWN -> rate(result.bytesReceived(), result);
            case DIFFERENCE -> figure(LatencyFigures.medianDifference(result));
        };
    }

    private static Optional<Figure> figure(OptionalLong nanos) {
        return nanos.isEmpty() ? Optional.empty() : Optional.of(Figure.of(nanos.getAsLong()));
    }

    /**
     * Returns the percentage of exchanges that failed, or empty without an exchange, or if losses
     * are unknown.
     */
    static Optional<Figure> loss(RunResult result) {
        BigDecimal failed = BigDecimal.valueOf(result.failed());
        BigDecimal all = BigDecimal.valueOf(result.ok()).add(failed);
        return all.signum() == 0 || !result.isLossKnown()
                ? Optional.empty()
                : Optional.of(new Figure(failed.movePointRight(2), all));
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
