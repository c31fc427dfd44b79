package net.launcher.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import net.launcher.Events;
import net.launcher.FailingOutput;
import net.launcher.command.Command;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Format;
import net.launcher.selftest.SelfTestReport.CheckException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** The report of {@code selftest} on successful, failed and skipped checks. */
class SelfTestReportTest {
    /** Checks to report. */
    @FunctionalInterface
    private interface Checks {
        void run(SelfTestReport report) throws IOException, InterruptedException;
    }

    private final CapturedOutput out = new CapturedOutput();
    private final CapturedOutput err = new CapturedOutput();

    private int report(OutputStream stream, String format, Checks checks) {
        return new Command("selftest", "Tries.")
                .complete(Format.values())
                .run(
                        invocation -> {
                            SelfTestReport report = SelfTestReport.start(invocation);
                            try {
                                checks.run(report);
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            return report.summary() ? 0 : 1;
                        },
                        stream,
                        new PrintStream(err, true),
                        "--format",
                        format);
    }

    private static void fail(SelfTestReport report, String message)
            throws IOException, InterruptedException {
        report.check(
                "TCP over IPv4, text",
                () -> {
                    throw new CheckException(message);
                });
    }

    private static void all(SelfTestReport report) throws IOException, InterruptedException {
        report.check("first", () -> Duration.ofNanos(1_234_567));
        fail(report, "client exited with 1:\nreset\u001b[2J");
        report.check("second", () -> Duration.ofMillis(50));
        report.skip("TCP over IPv6, json", "no IPv6");
    }

    @Test
    void textHasARowPerCheckAndTheCounts() {
        assertEquals(1, report(out, "text", SelfTestReportTest::all));
        List<String> lines = out.text().lines().toList();
        assertEquals(
                List.of(
                        "CHECK RESULT TIME",
                        "first ok 1.23 ms",
                        "TCP over IPv4, text failed: client exited with 1:\\x0Areset\\x1B[2J",
                        "second ok 50.0 ms",
                        "TCP over IPv6, json skipped: no IPv6"),
                lines.subList(0, 5).stream().map(line -> line.replaceAll(" +", " ")).toList());
        assertEquals(6, lines.size());
        assertTrue(
                lines.get(5).matches("2 ok, 1 failed, 1 skipped in \\d+\\.\\d\\d? m?s"), out::text);
        assertEquals(lines.get(0).indexOf("RESULT"), lines.get(1).indexOf("ok"), out::text);
        assertEquals(lines.get(0).length(), lines.get(1).length(), "TIME is not over a time");
        assertTrue(lines.stream().noneMatch(line -> line.endsWith(" ")), out::text);
        assertEquals("", err.text());
    }

    @Test
    void jsonHasAnEventPerCheckAndTheCounts() {
        assertEquals(1, report(out, "json", SelfTestReportTest::all));
        List<JsonNode> events = Events.parse(out.text());
        assertEquals(List.of("check", "check", "check", "check", "summary"), Events.names(events));
        JsonNode ok = events.get(0);
        assertEquals("first", ok.get("name").asText());
        assertEquals("ok", ok.get("result").asText());
        assertEquals(1_234_567, ok.get("time_ns").asInt());
        JsonNode failed = events.get(1);
        assertEquals("failed", failed.get("result").asText());
        assertEquals("client exited with 1:\nreset\u001b[2J", failed.get("detail").asText());
        assertTrue(failed.get("time_ns").isNull());
        JsonNode skipped = events.get(3);
        assertEquals("skipped", skipped.get("result").asText());
        assertEquals("no IPv6", skipped.get("detail").asText());
        JsonNode summary = events.get(4);
        assertEquals(2, summary.get("ok").asInt());
        assertEquals(1, summary.get("failed").asInt());
        assertEquals(1, summary.get("skipped").asInt());
        assertTrue(summary.get("duration_ns").asLong() > 0);
    }

    @Test
    void skippedChecksAreNotFailures() {
        assertEquals(0, report(out, "text", report -> report.skip("any", "no IPv6")));
        assertTrue(out.text().contains("\n0 ok, 0 failed, 1 skipped in "), out::text);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4})
    void failingOutputExitsWith2(int writes) {
        FailingOutput full = new FailingOutput(writes);
        assertEquals(2, report(full, "text", SelfTestReportTest::all));
        assertEquals("selftest: " + FailingOutput.ERROR + "\n", err.text());
        assertEquals(writes, full.taken().text().lines().count());
        assertEquals(1, full.refused().lines().count());
    }
}
