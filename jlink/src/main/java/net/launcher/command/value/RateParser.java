package net.launcher.command.value;

import java.math.BigDecimal;
import java.util.Optional;

/** Parser of rates per second. */
public final class RateParser {
    private RateParser() {}

    /**
     * Returns the rate, at least 1, that an option's value names.
     *
     * @param option for the message, such as {@code --rate}
     * @param text ASCII digits, with or without a fraction, and {@code k}, {@code M}, {@code G}
     *     (powers of 1000) or nothing
     * @param max the largest rate allowed
     * @throws IllegalArgumentException if the text is anything else, or not a whole number
     */
    public static long parse(String option, String text, long max) {
        return parse(option, text, max, "");
    }

    /**
     * Returns the rate of an option that also has a value of another kind.
     *
     * @param alternative the other value, for the message, such as {@code ", or max"}
     * @throws IllegalArgumentException if the text is not a rate
     */
    public static long parse(String option, String text, long max, String alternative) {
        Optional<SuffixedNumber> number = SuffixedNumber.parse(text);
        long factor = number.isEmpty() ? 0 : factor(number.get().suffix());
        if (factor == 0) {
            throw refusal(option, "a rate such as 100, 1k or 2.5M" + alternative, text);
        }
        BigDecimal rate = number.get().times(factor);
        if (rate.compareTo(BigDecimal.ONE) < 0 || rate.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw refusal(option, "a rate from 1 to " + max + " per second", text);
        }
        if (!SuffixedNumber.isWhole(rate)) {
            throw refusal(option, "a whole number per second", text);
        }
        return rate.longValueExact();
    }

    private static IllegalArgumentException refusal(String option, String rule, String text) {
        return new IllegalArgumentException(option + " must be " + rule + ": " + text);
    }

    /** Returns the factor of a suffix, or 0 if it is unknown. */
    public static long factor(String suffix) {
        return switch (suffix) {
            case "" -> 1;
            case "k" -> 1_000;
            case "M" -> 1_000_000;
            case "G" -> 1_000_000_000;
            default -> 0;
        };
    }
}
