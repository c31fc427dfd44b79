package net.launcher.command.value;

import java.math.BigDecimal;
import java.util.Optional;

/** Numbers of bytes, as people write and read them. */
public final class ByteSize {
    /** Units of sizes as text, in ascending powers of 1024. */
    private static final String UNITS = "KMG";

    private static final int BITS_OF_UNIT = 10;

    private ByteSize() {}

    /**
     * Parses the value of an option as a size above zero.
     *
     * @param option for the message, such as {@code --receive-buffer}
     * @param text ASCII digits, with or without a fraction, and {@code K}, {@code M}, {@code G} or
     *     {@code KiB}, {@code MiB}, {@code GiB} (powers of 1024), {@code KB}, {@code MB}, {@code
     *     GB} (powers of 1000) or nothing
     * @param maxBytes the largest size allowed
     * @throws IllegalArgumentException if the text is anything else, or not a whole number of bytes
     */
    public static long parse(String option, String text, long maxBytes) {
        Optional<SuffixedNumber> number = SuffixedNumber.parse(text);
        long factor = number.isEmpty() ? 0 : factor(number.get().suffix());
        if (factor == 0) {
            throw refusal(
                    option, "in bytes, K, M or G (1024-based), or KB, MB or GB (1000-based)", text);
        }
        BigDecimal bytes = number.get().times(factor);
        if (bytes.compareTo(BigDecimal.ONE) < 0
                || bytes.compareTo(BigDecimal.valueOf(maxBytes)) > 0) {
            String max = maxBytes == Long.MAX_VALUE ? CountParser.MAX_LONG : text(maxBytes);
            throw refusal(option, "a size from 1 to " + max + ", such as 64K or 1M", text);
        }
        if (!SuffixedNumber.isWhole(bytes)) {
            throw refusal(option, "a whole number of bytes", text);
        }
        return bytes.longValueExact();
    }

    private static IllegalArgumentException refusal(String option, String rule, String text) {
        return new IllegalArgumentException(option + " must be " + rule + ": " + text);
    }

    /** Returns the bytes of a unit, or 0 if it is unknown; an empty text is bytes. */
    public static long factor(String unit) {
        return switch (unit) {
            case "" -> 1;
            case "K", "KiB" -> 1L << BITS_OF_UNIT;
            case "M", "MiB" -> 1L << 2 * BITS_OF_UNIT;
            case "G", "GiB" -> 1L << 3 * BITS_OF_UNIT;
            case "KB" -> 1_000;
            case "MB" -> 1_000_000;
            case "GB" -> 1_000_000_000;
            default -> 0;
        };
    }

    /** Formats a size in the largest unit in which it is a whole number. */
    public static String text(long bytes) {
        long number = bytes;
        int units = 0;
        while (units < UNITS.length() && number > 0 && (number & (1L << BITS_OF_UNIT) - 1) == 0) {
            number >>= BITS_OF_UNIT;
            units++;
        }
        return number + (units == 0 ? "" : UNITS.substring(units - 1, units));
    }
}
