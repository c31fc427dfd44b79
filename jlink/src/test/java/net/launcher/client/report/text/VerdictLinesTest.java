package net.launcher.client.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.launcher.client.metric.Threshold;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.client.report.Results;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class VerdictLinesTest {
    @Test
    void lineHasResultExpressionAndFigure() {
        Results results = Results.of(997, 3);
        results.time = Results.times(-1, -1, -1, -1, 31_200_000, -1, 1_240_000, -1, -1);
        List<Verdict> verdicts =
                Stream.of("p99>20ms", "max > 20ms", "loss>0.25%", "ok<1000", "failed>3", "p999>1s")
                        .map(text -> Threshold.parse(text).verdict(results.result()))
                        .toList();
        assertEquals(
                """
                FAIL p99>20ms: 31.2 ms
                ok   max>20ms: 1.24 ms
                FAIL loss>0.25%: 0.3 %
                FAIL ok<1000: 997
                ok   failed>3: 3
                FAIL p999>1s: not enough data\
                """,
                String.join("\n", VerdictLines.of(verdicts)));
    }

    @Test
    void lineStatesThatOnlyLatenessHasMissedTheThreshold() {
        Results results = Results.of(1000, 0);
        results.time = Results.times(-1, -1, -1, -1, 31_200_000, -1, 31_200_000, -1, -1);
        results.rawTime =
                Optional.of(Results.times(-1, -1, -1, -1, 1_240_000, -1, 25_000_000, -1, -1));
        results.rawHistogram = Optional.of(results.histogram);
        List<Verdict> verdicts =
                Stream.of("p99>20ms", "max>20ms", "p99>40ms")
                        .map(text -> Threshold.parse(text).verdict(results.result()))
                        .toList();
        assertEquals(
                """
                FAIL p99>20ms: 31.2 ms, but 1.24 ms without the lateness of the client
                FAIL max>20ms: 31.2 ms
                ok   p99>40ms: 31.2 ms\
                """,
                String.join("\n", VerdictLines.of(verdicts)));
    }
}
