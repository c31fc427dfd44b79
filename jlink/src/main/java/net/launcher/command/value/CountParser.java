package net.launcher.command.value;

/** Parses counts. */
public final class CountParser {
    /** The largest {@code long}, in messages. */
    static final String MAX_LONG = "2^63-1";

    private CountParser() {}

    /**
     * Parses the value of an option as a number above zero.
     *
     * @param option for the message, such as {@code --count}
     * @param text ASCII digits
     * @param max the largest number allowed
     * @throws IllegalArgumentException if the text is anything else, or zero
     */
    public static long parse(String option, String text, long max) {
        return parse(option, text, 1, max);
    }

    /**
     * Parses the value of an option as a number.
     *
     * @param min the smallest number allowed, from 0
     * @throws IllegalArgumentException if the text is anything but ASCII digits, or out of range
     */
    public static long parse(String option, String text, long min, long max) {
        try {
            // Long.parseLong also accepts signs and non-ASCII digits.
            long number = isNumber(text) ? Long.parseLong(text) : -1;
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException expected) {
            // Too many digits: rejected below.
        }
        String bound = max == Long.MAX_VALUE ? MAX_LONG : Long.toString(max);
        throw new IllegalArgumentException(
                option + " must be a number from " + min + " to " + bound + ": " + text);
    }

    /** Returns whether a text consists only of ASCII digits. */
    public static boolean isNumber(String text) {
        return !text.isEmpty() && digits(text) == text.length();
    }

    /** Returns the number of ASCII digits at the start of a text. */
    static int digits(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        return digits;
    }
}
