package net.launcher.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.launcher.client.report.Threshold.Verdict;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

class VerdictLinesTest {
    @Test
    void eachHasItsFigureInItsUnit() {
        Results results = Results.of(997, 3);
        results.time = Results.times(-1, -1, -1, -1, 31_200_000, -1, 1_240_000, -1, -1);
        List<Verdict> verdicts =
                Stream.of("p99>20ms", "max > 20ms", "loss>0.25%", "ok<1000", "failed>3", "p999>1s")
                        .map(text -> Threshold.parse(text).verdict(results.result()))
                        .toList();
        assertEquals(
                """
                threshold   p99>20ms    MISSED  (31.2 ms)
                threshold   max>20ms    ok      (1.24 ms)
                threshold   loss>0.25%  MISSED  (0.3 %)
                threshold   ok<1000     MISSED  (997)
                threshold   failed>3    ok      (3)
                threshold   p999>1s     MISSED  (too few exchanges to tell)\
                """,
                String.join("\n", VerdictLines.of(verdicts)));
    }
}
