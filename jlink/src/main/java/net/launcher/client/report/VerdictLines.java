package net.launcher.client.report;

import net.launcher.client.report.Metric.Unit;
import net.launcher.client.report.Threshold.Verdict;
import net.launcher.command.Durations;
import net.launcher.output.SiUnits;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Text lines on the results of thresholds, in columns. */
public final class VerdictLines {
    private static final String OK = "ok";
    private static final String MISSED = "MISSED";

    private VerdictLines() {}

    static List<String> of(List<Verdict> verdicts) {
        int width = 0;
        for (Verdict verdict : verdicts) {
            width = Math.max(width, verdict.threshold().expression().length());
        }
        List<String> lines = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            String expression = verdict.threshold().expression();
            lines.add(
                    "threshold   "
                            + expression
                            + " ".repeat(width - expression.length() + 2)
                            + (verdict.isOk() ? OK + " ".repeat(MISSED.length() - 2) : MISSED)
                            + "  ("
                            + actual(verdict)
                            + ")");
        }
        return lines;
    }

    /** Returns the figure compared with a threshold, or why there is none. */
    public static String actual(Verdict verdict) {
        Optional<BigDecimal> actual = verdict.actual();
        if (actual.isEmpty()) {
            return "too few exchanges to tell";
        }
        Unit unit = verdict.threshold().metric().unit();
        return switch (unit) {
            case COUNT -> actual.get().toPlainString();
            case RATE -> SiUnits.bitRate(actual.get());
            case SHARE -> Rates.percent(actual.get());
            case TIME -> Durations.precise(actual.get().longValueExact());
        };
    }
}
