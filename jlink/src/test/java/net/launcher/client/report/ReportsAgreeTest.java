package net.launcher.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import net.client.connect.ExchangeException.Kind;
import net.client.measure.LatencySummary;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.client.run.RunResult.Datagrams;
import net.client.run.RunResult.StampFigures;
import net.launcher.Events;
import net.launcher.client.metric.Threshold;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The text and JSON reports of a run contain the same figures. */
class ReportsAgreeTest {
    private static final int RUNS = 600;

    private static final List<String> COLUMNS =
            List.of("min", "mean", "p50", "p90", "p99", "p999", "max", "stddev", "jitter");

    private static final Map<String, String> ROWS =
            Map.of(
                    "time", "time_ns",
                    "raw time", "raw_time_ns",
                    "lateness", "lateness_ns",
                    "connect", "connect_ns",
                    "first byte", "first_byte_ns");

    private final Random random = new Random(8);

    private long number() {
        return random.nextLong() >>> random.nextInt(8, 64);
    }

    private LatencySummary times() {
        return Results.times(
                random.longs(9)
                        .map(bits -> random.nextInt(4) == 0 ? -1 : bits >>> random.nextInt(14, 64))
                        .toArray());
    }

    private Optional<LatencySummary> maybeTimes() {
        return random.nextBoolean() ? Optional.of(times()) : Optional.empty();
    }

    private RunResult result(RunConfig run) {
        Results results = Results.of(number(), number());
        results.sent = number();
        results.bytesSent = number();
        results.bytesReceived = number();
        results.warmup = random.nextInt(3);
        results.skipped = random.nextInt(3);
        results.duration = Duration.ofNanos(number());
        results.resolve =
                random.nextBoolean() ? Optional.of(Duration.ofNanos(number())) : Optional.empty();
        results.time = times();
        results.rawTime = random.nextBoolean() ? Optional.of(results.time) : Optional.empty();
        results.lateness = maybeTimes();
        if (run.transport() == Transport.TCP) {
            results.connect = maybeTimes();
        } else {
            results.datagrams =
                    Optional.of(
                            new Datagrams(
                                    number(),
                                    random.nextInt(2),
                                    OptionalLong.of(Math.min(results.failed, random.nextInt(2))),
                                    number(),
                                    number(),
                                    number(),
                                    number()));
        }
        results.firstByte = maybeTimes();
        if (run.service() == Service.STAMP) {
            results.stamp =
                    Optional.of(
                            new StampFigures(
                                    number(),
                                    number(),
                                    number(),
                                    random.nextBoolean(),
                                    Optional.empty(),
                                    Optional.of(Duration.ofNanos(number())),
                                    number()));
        }
        for (Kind kind : Kind.values()) {
            if (random.nextInt(5) == 0) {
                results.errors.put(kind, number() + 1);
            }
        }
        return results.result();
    }

    private static String written(
            RunConfig run, Format format, RunResult result, List<Verdict> verdicts)
            throws IOException {
        CapturedOutput out = new CapturedOutput();
        Output output = new Output(out);
        Diagnostics err =
                new Diagnostics("probe", new PrintStream(new CapturedOutput()), true, false);
        ClientReports.of(run, format, false, false, output, err).summary(result, verdicts);
        output.commit();
        return out.text();
    }

    /** Returns the text after each label. */
    private static Map<String, String> rows(String text) {
        Map<String, String> rows = new TreeMap<>();
        text.lines()
                .map(line -> Pattern.compile("([a-z-]+(?: [a-z]+)?)  +(\\S.*)").matcher(line))
                .filter(Matcher::matches)
                .forEach(row -> rows.merge(row.group(1), row.group(2), (a, b) -> a + "\n" + b));
        return rows;
    }

    private static void assertNumber(JsonNode expected, String name, String row, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(row);
        assertTrue(matcher.find(), () -> pattern + " in: " + row);
        String value = expected.get(name).isNull() ? "-" : expected.get(name).asText();
        assertEquals(value, matcher.group(1), name);
    }

    /** Times have three digits, or a resolution of 0.1 us. */
    private static void assertTimes(JsonNode times, String row) {
        String[] cells = row.split(" +");
        assertEquals(COLUMNS.size(), cells.length, row);
        for (int i = 0; i < cells.length; i++) {
            JsonNode nanos = times.get(COLUMNS.get(i));
            assertEquals(nanos.isNull(), cells[i].equals("-"), row);
            if (!nanos.isNull()) {
                double millis = nanos.asLong() / 1e6;
                double error = Math.abs(Double.parseDouble(cells[i]) - millis);
                assertTrue(error <= Math.max(millis * 0.00501, 0.0000501), row + times);
            }
        }
    }

    @Test
    void textAndJsonHaveTheSameFigures() throws IOException {
        List<RunConfig> runs =
                List.of(
                        Exchanges.many(Transport.TCP, Service.ECHO).build(),
                        Exchanges.many(Transport.UDP, Service.ECHO).rate(5).build(),
                        Exchanges.many(Transport.UDP, Service.STAMP).build());
        for (int i = 0; i < RUNS; i++) {
            RunConfig run = runs.get(i % runs.size());
            RunResult result = result(run);
            List<Verdict> verdicts =
                    Stream.of("p99>1ms", "loss>50%", "ok<1000", "max<=1s")
                            .map(text -> Threshold.parse(text).verdict(result))
                            .toList();
            JsonNode json = Events.parse(written(run, Format.JSON, result, verdicts)).getFirst();
            String text = written(run, Format.TEXT, result, verdicts);
            Map<String, String> rows = rows(text);
            assertCounts(json, rows);
            ROWS.forEach(
                    (row, name) -> {
                        boolean isPresent = json.has(name) && (!row.equals("time") || hasMax(json));
                        assertEquals(isPresent, rows.containsKey(row), row);
                        if (isPresent) {
                            assertTimes(json.get(name), rows.get(row));
                        }
                    });
            assertVerdicts(
                    json.get("thresholds"),
                    text.lines().filter(line -> line.matches("(ok  |FAIL) .*")).toList());
        }
    }

    private static boolean hasMax(JsonNode json) {
        return !json.get("time_ns").get("max").isNull();
    }

    private static void assertCounts(JsonNode json, Map<String, String> rows) {
        assertNumber(json, "ok", rows.get("exchanges"), "^(\\d+) ok");
        assertNumber(json, "failed", rows.get("exchanges"), "(\\d+) failed");
        assertNumber(json, "bytes_sent", rows.get("bytes"), "^(\\d+) sent");
        assertNumber(json, "bytes_received", rows.get("bytes"), "(\\d+) received");
        assertEquals(json.get("warmup").asInt() > 0, rows.containsKey("warm-up"));
        assertEquals(json.get("skipped").asInt() > 0, rows.containsKey("skipped"));
        assertEquals(json.get("resolve_ns").isNull(), !rows.containsKey("resolve"));
        if (json.get("transport").asText().equals("udp")) {
            for (String name :
                    List.of("sent", "received", "lost", "late", "duplicates", "reordered")) {
                assertNumber(json, name, rows.get("datagrams"), "(\\d+) " + name);
            }
            assertNumber(json, "corrupt", rows.get("datagrams"), "(\\d+) corrupt$");
        }
        if (json.has("lost_up")) {
            assertNumber(json, "lost_up", rows.get("stamp up"), "^(\\d+|-) lost, jitter -$");
            assertNumber(json, "lost_down", rows.get("stamp down"), "^(\\d+|-) lost, jitter \\d");
        }
        StringBuilder failures = new StringBuilder();
        json.get("errors")
                .properties()
                .forEach(
                        error ->
                                failures.append(failures.isEmpty() ? "" : ", ")
                                        .append(error.getValue().asText())
                                        .append(' ')
                                        .append(error.getKey()));
        assertEquals(failures.toString(), rows.getOrDefault("failures", ""));
    }

    private static void assertVerdicts(JsonNode thresholds, List<String> lines) {
        assertEquals(thresholds.size(), lines.size());
        for (int i = 0; i < lines.size(); i++) {
            JsonNode threshold = thresholds.get(i);
            String line = lines.get(i);
            String label = threshold.get("ok").asBoolean() ? "ok   " : "FAIL ";
            assertTrue(line.startsWith(label + threshold.get("expr").asText() + ": "), line);
            assertEquals(threshold.get("actual").isNull(), line.endsWith("not enough data"), line);
        }
    }
}
