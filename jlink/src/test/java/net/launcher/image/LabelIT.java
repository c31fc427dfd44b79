package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code --label}, and the header of runs in text. */
class LabelIT {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    /** Characters that each format has to escape. */
    private static final String HOSTILE = "a \"b\", <c> & \\d\n\u001b[31m\u202e";

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void jsonHasTheLabelsAtStartAndEnd(String transport) {
        try (ServerUnderTest target = ServerUnderTest.of(transport, "echo")) {
            for (String count : List.of("1", "3")) {
                EventList events =
                        target.events("-c", count, "--label", "b=" + HOSTILE, "--label", "_a2=");
                JsonNode labels = events.all().getFirst().get("labels");
                assertEquals(List.of("b", "_a2"), List.copyOf(names(labels)));
                assertEquals(HOSTILE, labels.get("b").asText());
                assertEquals("", labels.get("_a2").asText());
                assertEquals(labels, events.summary().get("labels"));
            }
            assertFalse(target.events("-c", "1").summary().has("labels"));
        }
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(entry -> entry.getKey()).toList();
    }

    @Test
    void metricsHaveThemEscaped() {
        try (ServerUnderTest target = ServerUnderTest.of("udp", "echo");
                RunningProcess running =
                        target.client("-i", "10ms", "--metrics", "127.0.0.1:0")
                                .with("--label", "site=a \"b\"\\\n", "--label", "rack=7")
                                .start()) {
            running.awaitOut("exchange 1 in ");
            double ok =
                    MetricsPage.of(running)
                            .value(
                                    "netpair_exchanges_total",
                                    "site=\"a \\\"b\\\"\\\\\\n\"",
                                    "rack=\"7\"",
                                    "result=\"ok\"");
            assertTrue(ok >= 1, () -> "exchanges: " + ok);
            assertEquals(143, running.signal("TERM").end().status());
        }
    }

    @Test
    void searchForTheLargestDatagramHasThem() {
        try (RunningProcess server =
                ProcessCommand.of("udp-server", "--service", "echo", "127.0.0.1", "0").start()) {
            ProcessResult ended =
                    ProcessCommand.of("udp-client", "--probe-size", "--format", "json")
                            .with("--label", "site=lab")
                            .with("127.0.0.1", Integer.toString(server.port()))
                            .run();
            assertEquals(0, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            assertEquals("lab", events.all().getFirst().get("labels").get("site").asText());
            assertEquals("lab", events.summary().get("labels").get("site").asText());
        }
    }

    @Test
    void pageHasThemEscaped(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("page.html");
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended =
                    target.client("-c", "3", "--report", page.toString())
                            .with("--label", "site=<b>&\"x\"")
                            .run();
            assertEquals(0, ended.status(), ended.toString());
        }
        String html = Files.readString(page);
        assertTrue(html.contains("data-name=\"start.labels.site\""), html);
        assertTrue(html.contains("&lt;b&gt;&amp;"), html);
        assertFalse(html.contains("<b>"), html);
    }

    /** The address is the numeric one, of the connection. */
    @ParameterizedTest
    @CsvSource({
        "tcp, echo, -c 3,            '12 B, 3 exchanges, closed, back to back'",
        "tcp, echo, -c 5 -P 2 --warmup 2,"
                + " '12 B, 5 exchanges, after a warm-up of 2, closed, back to back on each of 2"
                + " connections'",
        "tcp, connect, -c 3 -i 10ms, '3 exchanges, closed, at least 10.0 ms apart'",
        "udp, echo, -c 3 -i 10ms,    '28 B, 3 exchanges, open, interval 10.0 ms'",
        "udp, stamp, -t 300ms --rate 50, '44 B, for 300.0 ms, open, 50/s'",
        "udp, echo, --bulk -b 1M -t 300ms, '1400 B, for 300.0 ms, open, 1 Mbit/s'",
        "tcp, discard, -t 300ms -P 2, 'blocks of 524288 B, for 300.0 ms, 2 streams'",
        "tcp, chargen, --bytes 1M, '1.05 MB in total, 1 stream'"
    })
    void headerDescribesTheRun(String transport, String service, String options, String text) {
        String offered = service.equals("connect") ? "echo" : service;
        try (ServerUnderTest target = ServerUnderTest.of(transport, offered)) {
            String name = "localhost:" + target.server().port();
            Instant before = Instant.now();
            ProcessResult ended =
                    ProcessCommand.of(transport + "-client", "--service", service, "-4")
                            .with(options.split(" "))
                            .with("--label", "site=lab", name)
                            .run();
            assertEquals(0, ended.status(), ended.toString());
            List<String> lines = ended.out().lines().toList();
            String time = lines.getFirst().split(" ")[0];
            assertTrue(time.matches(TIME), time);
            assertTrue(Duration.between(before, Instant.parse(time)).abs().toSeconds() < 30, time);
            assertEquals(
                    "%s %s-client %s: %s to %s, %s, site=lab"
                            .formatted(time, transport, Project.VERSION, service, name, text),
                    lines.getFirst());
            String peer = target.endpoint().replace(".", "\\.");
            assertTrue(lines.get(1).matches("from 127\\.0\\.0\\.1:\\d+ to " + peer), ended::out);
        }
    }

    @Test
    void headerIsSafeOnATerminal() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended =
                    target.client("-c", "2")
                            .with("--label", "a=" + HOSTILE, "--label", "b=", "--label", "c=x=y")
                            .run();
            String header = ended.out().lines().findFirst().orElseThrow();
            assertTrue(
                    header.endsWith(
                            ", a=\"a \\x22b\\x22, <c> & \\x5Cd\\x0A\\x1B[31m\\u{202E}\","
                                    + " b=\"\", c=x=y"),
                    header);
        }
    }

    /** The server refuses, so there is no address to show. */
    @Test
    void failedRunHasNoConnection() throws IOException {
        try (RefusingPort port = RefusingPort.of("tcp")) {
            ProcessResult ended = ProcessCommand.of("tcp-client", "-c", "2", port.endpoint()).run();
            assertEquals(1, ended.status(), ended.toString());
            List<String> lines = ended.out().lines().toList();
            assertTrue(lines.get(0).contains(": greet to " + port.endpoint()), ended::out);
            assertEquals("", lines.get(1));
            assertTrue(lines.get(2).startsWith("exchanges   0 ok, 2 failed"), ended::out);
        }
    }

    /** Answers and summaries can be processed further. */
    @ParameterizedTest
    @ValueSource(strings = {"-c 1", "-c 1 --format raw", "-c 3 --quiet", "-c 3 --format raw"})
    void answersAndQuietRunsHaveNoHeader(String options) {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended =
                    target.client(options.split(" ")).with("--label", "site=lab").run();
            assertEquals(0, ended.status(), ended.toString());
            assertFalse(ended.out().contains("site=lab"), ended::out);
            assertFalse(ended.out().contains("tcp-client"), ended::out);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "site,          be KEY=VALUE: site",
        "=x,            'have a key of letters, digits and _, not beginning with a digit: '",
        "2nd=x,         'have a key of letters, digits and _, not beginning with a digit: 2nd'",
        "data-center=x, 'have a key of letters, digits and _, not beginning with a digit:"
                + " data-center'",
        "é=x,           'have a key of letters, digits and _, not beginning with a digit: é'",
        "__name__=x,    have a key that does not begin with __: __name__",
        "target=x,      'have another key, since metrics use this one: target'",
        "le=x,          'have another key, since metrics use this one: le'"
    })
    void badLabelIsRejected(String label, String rule) {
        ProcessResult ended = ProcessCommand.of("udp-client", "--label", label).run();
        assertEquals(2, ended.status());
        assertEquals("", ended.out());
        assertEquals(
                "udp-client: --label must " + rule + " (see udp-client --help)\n", ended.err());
    }

    @Test
    void keyIsGivenOnce() {
        ProcessResult ended =
                ProcessCommand.of("tcp-client", "--label", "a=1", "--label", "a=2").run();
        assertEquals(2, ended.status());
        assertEquals(
                "tcp-client: --label must be given once for each key: a (see tcp-client --help)\n",
                ended.err());
    }
}
