package net.launcher.command;

/** Numbers of bytes, as people write and read them. */
public final class ByteSize {
    /** Suffixes of sizes: 1024 to the power of their place, from 1. */
    private static final String UNITS = "KMG";

    private static final int BITS_OF_UNIT = 10;

    private ByteSize() {}

    /**
     * Returns the bytes, above zero, that an option's value names.
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

    /** Returns -1 if the text is no size, or more than can be counted. */
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

    /** Returns a size in the largest unit that it is a whole number of. */
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
