package net.launcher.command;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Parses and formats durations. */
public final class Durations {
    /** No limit, as an option's value. */
    public static final String NONE = "none";

    private Durations() {}

    /**
     * Parses the value of an option as a duration above zero.
     *
     * @param option for the message, such as {@code --timeout}
     * @param text ASCII digits, and {@code us}, {@code ms}, {@code s}, {@code m} or nothing for
     *     seconds
     * @throws IllegalArgumentException if the text is anything else, or zero
     */
    public static Duration parse(String option, String text) {
        long nanos = nanos(text);
        if (nanos > 0) {
            return Duration.ofNanos(nanos);
        }
        throw new IllegalArgumentException(
                option + " must be a time above zero such as 500us, 20ms, 2s or 1m: " + text);
    }

    /**
     * Parses the value of an option as a duration that may be zero.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Duration parseOrZero(String option, String text) {
        long nanos = nanos(text);
        if (nanos >= 0) {
            return Duration.ofNanos(nanos);
        }
        throw new IllegalArgumentException(
                option + " must be a time such as 0, 500us, 20ms, 2s or 1m: " + text);
    }

    /**
     * Parses the value of an option as a duration above zero; returns zero for {@value #NONE}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Duration parseOrNone(String option, String text) {
        if (text.equals(NONE)) {
            return Duration.ZERO;
        }
        long nanos = nanos(text);
        if (nanos > 0) {
            return Duration.ofNanos(nanos);
        }
        throw new IllegalArgumentException(
                option
                        + " must be a time above zero such as 500us, 20ms, 2s or 1m, or none: "
                        + text);
    }

    /** Returns the nanoseconds, or -1 if the text is not a duration or overflows. */
    private static long nanos(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        long unitNanos =
                switch (text.substring(digits)) {
                    case "us" -> 1_000L;
                    case "ms" -> 1_000_000L;
                    case "s", "" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    default -> 0;
                };
        try {
            long number = Long.parseLong(text.substring(0, digits));
            return unitNanos == 0 ? -1 : Math.multiplyExact(number, unitNanos);
        } catch (NumberFormatException | ArithmeticException expected) {
            return -1;
        }
    }

    /**
     * Formats a measured time to three digits: below a second in milliseconds, otherwise as {@link
     * #text}.
     */
    public static String precise(long nanos) {
        return nanos < 999_500_000 ? millis(nanos) + " ms" : text(Duration.ofNanos(nanos));
    }

    /** Formats milliseconds to three digits, with a resolution of at most 0.1 µs. */
    public static String millis(long nanos) {
        int digits = nanos < 99_950 ? 4 : nanos < 999_500 ? 3 : nanos < 9_995_000 ? 2 : 1;
        return rounded(nanos, 6, nanos < 99_950_000 ? digits : 0).toPlainString();
    }

    /** Formats a duration to about three digits, in a suitable unit. */
    public static String text(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos < 9_995_000) {
            return rounded(nanos, 6, 2) + " ms";
        }
        if (nanos < 999_950_000) {
            return rounded(nanos, 6, 1) + " ms";
        }
        if (nanos < 59_995_000_000L) {
            return rounded(nanos, 9, 2) + " s";
        }
        long seconds = rounded(nanos, 9, 0).longValueExact();
        return seconds / 60 + " min " + seconds % 60 + " s";
    }

    /** Avoids {@code String.format}, whose initialization takes as long as the rest of a client. */
    private static BigDecimal rounded(long value, int scale, int digits) {
        return BigDecimal.valueOf(value, scale).setScale(digits, RoundingMode.HALF_UP);
    }
}
