package net.launcher.command;

/** Numbers of things, as people write them. */
public final class CountParser {
    private CountParser() {}

    /**
     * Returns the number above zero that an option's value is.
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
     * Returns the number that an option's value is.
     *
     * @param min the smallest number allowed, from 0
     * @throws IllegalArgumentException if the text is anything but ASCII digits, or out of range
     */
    public static long parse(String option, String text, long min, long max) {
        try {
            // The JDK alone would let signs and other digits pass.
            long number = isNumber(text) ? Long.parseLong(text) : -1;
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException expected) {
            // More digits than fit: below.
        }
        throw new IllegalArgumentException(
                option + " must be a number from " + min + " to " + max + ": " + text);
    }

    /** Tells ASCII digits alone. */
    static boolean isNumber(String text) {
        return !text.isEmpty() && digits(text) == text.length();
    }

    /** Returns how many ASCII digits a text starts with. */
    static int digits(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        return digits;
    }
}
