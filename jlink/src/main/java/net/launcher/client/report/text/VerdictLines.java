package net.launcher.client.report.text;

import net.launcher.client.metric.Metric.Unit;
import net.launcher.client.metric.Rates;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.command.value.Durations;
import net.launcher.output.SiUnits;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Text lines on the results of thresholds. */
public final class VerdictLines {
    private VerdictLines() {}

    /** Returns a line for each threshold, such as {@code FAIL p99>1us: 1.13 ms}. */
    public static List<String> of(List<Verdict> verdicts) {
        List<String> lines = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            lines.add(
                    (verdict.isOk() ? "ok   " : "FAIL ")
                            + verdict.threshold().expression()
                            + ": "
                            + actual(verdict));
        }
        return lines;
    }

    /** Returns {@code ok} or {@code FAIL}. */
    public static String label(Verdict verdict) {
        return verdict.isOk() ? "ok" : "FAIL";
    }

    /** Returns the figure compared with a threshold, or a note that there is none. */
    public static String actual(Verdict verdict) {
        Optional<BigDecimal> actual = verdict.actual();
        if (actual.isEmpty()) {
            return "not enough data";
        }
        Unit unit = verdict.threshold().metric().unit();
        return switch (unit) {
            case COUNT -> actual.get().toPlainString();
            case RATE -> SiUnits.bitRate(actual.get());
            case SHARE -> Rates.percent(actual.get());
            case TIME -> time(actual.get()) + (verdict.isLateness() ? lateness(verdict) : "");
        };
    }

    /** Returns the figure without the lateness of the client, if it differs by definition. */
    public static Optional<String> raw(Verdict verdict) {
        return verdict.raw().map(VerdictLines::time);
    }

    private static String time(BigDecimal nanos) {
        return Durations.precise(nanos.longValueExact());
    }

    private static String lateness(Verdict verdict) {
        return ", but " + raw(verdict).orElseThrow() + " without the lateness of the client";
    }
}
