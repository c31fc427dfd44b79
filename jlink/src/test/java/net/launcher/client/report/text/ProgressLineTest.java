package net.launcher.client.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.launcher.client.report.Results;
import net.launcher.output.CapturedOutput;

import org.junit.jupiter.api.Test;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

class ProgressLineTest {
    private final CapturedOutput err = new CapturedOutput();
    private final ProgressLine progress =
            new ProgressLine(new PrintStream(err, true, StandardCharsets.UTF_8));

    private static Results interval(long ok, long failed) {
        Results results = Results.of(ok, failed);
        results.duration = Duration.ofSeconds(1);
        return results;
    }

    @Test
    void hasTotalCountsAndTimesOfTheLastSecond() {
        Results results = interval(49_970, 1);
        results.time = Results.TIMES;
        progress.show(results.result());
        assertEquals(
                "\r49970 ok, 1 failed; last second 49970/s, p50 0.0398 ms, p99 1.24 ms",
                err.text());
    }

    @Test
    void overwritesThePreviousLine() {
        progress.show(interval(1000, 0).result());
        progress.show(interval(5, 7).result());
        progress.clear();
        progress.clear();
        String first = "1000 ok, 0 failed; last second 1000/s";
        String second = "1005 ok, 7 failed; last second 5/s";
        assertEquals(
                "\r" + first + "\r" + second + "   \r" + " ".repeat(second.length()) + "\r",
                err.text());
    }

    @Test
    void fits80Columns() {
        Results results = interval(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2);
        results.time = Results.TIMES;
        progress.show(results.result());
        assertEquals(1 + 79, err.text().length(), err::text);
    }

    @Test
    void clearWithoutALineWritesNothing() {
        progress.clear();
        assertEquals("", err.text());
    }
}
