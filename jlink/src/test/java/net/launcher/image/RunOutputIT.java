package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Results of runs that cannot be written, or not at once. */
class RunOutputIT {
    private static final String FAILED = "tcp-client: write to standard output failed: ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-c 3",
                "-c 3 --quiet",
                "-c 3 --format json",
                "-c 500",
                "-i 10ms",
                "-i 10ms --format json",
                "--rate 500 --format raw"
            })
    void fullDiskEndsTheRunWithExit2(String args) {
        OutputIT.assumeFullDevice();
        try (Target target = Target.of("tcp", "echo")) {
            assertEquals(
                    new Ended(2, "", FAILED + "no space left on device\n"),
                    Launch.sh("exec " + target.command(args) + " >/dev/full").run());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c 3", "-i 10ms", "-i 10ms --format json"})
    void closedOutputEndsTheRunWithExit2(String args) {
        try (Target target = Target.of("tcp", "echo")) {
            assertEquals(
                    new Ended(2, "", FAILED + "it is closed\n"),
                    Launch.sh("exec " + target.command(args) + " >&-").run());
        }
    }

    /** Thresholds that were kept say nothing of results that were lost. */
    @ParameterizedTest
    @CsvSource({"-i 10ms", "-i 10ms --format json", "-i 10ms --fail-if ok<1"})
    void readerThatHasGoneEndsTheRunWithExit2(String args) {
        try (Target target = Target.of("tcp", "echo")) {
            String run = target.command(args.replace("ok<1", "'ok<1'"));
            Ended ended = Launch.sh("{ " + run + "; echo \"status $?\" >&2; } | head -1").run();
            assertEquals(FAILED + "broken pipe\nstatus 2\n", ended.err());
            assertEquals(1, ended.out().lines().count());
        }
    }

    /** A pipe of 4 KiB is full in half a second; what comes until it is read is kept. */
    @ParameterizedTest
    @CsvSource({"tcp, greet, text", "udp, echo, json"})
    void slowReaderDoesNotHoldUpTheSchedule(String transport, String service, String format) {
        try (Target target = Target.of(transport, service)) {
            String client = Launch.IMAGE.resolve("bin", transport + "-client").toString();
            Ended ended =
                    Launch.python("slow.py", "2", client, "--service", service)
                            .with("--rate", "80", "-t", "2500ms", "--format", format)
                            .with("--timeout", "20s", target.endpoint())
                            .run();
            assertEquals(0, ended.status(), ended.toString());
            assertEquals("", ended.err());
            long lateNanos;
            if (format.equals("json")) {
                Events events = Events.of(ended.out());
                assertEquals(200, events.named("reply").size());
                lateNanos = events.summary().get("lateness_ns").get("max").asLong();
            } else {
                TextSummary summary = TextSummary.of(ended.out());
                assertTrue(summary.rows().get("exchanges").startsWith("200 ok, 0 failed, "));
                assertTrue(ended.out().contains(": exchange 200 in "), ended::out);
                String millis = summary.times().get("lateness").get(6);
                lateNanos = (long) (Double.parseDouble(millis) * 1e6);
            }
            // Whoever waits for the reader is late by more than that.
            assertTrue(lateNanos < 1_000_000_000, ended::out);
        }
    }
}
