package net.launcher.command;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Durations as people write and read them. */
public final class Durations {
    /** No limit, as an option's value. */
    public static final String NONE = "none";

    private Durations() {}

    /**
     * Returns the duration above zero that an option's value names.
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
     * Returns the duration that an option's value names, which may be zero.
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
     * Returns the duration above zero that an option's value names, or zero for {@value #NONE}.
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

    /** Returns nanoseconds, or -1 if the text is no time, or more than they can count. */
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

    /** Returns a measured time to three digits: in milliseconds below a second, else as text. */
    public static String precise(long nanos) {
        return nanos < 999_500_000 ? millis(nanos) + " ms" : text(Duration.ofNanos(nanos));
    }

    /** Returns milliseconds to three digits, to tenths of a microsecond at most. */
    public static String millis(long nanos) {
        int digits = nanos < 99_950 ? 4 : nanos < 999_500 ? 3 : nanos < 9_995_000 ? 2 : 1;
        return rounded(nanos, 6, nanos < 99_950_000 ? digits : 0).toPlainString();
    }

    /** Returns a duration with a unit that suits it once it is rounded, to three digits or so. */
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

    /** Not the formatter, which takes as long to get ready as all the rest of a client. */
    private static BigDecimal rounded(long value, int scale, int digits) {
        return BigDecimal.valueOf(value, scale).setScale(digits, RoundingMode.HALF_UP);
    }
}
