package net.launcher.command.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/** Parses and formats durations. */
public final class Durations {
    /** No limit, as an option's value. */
    public static final String NONE = "none";

    private Durations() {}

    /**
     * Parses the value of an option as a duration above zero.
     *
     * @param option for the message, such as {@code --timeout}
     * @param text ASCII digits, with or without a fraction, and {@code us}, {@code ms}, {@code s},
     *     {@code m}, {@code h} or nothing for seconds; a fraction of a nanosecond is rounded up
     * @throws IllegalArgumentException if the text is anything else, zero, or too long
     */
    public static Duration parse(String option, String text) {
        return aboveZero(option, text, "");
    }

    /**
     * Parses the value of an option as a duration that may be zero.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Duration parseOrZero(String option, String text) {
        return Duration.ofNanos(nanos(option, text, ""));
    }

    /**
     * Parses the value of an option as a duration above zero; returns zero for {@value #NONE}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Duration parseOrNone(String option, String text) {
        return text.equals(NONE) ? Duration.ZERO : aboveZero(option, text, ", or " + NONE);
    }

    private static Duration aboveZero(String option, String text, String alternative) {
        long nanos = nanos(option, text, alternative);
        if (nanos == 0) {
            throw refusal(option, "above zero" + alternative, text);
        }
        return Duration.ofNanos(nanos);
    }

    private static long nanos(String option, String text, String alternative) {
        Optional<SuffixedNumber> number = SuffixedNumber.parse(text);
        long unitNanos = 0;
        if (number.isPresent()) {
            String suffix = number.get().suffix();
            unitNanos = suffix.isEmpty() ? unitNanos("s") : unitNanos(suffix);
        }
        if (unitNanos == 0) {
            throw refusal(
                    option,
                    "a time in us, ms, s, m or h, such as 20ms or 1.5s" + alternative,
                    text);
        }
        BigDecimal nanos = number.get().times(unitNanos).setScale(0, RoundingMode.CEILING);
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw refusal(option, "at most 292 years", text);
        }
        return nanos.longValueExact();
    }

    private static IllegalArgumentException refusal(String option, String rule, String text) {
        return new IllegalArgumentException(option + " must be " + rule + ": " + text);
    }

    /** Returns the nanoseconds of a unit, or 0 if it is unknown. */
    public static long unitNanos(String unit) {
        return switch (unit) {
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 0;
        };
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
