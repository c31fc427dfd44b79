package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Runs of many exchanges against the servers of the image. */
class RunIT {
    private static final List<String> RISING = List.of("min", "p50", "p90", "p99", "p999", "max");

    @TempDir private Path folder;

    private static RunningProcess serve(String transport, String service) {
        return ProcessCommand.of(transport + "-server", "--service", service, "127.0.0.1", "0")
                .start();
    }

    private static ProcessResult run(
            String transport, String service, RunningProcess server, String... args) {
        return ProcessCommand.of(transport + "-client", "--service", service)
                .with(args)
                .with("127.0.0.1", Integer.toString(server.port()))
                .run();
    }

    private static EventList json(
            String transport, String service, RunningProcess server, String... args) {
        ProcessResult ended =
                ProcessCommand.of(transport + "-client", "--service", service, "--format", "json")
                        .with(args)
                        .with("127.0.0.1", Integer.toString(server.port()))
                        .run();
        assertEquals(0, ended.status(), ended.toString());
        return EventList.of(ended.out());
    }

    /** All pairs of transport and service of a run, some with several options. */
    @ParameterizedTest
    @CsvSource({
        "tcp, greet, -c 1100 -P 4",
        "tcp, echo, -c 1100",
        "tcp, echo, -c 1100 -P 16 --size 3000 --warmup 20",
        "tcp, echo, -c 1100 -P 2 --reconnect",
        "tcp, echo, -c 1100 -P 3 --rate 2000",
        "tcp, receive, -c 1100 -m line",
        "udp, echo, -c 1100",
        "udp, echo, -c 1100 -P 5 -i 2ms --warmup 20",
        "udp, echo, -c 1100 --rate 2000",
        "udp, echo, -c 1100 --size 60000",
        "udp, stamp, -c 1100 --rate 2000 --size 100"
    })
    void figuresAreConsistent(String transport, String service, String args) {
        try (RunningProcess server = serve(transport, service)) {
            EventList events = json(transport, service, server, args.split(" "));
            assertEquals(1100, events.total("ok"), events::toString);
            assertEquals(0, events.total("failed"));
            if (transport.equals("udp")) {
                assertEquals(1100, events.total("sent"));
                assertEquals(1100, events.total("received"));
                assertEquals(0, events.total("lost"));
            }
            JsonNode time = events.summary().get("time_ns");
            long before = 0;
            for (String name : RISING) {
                assertTrue(time.get(name).asLong() >= before, () -> name + " in " + time);
                before = time.get(name).asLong();
            }
            assertTrue(time.get("mean").asLong() >= time.get("min").asLong());
            assertTrue(time.get("mean").asLong() <= time.get("max").asLong());
            boolean isOpen = events.all().getFirst().get("loop").asText().equals("open");
            assertEquals(isOpen, events.summary().has("raw_time_ns"));
            assertEquals(isOpen, events.summary().has("lateness_ns"));
        }
    }

    /** Percentiles that need more exchanges than were made. */
    @Test
    void percentileOfTooFewExchangesIsNull() {
        try (RunningProcess server = serve("tcp", "echo")) {
            JsonNode time = json("tcp", "echo", server, "-c", "99").summary().get("time_ns");
            assertTrue(time.get("p90").isIntegralNumber());
            assertTrue(time.get("p99").isNull());
            assertTrue(time.get("p999").isNull());
        }
    }

    @Test
    void textHasALinePerExchangeAndASummary() {
        try (RunningProcess server = serve("udp", "echo")) {
            ProcessResult ended = run("udp", "echo", server, "-c", "3", "--size", "64");
            assertEquals(0, ended.status(), ended.toString());
            assertEquals("", ended.err());
            List<String> lines = ended.out().lines().toList();
            for (int i = 1; i <= 3; i++) {
                String line = "64 B from 127.0.0.1:" + server.port() + ": exchange " + i + " in ";
                // After two lines on the run and its connection.
                assertTrue(lines.get(i + 1).startsWith(line), ended::out);
            }
            assertEquals("", lines.get(5));
            assertTrue(lines.get(6).startsWith("exchanges   3 ok, 0 failed, loss 0 %, "));
            assertTrue(ended.out().contains("\nbytes       192 sent, 192 received\n"));
            String datagrams = "3 sent, 3 received, 0 lost, 0 late, 0 duplicates, 0 reordered, 0 ";
            assertTrue(ended.out().contains("\ndatagrams   " + datagrams + "corrupt\n"));
        }
    }

    /** Fast runs print no lines of exchanges, and quiet ones no header either. */
    @ParameterizedTest
    @ValueSource(strings = {"-c 3 --quiet", "-c 2000", "--rate 1000 -t 500ms"})
    void printsOnlyTheSummary(String args) {
        try (RunningProcess server = serve("tcp", "echo")) {
            ProcessResult ended = run("tcp", "echo", server, args.split(" "));
            assertEquals(0, ended.status(), ended.toString());
            List<String> lines = ended.out().lines().toList();
            int summary = args.contains("--quiet") ? 0 : 3;
            assertEquals(summary == 3, lines.indexOf("") == 2, ended::out);
            assertTrue(lines.get(summary).startsWith("exchanges "), ended::out);
            assertEquals("", ended.err());
        }
    }

    @Test
    void exchangesEqualRateTimesDuration() {
        try (RunningProcess server = serve("tcp", "echo")) {
            EventList events = json("tcp", "echo", server, "--rate", "300", "-t", "2s", "-P", "3");
            assertEquals(600, events.total("ok"));
            // The last one is due a 300th of a second before the end, and the first may be late.
            long late = events.summary().get("lateness_ns").get("max").asLong();
            assertTrue(events.total("duration_ns") + late > 1_996_000_000L, events::toString);
            long replies = 0;
            for (JsonNode interval : events.named("interval")) {
                replies += interval.get("ok").asLong();
            }
            assertTrue(replies >= 200 && replies <= 600, events::toString);
        }
    }

    /** The time of the first exchange may be short, if it is late: the others keep theirs. */
    @Test
    void keepsTheIntervalOverTcp() {
        try (RunningProcess server = serve("tcp", "echo")) {
            EventList events = json("tcp", "echo", server, "-i", "100ms", "-c", "21");
            assertEquals(21, events.named("reply").size());
            assertTrue(events.total("duration_ns") >= 1_900_000_000L, events::toString);
        }
    }

    @Test
    void linesOfStandardInputArriveInOrder() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            lines.append("line ").append(i).append('\n');
        }
        try (RunningProcess server = serve("tcp", "receive");
                RunningProcess client =
                        ProcessCommand.of("tcp-client", "--service", "receive", "--file", "-")
                                .with("127.0.0.1", Integer.toString(server.port()))
                                .start()) {
            try (OutputStream keys = client.process().getOutputStream()) {
                keys.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
            }
            ProcessResult ended = client.end();
            assertEquals(new ProcessResult(0, "", ""), ended);
            assertEquals(lines.toString(), server.signal("TERM").end().out());
        }
    }

    @Test
    void echoesALargeFile() throws IOException {
        byte[] random = new byte[3_000_000];
        new Random(5).nextBytes(random);
        Path file = Files.write(folder.resolve("random"), random);
        try (RunningProcess server = serve("tcp", "echo")) {
            EventList events = json("tcp", "echo", server, "--file", file.toString(), "-c", "4");
            assertEquals(12_000_000, events.total("bytes_received"));
        }
    }

    @Test
    void rawPrintsOnlyTheAnswers() {
        try (RunningProcess server = serve("tcp", "greet")) {
            ProcessResult ended = run("tcp", "greet", server, "-c", "3", "--format", "raw");
            assertEquals("hello client!".repeat(3), ended.out());
            assertEquals(0, ended.status());
        }
    }
}
