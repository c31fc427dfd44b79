package net.launcher.command.value;

import net.protocol.Protocol;

import java.util.Locale;

/** Parses code points of Differentiated Services (RFC 2474). */
public final class Dscp {
    /** Code point EF (RFC 3246). */
    private static final int EXPEDITED_FORWARDING = 46;

    /** Code point LE (RFC 8622). */
    private static final int LOWER_EFFORT = 1;

    private Dscp() {}

    /**
     * Parses the value of an option as a code point.
     *
     * @param option for the message, such as {@code --dscp}
     * @param text ASCII digits, or a name in letters of either case: {@code CS0} to {@code CS7},
     *     {@code AF11} to {@code AF43}, {@code EF}, {@code LE} (RFC 4594, RFC 8622)
     * @return from 0 to {@value Protocol#MAX_DSCP}, without the two bits that follow it in a header
     * @throws IllegalArgumentException if the text is anything else
     */
    public static int parse(String option, String text) {
        // Not upper case: the upper case of U+017F is an ASCII S.
        int named = named(text.toLowerCase(Locale.ROOT));
        if (named >= 0) {
            return named;
        }
        if (CountParser.isNumber(text)) {
            return (int) CountParser.parse(option, text, 0, Protocol.MAX_DSCP);
        }
        throw new IllegalArgumentException(
                option
                        + " must be a number from 0 to "
                        + Protocol.MAX_DSCP
                        + ", or CS0 to CS7, AF11 to AF43, EF or LE: "
                        + text);
    }

    private static int named(String name) {
        if (name.startsWith("cs") && name.length() == 3) {
            int selector = name.charAt(2) - '0';
            return selector >= 0 && selector <= 7 ? 8 * selector : -1;
        }
        if (name.startsWith("af") && name.length() == 4) {
            int group = name.charAt(2) - '0';
            int precedence = name.charAt(3) - '0';
            boolean isOne = group >= 1 && group <= 4 && precedence >= 1 && precedence <= 3;
            return isOne ? 8 * group + 2 * precedence : -1;
        }
        return switch (name) {
            case "ef" -> EXPEDITED_FORWARDING;
            case "le" -> LOWER_EFFORT;
            default -> -1;
        };
    }
}
