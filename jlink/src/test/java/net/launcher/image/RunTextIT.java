package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Text output of runs, compared with JSON. */
class RunTextIT {
    private static final String MILLIS = "\\d+(\\.\\d+)? m?s";
    private static final List<String> RISING = List.of("min", "p50", "p90", "p99", "p999", "max");

    /** The bytes of an exchange depend on the service; UDP echo adds 16 bytes. */
    @ParameterizedTest
    @CsvSource({
        "tcp, greet,   -c 120,                    12, 13",
        "tcp, echo,    -c 120,                    12, 12",
        "tcp, echo,    -c 120 --rate 1000 -P 2,   12, 12",
        "tcp, echo,    -c 120 --reconnect,        12, 12",
        "tcp, receive, -c 120,                    12, 0",
        "udp, echo,    -c 120,                    28, 28",
        "udp, echo,    -c 120 -i 1ms,             28, 28",
        "udp, stamp,   -c 120 --size 60,          60, 60",
        "udp, receive, -c 120,                    12, 0"
    })
    void textAndJsonAgree(String transport, String service, String options, int out, int in) {
        try (ServerUnderTest target = ServerUnderTest.of(transport, service)) {
            String[] args = options.split(" ");
            // Otherwise, text omits times that equal others.
            ProcessResult ended = target.client(args).with("--verbose").run();
            assertEquals(0, ended.status(), ended.toString());
            TextSummary text = TextSummary.of(ended.out());
            EventList events = target.events(args);
            String loss = events.summary().path("lost").isNull() ? "-" : "0 %";
            assertTrue(
                    text.rows().get("exchanges").startsWith("120 ok, 0 failed, loss " + loss),
                    ended::out);
            assertEquals(120, events.total("ok"));
            assertEquals(0, events.total("failed"));
            assertEquals(120 * out + " sent, " + 120 * in + " received", text.rows().get("bytes"));
            assertEquals(120 * out, events.total("bytes_sent"));
            assertEquals(120 * in, events.total("bytes_received"));
            String loop = events.all().getFirst().get("loop").asText();
            assertTrue(text.rows().get("loop").startsWith(loop + ", "), ended::out);
            assertEquals(Optional.ofNullable(text.rows().get("datagrams")), datagrams(events));
            TextSummary.NAMES.forEach(
                    (label, name) -> {
                        JsonNode times = events.summary().path(name);
                        List<String> row = text.times().getOrDefault(label, List.of());
                        assertEquals(existing(times), existing(row), label + ended.out());
                        assertRising(inColumns(row), ended.out());
                        assertRising(inColumns(times), times.toString());
                    });
        }
    }

    /** Returns the datagram counts of the text output, which must balance. */
    private static Optional<String> datagrams(EventList events) {
        if (!events.summary().has("sent")) {
            return Optional.empty();
        }
        assertEquals(120, events.total("sent"));
        if (events.summary().get("lost").isNull()) {
            assertTrue(events.summary().get("received").isNull());
            return Optional.of("120 sent, no answer expected");
        }
        assertEquals(events.total("sent"), events.total("received") + events.total("lost"));
        List<String> counts = new ArrayList<>();
        for (String name :
                List.of("sent", "received", "lost", "late", "duplicates", "reordered", "corrupt")) {
            counts.add(events.total(name) + " " + name);
        }
        return Optional.of(String.join(", ", counts));
    }

    private static List<String> existing(JsonNode times) {
        return TextSummary.COLUMNS.stream().filter(times::hasNonNull).toList();
    }

    private static List<String> existing(List<String> row) {
        return List.copyOf(inColumns(row).keySet());
    }

    private static Map<String, BigDecimal> inColumns(List<String> row) {
        Map<String, BigDecimal> figures = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            if (!row.get(i).equals("-")) {
                figures.put(TextSummary.COLUMNS.get(i), new BigDecimal(row.get(i)));
            }
        }
        return figures;
    }

    private static Map<String, BigDecimal> inColumns(JsonNode times) {
        Map<String, BigDecimal> figures = new LinkedHashMap<>();
        for (String name : existing(times)) {
            figures.put(name, times.get(name).decimalValue());
        }
        return figures;
    }

    private static void assertRising(Map<String, BigDecimal> figures, String shown) {
        BigDecimal before = BigDecimal.ZERO;
        for (String name : RISING) {
            BigDecimal figure = figures.getOrDefault(name, before);
            assertTrue(figure.compareTo(before) >= 0, () -> name + " in " + shown);
            before = figure;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, greet,   '\"hello client!\" from %s: exchange %d in T \\(connect T, first byte T\\)'",
        "tcp, receive, 'receipt from %s: exchange %d in T \\(connect T\\)'",
        "udp, echo,    '28 B from %s: exchange %d in T'",
        "udp, stamp,   '44 B from %s: exchange %d in T'",
        "udp, receive, '12 B to %s: exchange %d'"
    })
    void printsALinePerExchange(String transport, String service, String line) {
        try (ServerUnderTest target = ServerUnderTest.of(transport, service)) {
            ProcessResult ended = target.client("-c", "3").run();
            assertEquals(0, ended.status(), ended.toString());
            List<String> lines = ended.out().lines().toList();
            for (int i = 1; i <= 3; i++) {
                String pattern = line.formatted(target.endpoint(), i).replace("T", MILLIS);
                // After two lines on the run and its connection.
                assertTrue(lines.get(i + 1).matches(pattern), ended::out);
            }
            assertEquals("", lines.get(5));
            assertTrue(lines.get(6).startsWith("exchanges "), ended::out);
        }
    }

    @Test
    void connectsOnceForAllExchanges() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            List<String> kept = target.client("-c", "2").run().out().lines().toList();
            assertTrue(kept.get(2).contains(" (connect "), kept::toString);
            assertTrue(kept.get(3).matches(".*: exchange 2 in " + MILLIS), kept::toString);
            String[] anew = {"-c", "2", "--reconnect"};
            List<String> lines = target.client(anew).run().out().lines().toList();
            assertTrue(lines.get(3).contains(" (connect "), lines::toString);
        }
    }

    @Test
    void quietPrintsOnlyTheSummary() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "greet")) {
            ProcessResult text = target.client("-c", "3", "--quiet").run();
            assertEquals(0, text.status());
            assertTrue(text.out().startsWith("exchanges   3 ok, "), text::out);
            assertEquals("", text.err());
            assertEquals(2, target.events("-c", "3", "--quiet").all().size());
            // A single exchange has no table.
            assertEquals(new ProcessResult(0, "", ""), target.client("--quiet").run());
        }
    }

    @Test
    void openLoopExplainsItsTimes() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            String open = target.client("-c", "12", "--rate", "500").run().out();
            String expected =
                    """
                    time: from the scheduled start to the end, so that queueing counts
                    raw time: from sending to the end; lateness: from schedule to sending
                    """;
            assertTrue(open.endsWith(expected), open);
            String closed = target.client("-c", "12").run().out();
            assertTrue(!closed.contains("schedule") && !closed.contains("raw"), closed);
        }
    }
}
