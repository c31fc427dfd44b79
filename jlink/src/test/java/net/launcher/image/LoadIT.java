package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Latency without and under load. */
class LoadIT {
    /** Compares the numbers of three outputs. */
    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void differenceEqualsLoadedMinusIdle(String transport) {
        try (ServerUnderTest target = ServerUnderTest.of(transport, "echo");
                ServerUnderTest sink = ServerUnderTest.of("tcp", "discard")) {
            EventList events =
                    target.events(
                            "--load",
                            "2",
                            "--load-service",
                            "discard",
                            "--load-to",
                            sink.endpoint(),
                            "-c",
                            "50",
                            "--rate",
                            "100");
            JsonNode summary = events.summary();
            assertEquals(50, events.total("ok"));
            assertEquals(50, summary.get("idle").get("ok").asLong());
            for (String figure : new String[] {"min", "mean", "p50", "p90"}) {
                assertEquals(
                        summary.get("time_ns").get(figure).asLong()
                                - summary.get("idle").get("time_ns").get(figure).asLong(),
                        summary.get("difference_ns").get(figure).asLong(),
                        figure);
            }
            assertEquals(5, summary.get("difference_ns").size());
            JsonNode load = summary.get("load");
            assertEquals(2, load.get("streams").size());
            assertTrue(load.get("bytes_sent").asLong() > 0, load::toString);
            assertEquals(0, load.get("failed").asLong());
            assertEquals(0, events.named("reply").size());
        }
    }

    @Test
    void textShowsBothTimesAndTheirDifference() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended =
                    target.client("--load", "1", "-t", "300ms", "--fail-if", "difference>10m")
                            .run();
            assertEquals(0, ended.status(), ended.toString());
            assertEquals("", ended.err());
            for (String label :
                    new String[] {
                        "idle ", "load ", "exchanges ", "times in ms", "loaded ", "difference "
                    }) {
                assertTrue(ended.out().lines().anyMatch(line -> line.startsWith(label)), label);
            }
            assertTrue(ended.out().contains("ok   difference>10m: "), ended::out);
        }
    }

    @Test
    void refusedLoadFailsTheRun() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended =
                    target.client("--load", "1", "--load-to", "127.0.0.1:1", "-c", "10").run();
            assertEquals(1, ended.status(), ended.toString());
            assertEquals(
                    "tcp-client: connect to 127.0.0.1:1 failed: connection refused\n", ended.err());
            assertTrue(ended.out().contains("\nload        1 stream, 1 failed\n"), ended::out);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--load-to 127.0.0.1:9 | tcp-client" + " | --load-to requires --load",
                "--load-service echo | tcp-client" + " | --load-service requires --load",
                "--load 1 --load-service greet | tcp-client"
                        + " | --load-service must be echo, discard or chargen: greet",
                "--load 1 -c 1 | tcp-client | --load requires more than one exchange",
                "--load 1 --service discard | tcp-client"
                        + " | --load requires --service greet, echo or receive",
                "--load 1 -c 2 | udp-client | --load requires --service echo or stamp",
                "--load 0 | tcp-client | --load must be a number from 1 to 10000: 0"
            })
    void rejectsOptionsThatConflictWithLoad(String args, String launcher, String message) {
        ProcessResult ended =
                ProcessCommand.of(launcher, args.split(" ")).with("127.0.0.1:1").run();
        assertEquals(
                new ProcessResult(
                        2, "", launcher + ": " + message + " (see " + launcher + " --help)\n"),
                ended);
    }
}
