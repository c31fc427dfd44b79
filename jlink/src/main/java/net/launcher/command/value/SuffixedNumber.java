package net.launcher.command.value;

import java.math.BigDecimal;
import java.util.Optional;

/** A decimal number and the text after it, such as 1.5 and s. */
public record SuffixedNumber(BigDecimal number, String suffix) {
    /**
     * Returns the number that a text begins with, in ASCII digits with or without a fraction; empty
     * if there is none. A sign is not part of a number.
     */
    public static Optional<SuffixedNumber> parse(String text) {
        int end = CountParser.digits(text);
        if (text.startsWith(".", end)) {
            int decimals = CountParser.digits(text.substring(end + 1));
            end = decimals == 0 ? 0 : end + 1 + decimals;
        }
        if (end == 0) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(text.substring(0, end));
        return Optional.of(new SuffixedNumber(number, text.substring(end)));
    }

    /** Returns the number multiplied by the factor of its suffix. */
    BigDecimal times(long factor) {
        return number.multiply(BigDecimal.valueOf(factor));
    }

    /** Returns whether a number is whole. */
    static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }
}
