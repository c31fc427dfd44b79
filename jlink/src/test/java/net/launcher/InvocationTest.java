package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.launcher.command.Command;
import net.launcher.command.Exit;
import net.launcher.command.Invocation;
import net.launcher.command.OptionGroup;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Format;
import net.protocol.Endpoint;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Operands and options of a command line. */
class InvocationTest {
    private static final Duration DEFAULT = Duration.ofSeconds(10);

    private final CapturedOutput err = new CapturedOutput();

    private <T> int run(AtomicReference<T> value, Function<Invocation, T> read, String... args) {
        Command command = new Command("probe", "Tries.").targets("Server to try");
        command.option(OptionGroup.EXCHANGE, "TEXT", "-m", "--message");
        command.option(OptionGroup.EXCHANGE, "TIME", "--timeout");
        command.option(OptionGroup.EXCHANGE, "TIME", "--connect-timeout");
        return command.complete(Format.values())
                .run(
                        invocation -> {
                            value.set(read.apply(invocation));
                            return Exit.OK;
                        },
                        new CapturedOutput(),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        args);
    }

    private <T> T parse(Function<Invocation, T> read, String... args) {
        AtomicReference<T> value = new AtomicReference<>();
        assertEquals(Exit.OK, run(value, read, args), err::text);
        return value.get();
    }

    private <T> void assertRefused(String message, Function<Invocation, T> read, String... args) {
        assertEquals(Exit.USAGE, run(new AtomicReference<>(), read, args));
        assertEquals("probe: " + message + " (see probe --help)\n", err.text());
    }

    private static Endpoint endpoint(Invocation invocation) {
        return invocation.endpointsByService(Transport.TCP).get("").getFirst();
    }

    private static Optional<String> message(Invocation invocation) {
        return invocation.value("--message");
    }

    private static Duration timeout(Invocation invocation) {
        return invocation.duration("--timeout", DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "'', localhost, 8888",
        "9000, localhost, 9000",
        "0, localhost, 0",
        "example.org, example.org, 8888",
        "example.org:9000, example.org, 9000",
        "example.org 9000, example.org, 9000",
        "example.org 0, example.org, 0",
        "example.org:0, example.org, 0",
        ":9000, '', 9000",
        ":0, '', 0",
        "127.0.0.1, 127.0.0.1, 8888",
        "127.0.0.1:65535, 127.0.0.1, 65535",
        "127.0.0.1 65535, 127.0.0.1, 65535",
        "::1, ::1, 8888",
        "::1 9000, ::1, 9000",
        "[::1], ::1, 8888",
        "[::1]:9000, ::1, 9000",
        "[::1] 9000, ::1, 9000",
        "[fe80::1%lo] 9000, fe80::1%lo, 9000",
        "-- example.org 9000, example.org, 9000"
    })
    void parsesOperandsAsAnEndpoint(String operands, String host, int port) {
        String[] args = operands.isEmpty() ? new String[0] : operands.split(" ");
        assertEquals(new Endpoint(host, port), parse(InvocationTest::endpoint, args));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host:1 2", "host:2 2", ":1 2", "[::1]:1 2", "host:0 2", "host:0 0"})
    void rejectsASecondPort(String operands) {
        assertRefused(
                "port must be given once: " + operands,
                InvocationTest::endpoint,
                operands.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "01", "123456"})
    void rejectsPortOutOfRange(String port) {
        assertRefused(
                "port must be a number from 0 to 65535: " + port,
                InvocationTest::endpoint,
                "--",
                "localhost",
                port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "00", "01", "123456"})
    void rejectsPortOutOfRangeWithoutAHost(String port) {
        assertRefused(
                "port must be a number from 0 to 65535: " + port, InvocationTest::endpoint, port);
    }

    @Test
    void rejectsDigitsAsHostBeforeAPort() {
        assertRefused(
                "host must not have digits only (a port is written :PORT): 8888",
                InvocationTest::endpoint,
                "8888",
                "8888");
    }

    @Test
    void keepsValuesUnchanged() {
        assertEquals(Optional.empty(), parse(InvocationTest::message));
        assertEquals(Optional.of(""), parse(InvocationTest::message, "--message="));
        assertEquals(Optional.of("a=b"), parse(InvocationTest::message, "--message=a=b"));
        assertEquals(Optional.of("=a"), parse(InvocationTest::message, "--message==a"));
        assertEquals(Optional.of("=a"), parse(InvocationTest::message, "-m", "=a"));
        assertEquals(Optional.of("a"), parse(InvocationTest::message, "-ma"));
        assertEquals(Optional.of("\"a\" 'b'"), parse(InvocationTest::message, "-m", "\"a\" 'b'"));
        assertEquals(Optional.of("-m"), parse(InvocationTest::message, "--message", "-m"));
    }

    @Test
    void doubleDashIsAValueOrEndsTheOptions() {
        assertEquals(Optional.of("--"), parse(InvocationTest::message, "--message=--"));
        assertEquals(Optional.of("--"), parse(InvocationTest::message, "--message", "--"));
        assertEquals(Optional.of("--"), parse(InvocationTest::message, "-m", "--", "--", "host"));
        assertEquals(
                new Endpoint("host", 8888),
                parse(InvocationTest::endpoint, "--message=--", "--", "host"));
        assertEquals(
                Optional.of("-m"),
                parse(InvocationTest::message, "--message=-m", "--", "host", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--timeout=2s", "--timeout 2s", "--timeout=1m --timeout=2"})
    void acceptsBothValueFormsAndTheLastWins(String args) {
        assertEquals(Duration.ofSeconds(2), parse(InvocationTest::timeout, args.split(" ")));
        String[] behind = ("localhost " + args + " 9000").split(" ");
        assertEquals(Duration.ofSeconds(2), parse(InvocationTest::timeout, behind));
        assertEquals(new Endpoint("localhost", 9000), parse(InvocationTest::endpoint, behind));
    }

    @Test
    void missingDurationIsTheDefault() {
        assertEquals(DEFAULT, parse(InvocationTest::timeout, "--connect-timeout=1s"));
    }

    @Test
    void durationErrorNamesTheOption() {
        assertRefused(
                "--connect-timeout must be a time in us, ms, s, m or h, such as 20ms or 1.5s: 1d",
                invocation -> invocation.duration("--connect-timeout", DEFAULT),
                "--connect-timeout=1d");
    }

    @Test
    void defaultFormatIsText() {
        assertEquals(Format.TEXT, parse(Invocation::format));
        assertEquals(Format.TEXT, parse(Invocation::format, "--format=json", "--format=text"));
        assertEquals(Format.JSON, parse(Invocation::format, "--format", "json"));
    }

    @ParameterizedTest
    @CsvSource({
        "JSON, ; did you mean json?",
        "jsno, ; did you mean json?",
        "xml, ''",
        "'', ''",
        "'json ', ; did you mean json?",
        "--verbos, ''"
    })
    void rejectsUnknownFormats(String format, String question) {
        assertRefused(
                "--format must be text, json or raw: " + format + question,
                Invocation::format,
                "--format",
                format);
    }
}
