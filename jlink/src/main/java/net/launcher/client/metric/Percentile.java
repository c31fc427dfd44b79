package net.launcher.client.metric;

import java.math.BigDecimal;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of percentiles from p1 to p99.999999999: p95, p99.9, and p999 for p99.9. */
final class Percentile {
    private static final Pattern NAME =
            Pattern.compile("p([1-9][0-9]?)(?:[.]([0-9]{1,9}))?|p(99)(9{1,9})");

    private Percentile() {}

    /** Returns the fraction of a percentile, such as 0.95; empty if the name is not one. */
    static OptionalDouble fraction(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return OptionalDouble.empty();
        }
        int first = matcher.group(1) == null ? 3 : 1;
        String decimals = matcher.group(first + 1);
        BigDecimal percent =
                new BigDecimal(matcher.group(first) + "." + (decimals == null ? "0" : decimals));
        return OptionalDouble.of(percent.movePointLeft(2).doubleValue());
    }
}
