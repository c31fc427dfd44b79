package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

/** Runs whose output fails or blocks. */
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
    void fullDiskExitsWith2(String args) {
        OutputIT.assumeFullDevice();
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            assertEquals(
                    new ProcessResult(2, "", FAILED + "no space left on device\n"),
                    ProcessCommand.sh("exec " + target.command(args) + " >/dev/full").run());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c 3", "-i 10ms", "-i 10ms --format json"})
    void closedOutputExitsWith2(String args) {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            assertEquals(
                    new ProcessResult(2, "", FAILED + "it is closed\n"),
                    ProcessCommand.sh("exec " + target.command(args) + " >&-").run());
        }
    }

    /** Kept thresholds do not hide lost results. */
    @ParameterizedTest
    @CsvSource({"-i 10ms", "-i 10ms --format json", "-i 10ms --fail-if ok<1"})
    void closedReaderExitsSilentlyWith2(String args) {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            String run = target.command(args.replace("ok<1", "'ok<1'"));
            ProcessResult ended =
                    ProcessCommand.sh("{ " + run + "; echo \"status $?\" >&2; } | head -1").run();
            assertEquals("status 2\n", ended.err());
            assertEquals(1, ended.out().lines().count());
        }
    }

    /** A pipe of 4 KiB is full after a quarter of the exchanges; the server gets all of them. */
    @ParameterizedTest
    @CsvSource({"tcp, greet, text", "udp, echo, json"})
    void readerThatReadsNothingDoesNotHoldUpTheRun(String transport, String service, String format)
            throws IOException {
        try (RunningProcess server =
                        ProcessCommand.of(
                                        transport + "-server",
                                        "--service",
                                        service,
                                        "--count",
                                        "200")
                                .with("127.0.0.1", "0")
                                .start();
                RunningProcess client =
                        ProcessCommand.python(
                                        "stalled_reader.py",
                                        ProcessCommand.bin(transport + "-client"))
                                .with("--service", service, "-c", "200", "--rate", "80")
                                .with("--format", format, "--timeout", "20s")
                                .with("127.0.0.1:" + server.port())
                                .start()) {
            assertEquals(0, server.end().status());
            client.process().getOutputStream().close();
            ProcessResult ended = client.end();
            assertEquals(0, ended.status(), ended.toString());
            assertEquals("", ended.err());
            if (format.equals("json")) {
                assertEquals(200, EventList.of(ended.out()).named("reply").size());
            } else {
                assertTrue(ended.out().contains(": exchange 200 in "), ended::out);
                TextSummary summary = TextSummary.of(ended.out());
                assertTrue(summary.rows().get("exchanges").startsWith("200 ok, 0 failed, "));
            }
        }
    }
}
