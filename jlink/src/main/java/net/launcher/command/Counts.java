package net.launcher.command;

/** Numbers of things, as people write them. */
public final class Counts {
    private Counts() {}

    /**
     * Returns the number that an option's value is.
     *
     * @param option for the message, such as {@code --count}
     * @param text ASCII digits
     * @param max the largest number allowed
     * @throws IllegalArgumentException if the text is anything else, or zero
     */
    public static long parse(String option, String text, long max) {
        boolean isDigits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            long number = isDigits ? Long.parseLong(text) : 0;
            if (number > 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException expected) {
            // More digits than fit: below.
        }
        throw new IllegalArgumentException(
                option + " must be a number from 1 to " + max + ": " + text);
    }
}
