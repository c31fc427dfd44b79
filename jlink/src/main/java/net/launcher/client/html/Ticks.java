package net.launcher.client.html;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Where an axis has a mark: at round numbers, 1, 2 or 5 with zeros. */
final class Ticks {
    /** A mark, with the number as it is written. */
    record Tick(double value, String label) {}

    private static final int[] ROUND = {1, 2, 5};

    /** On a logarithmic axis of more powers of ten than this, only these have a mark. */
    private static final double MAX_DENSE_DECADES = 2.3;

    private Ticks() {}

    /** Returns the shortest round distance with which a span has at most so many marks. */
    static BigDecimal step(double span, int most) {
        int exponent = exponent(span / most);
        while (true) {
            for (int digit : ROUND) {
                BigDecimal step = BigDecimal.valueOf(digit, -exponent);
                if (span / step.doubleValue() <= most) {
                    return step;
                }
            }
            exponent++;
        }
    }

    /** Returns the marks of an axis, from its lower end to its upper one. */
    static List<Tick> linear(double lower, double upper, int most) {
        BigDecimal step = step(upper - lower, most);
        List<Tick> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(lower / step.doubleValue()); ; i++) {
            BigDecimal value = step.multiply(BigDecimal.valueOf(i));
            if (value.doubleValue() > upper) {
                return ticks;
            }
            ticks.add(tick(value));
        }
    }

    /** Returns the marks of a logarithmic axis. */
    static List<Tick> log(double lower, double upper) {
        int every = Math.log10(upper / lower) > MAX_DENSE_DECADES ? ROUND.length : 1;
        List<Tick> ticks = new ArrayList<>();
        for (int exponent = exponent(lower); ; exponent++) {
            for (int i = 0; i < ROUND.length; i += every) {
                BigDecimal value = BigDecimal.valueOf(ROUND[i], -exponent);
                if (value.doubleValue() > upper) {
                    return ticks;
                }
                if (value.doubleValue() >= lower) {
                    ticks.add(tick(value));
                }
            }
        }
    }

    /** Returns the highest round number up to a number above zero. */
    static double below(double number) {
        int exponent = exponent(number);
        double below = Math.pow(10, exponent);
        for (int digit : ROUND) {
            double round = BigDecimal.valueOf(digit, -exponent).doubleValue();
            below = round <= number ? round : below;
        }
        return below;
    }

    /** Returns the lowest round number from a number above zero on. */
    static double above(double number) {
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
