package net.launcher.output;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

/** Formats bytes and bit rates with decimal prefixes and three significant digits. */
public final class SiUnits {
    private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E"};
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final BigDecimal BITS_PER_BYTE = BigDecimal.valueOf(8);
    private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000_000);

    private SiUnits() {}

    /** Returns a size, for example {@code 4.61 GB}. */
    public static String bytes(long bytes) {
        return text(BigDecimal.valueOf(bytes), "B");
    }

    /** Returns a bit rate, for example {@code 36.9 Gbit/s}, or {@code -} for no duration. */
    public static String bitRate(long bytes, Duration duration) {
        return duration.isPositive() ? bitRate(bitsPerSecond(bytes, duration)) : "-";
    }

    public static String bitRate(BigDecimal bitsPerSecond) {
        return text(bitsPerSecond, "bit/s");
    }

    /** Returns a bit rate with all its digits, for example {@code 1.2345 Mbit/s}. */
    public static String exactBitRate(long bitsPerSecond) {
        BigDecimal rate = BigDecimal.valueOf(bitsPerSecond);
        int power = 0;
        while (rate.compareTo(THOUSAND) >= 0) {
            rate = rate.movePointLeft(3);
            power++;
        }
        BigDecimal digits = rate.stripTrailingZeros();
        return digits.setScale(Math.max(digits.scale(), 0)).toPlainString()
                + " "
                + PREFIXES[power]
                + "bit/s";
    }

    public static BigDecimal bits(long bytes) {
        return BigDecimal.valueOf(bytes).multiply(BITS_PER_BYTE);
    }

    /** Returns bits per second, rounded, for a positive duration. */
    public static BigDecimal bitsPerSecond(long bytes, Duration duration) {
        return bits(bytes)
                .multiply(SECOND)
                .divide(BigDecimal.valueOf(duration.toNanos()), 0, RoundingMode.HALF_UP);
    }

    private static String text(BigDecimal amount, String unit) {
        BigDecimal rounded = amount.round(THREE_DIGITS);
        int power = 0;
        while (rounded.compareTo(THOUSAND) >= 0 && power < PREFIXES.length - 1) {
            rounded = rounded.movePointLeft(3);
            power++;
        }
        int decimals = power == 0 ? 0 : Math.max(3 - integers(rounded), 0);
        return rounded.setScale(decimals, RoundingMode.HALF_UP).toPlainString()
                + " "
                + PREFIXES[power]
                + unit;
    }

    private static int integers(BigDecimal number) {
        return number.precision() - number.scale();
    }
}
