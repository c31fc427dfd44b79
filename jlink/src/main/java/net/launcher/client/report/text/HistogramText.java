package net.launcher.client.report.text;

import net.client.measure.Histogram;
import net.client.measure.Histogram.Bucket;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Histogram of times as text: one bar per range. The ranges have round limits and are as narrow as
 * the rows allow up to the 99th percentile; the last one also holds all longer times.
 */
public final class HistogramText {
    /** Minimum number of times for a histogram. */
    static final int MIN_COUNT = 10;

    private static final int MAX_ROWS = 10;
    private static final int BAR_WIDTH = 32;
    private static final String LABEL = "histogram   ";

    /** Marks the last range, which has no upper limit. */
    private static final String AND_MORE = " and more";

    /** Decimals of a time in milliseconds. */
    private static final int NANO_DECIMALS = 6;

    /** Limits of ranges within a power of ten, in tenths. */
    private static final int[] ROUND = {10, 20, 50};

    private static final int[][] LADDERS = {
        {10, 12, 15, 20, 25, 30, 40, 50, 60, 80}, {10, 15, 20, 30, 50, 70}, ROUND, {10}
    };

    /** Ratio of longest to shortest time below which the limits are evenly spaced. */
    private static final int WIDE = 2;

    private static final long TENTHS = 10;

    private HistogramText() {}

    /** Returns the lines, or none for fewer than {@value #MIN_COUNT} times. */
    public static List<String> of(Histogram times, BarGlyphs glyphs) {
        if (times.count() < MIN_COUNT) {
            return List.of();
        }
        List<Long> limits = limits(times);
        long[] counts = new long[limits.size()];
        for (Bucket bucket : times.buckets()) {
            counts[indexOf(limits, bucket.lowest())] += bucket.count();
        }
        return lines(limits, counts, glyphs);
    }

    /** Returns the lower limit of each range, in nanoseconds. */
    private static List<Long> limits(Histogram times) {
        long lowest = times.min().orElseThrow();
        long highest = times.max().orElseThrow();
        long p99 = times.percentile(0.99).orElse(highest);
        if (p99 < WIDE * lowest) {
            return evenLimits(lowest, p99, highest);
        }
        List<Long> limits = List.of();
        for (int[] ladder : LADDERS) {
            limits = new ArrayList<>();
            for (long limit = 0; limit <= p99; limit = next(ladder, limit)) {
                if (next(ladder, limit) > lowest) {
                    limits.add(limit);
                }
            }
            addLast(limits, next(ladder, limits.getLast()), highest);
            if (limits.size() <= MAX_ROWS) {
                break;
            }
        }
        return limits.subList(0, Math.min(limits.size(), MAX_ROWS));
    }

    /** Returns evenly spaced limits; the step is 1, 2 or 5 times a power of ten. */
    private static List<Long> evenLimits(long lowest, long p99, long highest) {
        long step = 1;
        while (p99 / step - lowest / step >= MAX_ROWS - 1) {
            step = next(ROUND, step);
        }
        List<Long> limits = new ArrayList<>();
        for (long limit = lowest / step * step; limit <= p99; limit += step) {
            limits.add(limit);
        }
        addLast(limits, limits.getLast() + step, highest);
        return limits;
    }

    /** Adds a range for times above the last limit. */
    private static void addLast(List<Long> limits, long limit, long highest) {
        if (highest >= limit) {
            limits.add(limit);
        }
    }

    /** Returns the next limit above another one; the lowest is one nanosecond. */
    private static long next(int[] ladder, long limit) {
        for (long power = 1; ; power *= 10) {
            for (int digits : ladder) {
                long next = digits * power / TENTHS;
                if (next > limit) {
                    return next;
                }
            }
        }
    }

    private static int indexOf(List<Long> limits, long nanos) {
        int index = limits.size() - 1;
        while (index > 0 && nanos < limits.get(index)) {
            index--;
        }
        return index;
    }

    private static List<String> lines(List<Long> limits, long[] counts, BarGlyphs glyphs) {
        long max = 1;
        for (long count : counts) {
            max = Math.max(max, count);
        }
        int decimals = 0;
        for (long limit : limits) {
            decimals = Math.max(decimals, millis(limit).stripTrailingZeros().scale());
        }
        int width = millis(limits.getLast()).setScale(decimals).toPlainString().length();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            String label = i == 0 ? LABEL : " ".repeat(LABEL.length());
            String from = millis(limits.get(i)).setScale(decimals).toPlainString();
            boolean isLast = i == counts.length - 1;
            lines.add(
                    label
                            + "from "
                            + " ".repeat(width - from.length())
                            + from
                            + " ms"
                            + (isLast ? AND_MORE : " ".repeat(AND_MORE.length()))
                            + "  "
                            + glyphs.bar((double) counts[i] / max, BAR_WIDTH)
                            + (counts[i] > 0 ? " " : "")
                            + counts[i]);
        }
        return lines;
    }

    private static BigDecimal millis(long nanos) {
        return BigDecimal.valueOf(nanos, NANO_DECIMALS);
    }
}
