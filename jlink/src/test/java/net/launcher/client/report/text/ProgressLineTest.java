package net.launcher.client.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.run.RunConfig;
import net.launcher.client.report.Exchanges;
import net.launcher.client.report.Results;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

class ProgressLineTest {
    private static final String ERASE = "\r\u001b[K";

    /** A run without an end, to example.org:9000. */
    private static final RunConfig ENDLESS =
            Exchanges.many(Transport.UDP, Service.ECHO).endless().build();

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private String text() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private ProgressLine progress(RunConfig run, int columns) {
        return new ProgressLine(
                run, 1, false, columns, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static RunConfig lasting(Duration duration) {
        return Exchanges.single(Transport.UDP, Service.ECHO).toBuilder().duration(duration).build();
    }

    private static Results interval(long ok, long failed) {
        Results results = Results.of(ok, failed);
        results.duration = Duration.ofSeconds(1);
        return results;
    }

    /** Returns what the terminal receives for a line. */
    private static String drawn(String line) {
        return ERASE + "\u001b[?7l" + line + "\u001b[?7h";
    }

    @Test
    void hasTotalLossAndRatesOfTheLastSecond() {
        ProgressLine progress = progress(lasting(Duration.ofSeconds(10)), 81);
        progress.show(interval(70, 30).result());
        err.reset();
        Results results = interval(90, 10);
        results.time = Results.TIMES;
        progress.show(results.result());
        assertEquals(
                drawn(
                        "2 s, 8 s left, loss 20 %, example.org:9000; now 90/s, p50 0.0398 ms,"
                                + " p99 1.24 ms"),
                text());
    }

    @ParameterizedTest
    @CsvSource({
        "80, '3 s, loss 0 %, example.org:9000; now 50/s, p50 0.0398 ms, p99 1.24 ms'",
        "66, '3 s, loss 0 %, example.org:9000; now 50/s, p50 0.0398 ms'",
        "52, '3 s, loss 0 %, example.org:9000; now 50/s'",
        "37, '3 s, loss 0 %, example.org:9000'",
        "31, '3 s, loss 0 %; now 50/s'",
        "25, '3 s, loss 0 %; now 50/s'",
        "23, '3 s, loss 0 %'",
        "1, '3 s'"
    })
    void hasOnlyWhatLeavesTheLastColumnFree(int columns, String expected) {
        Results results = Results.of(150, 0);
        results.duration = Duration.ofSeconds(3);
        results.time = Results.TIMES;
        progress(ENDLESS, columns).show(results.result());
        assertEquals(drawn(expected), text());
        assertTrue(expected.length() < columns || columns == 1);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 9, '1 s, 9 s left'",
        "59.4, 60, '59 s, 1:00 left'",
        "60, 3599, '1:00, 59:59 left'",
        "3661, 86400, '1:01:01, 24:00:00 left'"
    })
    void timesHaveSecondsMinutesAndHours(double elapsed, long left, String expected) {
        Results results = Results.of(1, 0);
        results.duration = Duration.ofMillis((long) (elapsed * 1000));
        Duration whole = results.duration.plusSeconds(left);
        progress(lasting(whole), 30).show(results.result());
        assertTrue(text().contains(expected), this::text);
    }

    /** 100 of 1000 exchanges take one second; the duration may end the run before. */
    @ParameterizedTest
    @CsvSource({", 9", "60, 9", "5, 4"})
    void remainingTimeOfACountIsEstimated(Integer seconds, int left) {
        RunConfig.Builder run = Exchanges.many(Transport.UDP, Service.ECHO);
        if (seconds != null) {
            run.duration(Duration.ofSeconds(seconds));
        }
        progress(run.build(), 80).show(interval(90, 10).result());
        assertTrue(text().contains("1 s, " + left + " s left, loss 10 %"), this::text);
    }

    @Test
    void unknownLossIsAbsent() {
        Results results = interval(100, 0);
        results.isLossKnown = false;
        progress(ENDLESS, 80).show(results.result());
        assertEquals(drawn("1 s, example.org:9000; now 100/s"), text());
    }

    @Test
    void phasesOfALoadHaveTheirOwnTotals() {
        PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);
        ProgressLine progress = new ProgressLine(ENDLESS, 1, true, 80, print);
        progress.show(interval(9, 1).result());
        progress.beginLoad();
        Results bulk = interval(0, 0);
        bulk.bytesSent = 125_000_000;
        progress.setLoad(Exchanges.single(Transport.TCP, Service.DISCARD), bulk.result());
        progress.show(interval(20, 0).result());
        assertEquals(
                drawn("idle: 1 s, loss 10 %, example.org:9000; now 9/s")
                        + drawn(
                                "loaded: 1 s, loss 0 %, load up 1.00 Gbit/s, example.org:9000; now"
                                        + " 20/s"),
                text());
        assertEquals("loaded: ", progress.phase());
    }

    @Test
    void otherLinesAppearAboveIt() {
        ProgressLine progress = progress(ENDLESS, 16);
        PrintStream above = progress.above();
        above.print("one\n");
        progress.show(interval(1, 0).result());
        above.print("tw");
        above.print("o\nthree\n");
        String line = drawn("1 s, loss 0 %");
        assertEquals("one\n" + line + ERASE + "two\n" + line + ERASE + "three\n" + line, text());
        err.reset();
        progress.clear();
        progress.clear();
        above.print("four\n");
        assertEquals(ERASE + "four\n", text());
    }
}
