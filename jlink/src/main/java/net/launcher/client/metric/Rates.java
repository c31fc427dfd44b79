package net.launcher.client.metric;

import net.client.run.RunResult;
import net.launcher.client.metric.Metric.Figure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/** Formats shares and rates to three digits. */
public final class Rates {
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
    private static final MathContext THREE_DIGITS_DOWN = new MathContext(3, RoundingMode.DOWN);

    /** More digits than counts have, so that only a loss of all exchanges is 100 %. */
    private static final MathContext PRECISE = new MathContext(34, RoundingMode.DOWN);

    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000_000);
    private static final int INTEGER_FROM = 100;

    private Rates() {}

    /** Returns the percentage of exchanges that failed, or {@code -} without an exchange. */
    public static String loss(RunResult result) {
        return result.isLossKnown()
                ? loss(result.ok(), result.failed(), DerivedMetrics.losses(result))
                : "-";
    }

    /** Returns the percentage of exchanges that were lost, or {@code -} without an exchange. */
    public static String loss(long ok, long failed, long lost) {
        Optional<Figure> loss = Metric.loss(ok, failed, lost);
        if (loss.isEmpty()) {
            return "-";
        }
        return percent(loss.get().numerator().divide(loss.get().denominator(), PRECISE));
    }

    /** Returns a percentage rounded to three digits; only a loss of all is {@code 100 %}. */
    public static String percent(BigDecimal percent) {
        boolean isPart = percent.compareTo(ALL) < 0;
        BigDecimal rounded = percent.round(THREE_DIGITS);
        boolean isRoundedToAll = isPart && rounded.compareTo(ALL) >= 0;
        return plain(isRoundedToAll ? percent.round(THREE_DIGITS_DOWN) : rounded) + " %";
    }

    /** Returns a rate such as {@code 100/s}, or {@code -} for no duration. */
    public static String perSecond(long count, Duration duration) {
        if (!duration.isPositive()) {
            return "-";
        }
        BigDecimal nanos = BigDecimal.valueOf(duration.toNanos());
        BigDecimal rate =
                BigDecimal.valueOf(count).multiply(SECOND).divide(nanos, 2, RoundingMode.HALF_UP);
        boolean isLarge = rate.compareTo(BigDecimal.valueOf(INTEGER_FROM)) >= 0;
        return plain(rate.setScale(isLarge ? 0 : 1, RoundingMode.HALF_UP)) + "/s";
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
