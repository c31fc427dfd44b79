package net.launcher.command;

/** Parses and formats sizes in bytes. */
public final class ByteSize {
    /** Suffixes of sizes, for ascending powers of 1024. */
    private static final String UNITS = "KMG";

    private static final int BITS_OF_UNIT = 10;

    private ByteSize() {}

    /**
     * Parses the value of an option as a size above zero.
     *
     * @param option for the message, such as {@code --receive-buffer}
     * @param text ASCII digits, and {@code K}, {@code M}, {@code G} (1024-based) or nothing
     * @param maxBytes the largest size allowed
     * @throws IllegalArgumentException if the text is anything else, or zero
     */
    public static long parse(String option, String text, long maxBytes) {
        long bytes = bytes(text);
        if (bytes > 0 && bytes <= maxBytes) {
            return bytes;
        }
        throw new IllegalArgumentException(
                option
                        + " must be a size from 1 to "
                        + text(maxBytes)
                        + ", such as 64K or 1M: "
                        + text);
    }

    /** Returns the bytes, or -1 if the text is not a size or overflows. */
    private static long bytes(String text) {
        int digits = CountParser.digits(text);
        int bits = digits == text.length() ? 0 : unitBits(text.substring(digits));
        try {
            long number = Long.parseLong(text, 0, digits, 10);
            return bits < 0 ? -1 : Math.multiplyExact(number, 1L << bits);
        } catch (NumberFormatException | ArithmeticException expected) {
            return -1;
        }
    }

    private static int unitBits(String unit) {
        int place = unit.length() == 1 ? UNITS.indexOf(unit.charAt(0)) : -1;
        return place < 0 ? -1 : BITS_OF_UNIT * (place + 1);
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
