package net.launcher.client.html.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Ticks of an axis, at 1, 2 or 5 times a power of ten. */
final class Ticks {
    /** A tick with its label, which may be empty. */
    record Tick(double value, String label) {}

    private static final int[] ROUND = {1, 2, 5};

    /** Ticks on a logarithmic axis above which only powers of ten have labels. */
    private static final int MAX_LABELS = 11;

    private Ticks() {}

    /** Returns the smallest round step that divides a span into at most {@code maxParts} parts. */
    static BigDecimal step(double span, int maxParts) {
        int exponent = exponent(span / maxParts);
        while (true) {
            for (int digit : ROUND) {
                BigDecimal step = BigDecimal.valueOf(digit, -exponent);
                if (span / step.doubleValue() <= maxParts) {
                    return step;
                }
            }
            exponent++;
        }
    }

    /** Returns the ticks of a linear axis, in ascending order. */
    static List<Tick> linear(double lower, double upper, int maxParts) {
        BigDecimal step = step(upper - lower, maxParts);
        List<Tick> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(lower / step.doubleValue()); ; i++) {
            BigDecimal value = step.multiply(BigDecimal.valueOf(i));
            if (value.doubleValue() > upper) {
                return ticks;
            }
            ticks.add(tick(value));
        }
    }

    /** Returns the ticks of a logarithmic axis; if there are many, not all have a label. */
    static List<Tick> log(double lower, double upper) {
        List<Tick> ticks = new ArrayList<>();
        List<Tick> powers = new ArrayList<>();
        for (int exponent = exponent(lower); ; exponent++) {
            for (int digit : ROUND) {
                BigDecimal value = BigDecimal.valueOf(digit, -exponent);
                if (value.doubleValue() > upper) {
                    return ticks.size() > MAX_LABELS ? powers : ticks;
                }
                if (value.doubleValue() >= lower) {
                    ticks.add(tick(value));
                    powers.add(digit == 1 ? tick(value) : new Tick(value.doubleValue(), ""));
                }
            }
        }
    }

    /** Returns the largest round number not above a positive number. */
    static double roundDown(double number) {
        int exponent = exponent(number);
        double result = Math.pow(10, exponent);
        for (int digit : ROUND) {
            double round = BigDecimal.valueOf(digit, -exponent).doubleValue();
            result = round <= number ? round : result;
        }
        return result;
    }

    /** Returns the smallest round number not below a positive number. */
    static double roundUp(double number) {
        for (int exponent = exponent(number); ; exponent++) {
            for (int digit : ROUND) {
                double round = BigDecimal.valueOf(digit, -exponent).doubleValue();
                if (round >= number) {
                    return round;
                }
            }
        }
    }

    private static int exponent(double number) {
        return (int) Math.floor(Math.log10(number));
    }

    private static Tick tick(BigDecimal value) {
        boolean isZero = value.signum() == 0;
        return new Tick(
                value.doubleValue(), isZero ? "0" : value.stripTrailingZeros().toPlainString());
    }
}
