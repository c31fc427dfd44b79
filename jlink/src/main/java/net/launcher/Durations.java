package net.launcher;

import java.time.Duration;
import java.util.Locale;

/** Durations as people write and read them. */
final class Durations {
    private Durations() {}

    /**
     * Returns the duration that an option's value names.
     *
     * @param option for the message, such as {@code --timeout}
     * @param text ASCII digits, and {@code ms}, {@code s}, {@code m} or nothing for seconds
     * @throws IllegalArgumentException if the text is anything else, or zero
     */
    static Duration parse(String option, String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        long unitNanos =
                switch (text.substring(digits)) {
                    case "ms" -> 1_000_000L;
                    case "s", "" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    default -> 0;
                };
        try {
            long number = Long.parseLong(text.substring(0, digits));
            long nanos = Math.multiplyExact(number, unitNanos);
            if (nanos > 0) {
                return Duration.ofNanos(nanos);
            }
        } catch (NumberFormatException | ArithmeticException expected) {
            // No digits, or more than nanoseconds can count: below.
        }
        throw new IllegalArgumentException(
                option + " must be a time above zero such as 500ms, 2s or 1m: " + text);
    }

    /** Returns a duration with a unit that suits it once it is rounded, to three digits or so. */
    static String text(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        if (millis < 999.95) {
            return String.format(Locale.ROOT, millis < 9.995 ? "%.2f ms" : "%.1f ms", millis);
        }
        double seconds = millis / 1000;
        if (seconds < 59.995) {
            return String.format(Locale.ROOT, "%.2f s", seconds);
        }
        long wholeSeconds = Math.round(seconds);
        return wholeSeconds / 60 + " min " + wholeSeconds % 60 + " s";
    }
}
