package net.launcher.client.metric;

import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.metric.Metric.Figure;
import net.launcher.client.metric.Metric.Unit;
import net.launcher.command.Suggestions;
import net.launcher.command.value.Durations;
import net.launcher.command.value.RateParser;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Condition that makes a run fail, such as {@code p99>20ms}.
 *
 * @param metric the figure that is compared
 * @param operator compares the figure with the limit
 * @param limit in the metric's unit
 * @param expression as given on the command line, without blanks
 */
public record Threshold(Metric metric, Operator operator, BigDecimal limit, String expression) {
    private static final BigDecimal MAX_NUMBER = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal MAX_PERCENT = BigDecimal.valueOf(100);

    /** Comparison of a figure with a limit. */
    public enum Operator {
        ABOVE(">"),
        AT_LEAST(">="),
        BELOW("<"),
        AT_MOST("<=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        private boolean holds(int comparison) {
            return switch (this) {
                case ABOVE -> comparison > 0;
                case AT_LEAST -> comparison >= 0;
                case BELOW -> comparison < 0;
                case AT_MOST -> comparison <= 0;
            };
        }
    }

    /**
     * Result of a threshold.
     *
     * @param actual the figure; a share is rounded down to {@value Metric#SHARE_DECIMALS} decimals
     *     of a percent; empty if the run was too short for it
     * @param raw the figure without the lateness of the client; empty if it is not a latency, in a
     *     closed loop, and if the run was too short for it
     * @param isOk whether the figure exists and the condition does not hold
     */
    public record Verdict(
            Threshold threshold,
            Optional<BigDecimal> actual,
            Optional<BigDecimal> raw,
            boolean isOk) {
        /** Returns whether only the lateness of the client has missed the threshold. */
        public boolean isLateness() {
            return !isOk
                    && raw.isPresent()
                    && !threshold.operator.holds(raw.get().compareTo(threshold.limit));
        }
    }

    /**
     * Parses an expression; blanks between its parts are ignored.
     *
     * @throws IllegalArgumentException if the expression is not valid
     */
    public static Threshold parse(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) != '<' && text.charAt(at) != '>') {
            at++;
        }
        if (at == text.length()) {
            throw refusal("have one of the operators >, >=, <, <=", text);
        }
        Metric metric = metric(text.substring(0, at).strip(), text);
        Operator operator = operator(text, at);
        String value = text.substring(at + operator.sign.length()).strip();
        String number = value.substring(0, digits(value));
        String suffix = value.substring(number.length()).strip();
        Optional<BigDecimal> limit = limit(metric.unit(), number, suffix);
        if (limit.isEmpty()) {
            throw refusal("compare " + metric.label() + " with " + limits(metric.unit()), text);
        }
        String expression = metric.label() + operator.sign + number + suffix;
        return new Threshold(metric, operator, limit.get(), expression);
    }

    /**
     * Requires that a run, with or without a load, measures the figure.
     *
     * @throws IllegalArgumentException if it does not
     */
    public void requireMeasured(RunConfig run, boolean hasLoad) {
        if (!metric.isMeasured(run, hasLoad)) {
            throw new IllegalArgumentException(
                    "--fail-if "
                            + metric.label()
                            + (metric.kind() == Metric.Kind.DIFFERENCE
                                    ? " requires --load"
                                    : " cannot be used with this service, which does not measure"
                                            + " it")
                            + ": "
                            + expression);
        }
    }

    private static Metric metric(String name, String text) {
        Optional<Metric> metric = Metric.of(name);
        if (metric.isEmpty()) {
            throw refusal(
                    "compare " + Metric.NAMES, text + Suggestions.question(name, Metric.names()));
        }
        return metric.get();
    }

    private static Operator operator(String text, int at) {
        boolean orEqual = text.startsWith("=", at + 1);
        if (text.charAt(at) == '>') {
            return orEqual ? Operator.AT_LEAST : Operator.ABOVE;
        }
        return orEqual ? Operator.AT_MOST : Operator.BELOW;
    }

    /** Returns the limit in a metric's unit, or empty if it is invalid or too large. */
    private static Optional<BigDecimal> limit(Unit unit, String number, String suffix) {
        long factor = factor(unit, suffix);
        boolean isFraction = number.indexOf('.') >= 0;
        if (number.isEmpty() || factor == 0 || unit == Unit.COUNT && isFraction) {
            return Optional.empty();
        }
        BigDecimal limit = new BigDecimal(number).multiply(BigDecimal.valueOf(factor));
        BigDecimal max = unit == Unit.SHARE ? MAX_PERCENT : MAX_NUMBER;
        return limit.compareTo(max) <= 0 ? Optional.of(limit) : Optional.empty();
    }

    /** Returns the factor of a suffix, or 0 if the unit does not have this suffix. */
    private static long factor(Unit unit, String suffix) {
        return switch (unit) {
            case COUNT -> suffix.isEmpty() ? 1 : 0;
            case SHARE -> suffix.equals("%") ? 1 : 0;
            case RATE -> RateParser.factor(suffix);
            case TIME -> suffix.equals("ns") ? 1 : Durations.unitNanos(suffix);
        };
    }

    private static String limits(Unit unit) {
        return switch (unit) {
            case COUNT -> "a number from 0 to 2^63-1";
            case RATE -> "a rate in bit/s, such as 500k, 900M or 1.5G";
            case SHARE -> "a share from 0% to 100%, such as 1% or 0.5%";
            case TIME ->
                    "a time of at most 292 years in ns, us, ms, s, m or h, such as 20ms or"
                            + " 0.5ms";
        };
    }

    /** Returns the length of the decimal number at the beginning of a text. */
    private static int digits(String text) {
        int whole = wholeDigits(text, 0);
        if (whole == 0 || !text.startsWith(".", whole)) {
            return whole;
        }
        int decimals = wholeDigits(text, whole + 1);
        return decimals == 0 ? 0 : whole + 1 + decimals;
    }

    private static int wholeDigits(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end - start;
    }

    private static IllegalArgumentException refusal(String rule, String text) {
        return new IllegalArgumentException("--fail-if must " + rule + ": " + text);
    }

    /** Evaluates the condition; without a figure, the threshold fails. */
    public Verdict verdict(RunResult result) {
        Optional<Figure> figure = metric.figure(result);
        if (figure.isEmpty()) {
            return new Verdict(this, Optional.empty(), Optional.empty(), false);
        }
        boolean isOk = !operator.holds(figure.get().compareTo(limit));
        Optional<BigDecimal> raw = metric.rawFigure(result).map(this::rounded);
        return new Verdict(this, Optional.of(rounded(figure.get())), raw, isOk);
    }

    private BigDecimal rounded(Figure figure) {
        return figure.rounded(metric.unit() == Unit.SHARE ? Metric.SHARE_DECIMALS : 0);
    }
}
