package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Usage errors of clients: one line, exit status 2, nothing sent. */
class RunRefusalIT {
    private static final String TIME = "must be above zero: ";
    private static final String LONG = "2^63-1";
    private static final String METRICS =
            "ok, failed, loss, min, mean, max, stddev, jitter, up, down, difference or a percentile"
                    + " such as p50, p95 or p99.9";
    private static final String TIMES =
            "a time of at most 292 years in ns, us, ms, s, m or h, such as 20ms or 0.5ms";

    @TempDir private static Path folder;

    @BeforeAll
    static void writeFiles() throws IOException {
        Files.writeString(folder.resolve("line"), "x".repeat(1025) + "\n");
        Files.createDirectory(folder.resolve("folder"));
    }

    private static void assertRefused(String message, String launcher, String... args) {
        assertEquals(
                new ProcessResult(
                        2, "", launcher + ": " + message + " (see " + launcher + " --help)\n"),
                ProcessCommand.of(launcher, args).with("127.0.0.1:9").in(folder).run());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp-client| --service stamp| --service must be greet, echo, receive, discard,"
                        + " chargen, connect or pipe: stamp",
                "udp-client| --service greet| --service must be receive, echo, stamp, discard,"
                        + " connect or pipe: greet",
                "udp-client| --service chargen| --service must be receive, echo, stamp, discard,"
                        + " connect or pipe: chargen",
                "tcp-client| -c 0| --count must be a number from 1 to " + LONG + ": 0",
                "udp-client| -c 9223372036854775808"
                        + "| --count must be a number from 1 to "
                        + LONG
                        + ": 9223372036854775808",
                "tcp-client| -i 0| --interval " + TIME + "0",
                "udp-client| -i 1.5d| --interval must be a time in us, ms, s, m or h, such as 20ms"
                        + " or 1.5s: 1.5d",
                "tcp-client| -t 0s| --duration " + TIME + "0s",
                "tcp-client| -P 0| --parallel must be a number from 1 to 10000: 0",
                "udp-client| -P 10001| --parallel must be a number from 1 to 10000: 10001",
                "tcp-client| --rate 0| --rate must be a rate from 1 to 10000000 per second: 0",
                "udp-client| --rate 10000001"
                        + "| --rate must be a rate from 1 to 10000000 per second: 10000001",
                "tcp-client| --rate 5 -i 1s| --rate cannot be used with --interval",
                "tcp-client| --rate max -i 1s| --rate cannot be used with --interval",
                "tcp-client| --warmup=-1| --warmup must be a number from 0 to " + LONG + ": -1",
                "udp-client| --reconnect| --reconnect is an option of tcp-client",
            })
    void rejectsInvalidSchedules(String launcher, String options, String message) {
        assertRefused(message, launcher, options.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp-client| --service discard -c 5"
                        + "| --count cannot be used with --service discard",
                "tcp-client| --service chargen -i 1s"
                        + "| --interval cannot be used with --service chargen",
                "tcp-client| --service echo --bulk --rate 5"
                        + "| --rate cannot be used with --bulk",
                "tcp-client| --service discard --rate max"
                        + "| --rate cannot be used with --service discard",
                "tcp-client| --service discard --warmup 1"
                        + "| --warmup cannot be used with --service discard",
                "tcp-client| --service echo --bulk --reconnect"
                        + "| --reconnect cannot be used with --bulk",
                "tcp-client| --service chargen -s 5"
                        + "| --size cannot be used with --service chargen",
                "tcp-client| --service chargen -m hi"
                        + "| --message cannot be used with --service chargen",
                "tcp-client| --service chargen --file line"
                        + "| --file cannot be used with --service chargen",
                "tcp-client| --bulk| --bulk requires --service echo, discard or chargen",
                "udp-client| --service stamp --bulk"
                        + "| --bulk requires --service echo or discard",
                "tcp-client| --service echo --bytes 5"
                        + "| --bytes requires --service discard or chargen, or --bulk",
                "tcp-client| --service discard --bytes 0"
                        + "| --bytes must be a size from 1 to 2^63-1, such as 64K or"
                        + " 1M: 0",
                "udp-client| --service discard --bytes 5| --bytes is an option of tcp-client",
                "udp-client| --service discard -s 65508 -c 5"
                        + "| --size must be a size from 1 to 65507, such as 64K or 1M: 65508",
            })
    void rejectsInvalidBulkOptions(String launcher, String options, String message) {
        assertRefused(message, launcher, options.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp-client| -s 0| --size must be a size from 1 to 16M, such as 64K or 1M: 0",
                "tcp-client| --service echo -s 16777217"
                        + "| --size must be a size from 1 to 16M, such as 64K or 1M: 16777217",
                "udp-client| --service echo -c 2 -s 15"
                        + "| --size must be at least 16 bytes for a run of echo over udp: 15",
                "udp-client| --service stamp -s 43"
                        + "| --size must be at least 44 bytes for stamp: 43",
                "udp-client| --service stamp -m hi"
                        + "| --message cannot be used with --service stamp",
                "tcp-client| -m a -s 1| --size cannot be used with --message",
                "udp-client| --file line -m a| --file cannot be used with --message",
                "tcp-client| --file none| --file: read none failed: no such file or directory",
                "udp-client| --file folder| --file: read folder failed: is a directory",
                "tcp-client| --file line| message must be at most 1024 bytes: 1026",
                "tcp-client| -s 1025 -c 5| message must be at most 1024 bytes: 1025",
                "tcp-client| --service receive --file line -c 5"
                        + "| line must be at most 1024 bytes: 1025",
                "udp-client| -s 1025 -c 5| message must be at most 1024 bytes: 1025",
                "udp-client| --file line| message must be at most 1024 bytes: 1026",
            })
    void rejectsInvalidPayloads(String launcher, String options, String message) {
        assertRefused(message, launcher, options.split(" "));
    }

    @Test
    void rejectsADatagramBeyondTheIpv4Maximum() {
        ProcessResult ended =
                ProcessCommand.of("udp-client", "--service", "echo", "-s", "65508", "[::1]:9")
                        .run();
        assertEquals(2, ended.status());
        assertTrue(ended.err().startsWith("udp-client: --size must be a size from 1 to 65507"));
        assertTrue(ended.err().endsWith(": 65508 (see udp-client --help)\n"), ended::err);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p99| have one of the operators >, >=, <, <=",
                "p99==1ms| have one of the operators >, >=, <, <=",
                "p100>1ms| compare " + METRICS,
                ">1ms| compare " + METRICS,
                "p99>1| compare p99 with " + TIMES,
                "p99>1d| compare p99 with " + TIMES,
                "max>9223372037s| compare max with " + TIMES,
                "p99>20ms,loss>1%| compare p99 with " + TIMES,
                "loss>1| compare loss with a share from 0% to 100%, such as 1% or 0.5%",
                "loss>100.1%| compare loss with a share from 0% to 100%, such as 1% or 0.5%",
                "ok<1.5| compare ok with a number from 0 to " + LONG,
                "up<1T| compare up with a rate in bit/s, such as 500k, 900M or 1.5G",
                "down<1Mbit| compare down with a rate in bit/s, such as 500k, 900M or 1.5G",
                "failed>-1| compare failed with a number from 0 to " + LONG,
            })
    void rejectsInvalidThresholds(String expression, String rule) {
        String message = "--fail-if must " + rule + ": " + expression;
        assertRefused(message, "tcp-client", "--fail-if", "ok<1", "--fail-if", expression);
    }

    @Test
    void suggestsTheClosestMetric() {
        assertRefused(
                "--fail-if must compare " + METRICS + ": lost>1%; did you mean loss?",
                "udp-client",
                "--fail-if",
                "lost>1%");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "udp-client| --service discard -c 5| loss>1%",
                "udp-client| --service discard -c 5| up<1M",
                "udp-client| --service discard -c 5| p95>1ms",
                "tcp-client| --service discard -t 1s| p99>1ms",
                "tcp-client| --service echo --bulk -t 1s| p99.9>1ms",
                "tcp-client| --service chargen -t 1s| up<1M",
            })
    void rejectsAThresholdOnAFigureThatIsNotMeasured(
            String launcher, String options, String expression) {
        String metric = expression.split("[<>]")[0];
        String[] args = (options + " --fail-if " + expression).split(" ");
        assertRefused(
                "--fail-if "
                        + metric
                        + " cannot be used with this service, which does not measure it: "
                        + expression,
                launcher,
                args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-client", "udp-client"})
    void rejectsADifferenceWithoutLoad(String launcher) {
        assertRefused(
                "--fail-if difference requires --load: difference>1ms",
                launcher,
                "--service=echo",
                "-c",
                "5",
                "--fail-if",
                "difference>1ms");
    }

    @ParameterizedTest
    @CsvSource({"p95>1h, 0", "p33.3>1ns, 3", "p99.9>1h, 3"})
    void comparesAnyPercentile(String expression, int status) {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended = target.client("-c", "50", "--fail-if", expression).run();
            assertEquals(status, ended.status(), ended::err);
        }
    }

    @Test
    void sendsNothingBeforeTheCheck() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            assertEquals(2, target.client("-c", "5", "--fail-if", "p100>1ms").run().status());
            assertEquals(2, target.client("-c", "5", "--file", "/none").run().status());
            target.server().awaitTotals(": 0 messages from 0 connections, ");
        }
    }
}
