package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.launcher.command.OptionGroup;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Format;
import net.launcher.output.Versions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The behaviour that all launchers share. */
class CommandTest {
    static final List<Launcher> LAUNCHERS =
            List.of(
                    new TcpServerLauncher(),
                    new TcpClientLauncher(),
                    new UdpServerLauncher(),
                    new UdpClientLauncher(),
                    new SelfTest());

    private final CapturedOutput out = new CapturedOutput();
    private final CapturedOutput err = new CapturedOutput();
    private final PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);

    private int run(Command.Action action, String... args) {
        Command command = new Command("probe", "Tries.").targets("Server to try");
        command.option(OptionGroup.EXCHANGE, "TEXT", "-m", "--message");
        return command.complete(Format.values())
                .siblings(option -> option.equals("--lines") ? List.of("a", "b") : List.of())
                .run(action, out, print, args);
    }

    private static int unexpected(Invocation invocation) {
        throw new AssertionError("acted on " + invocation);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 130})
    void exitsWithTheStatusOfTheAction(int status) {
        assertEquals(status, run(_ -> status));
        assertEquals("", out.text());
        assertEquals("", err.text());
    }

    @Test
    void networkFailureIsOneLineAndExit1() {
        assertEquals(1, run(CommandTest::failing));
        assertEquals("probe: read failed:\\x0Areset\n", err.text());
    }

    private static int failing(Invocation invocation) throws IOException {
        if (invocation.err().isVerbose()) {
            invocation.err().print("more");
        }
        throw new IOException("read failed:\nreset");
    }

    @Test
    void verbosePrintsDetailsWithoutStackTrace() {
        assertEquals(1, run(CommandTest::failing, "--verbose"));
        assertEquals("probe: more\nprobe: read failed:\\x0Areset\n", err.text());
    }

    @Test
    void failingOutputExitsWith2() {
        FailingOutput full = new FailingOutput(0);
        for (String option : List.of("-h", "--help", "-V", "--version")) {
            CapturedOutput said = new CapturedOutput();
            PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
            Command command = new Command("probe", "Tries.").complete(Format.values());
            assertEquals(2, command.run(CommandTest::unexpected, full, print, option));
            assertEquals("probe: " + FailingOutput.ERROR + "\n", said.text());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--nope, unknown option: --nope",
        "--nope=1, unknown option: --nope=1",
        "--mess=a, unknown option: --mess=a; did you mean --message?",
        "--verbsoe, unknown option: --verbsoe; did you mean --verbose?",
        "-format, unknown option: -format; did you mean --format?",
        "--lines, --lines is an option of a and b",
        "--lines=5, --lines is an option of a and b",
        "-x, unknown option: -x",
        "--nope -- host, unknown option: --nope"
    })
    void namesTheUnknownArgument(String args, String message) {
        assertEquals(2, run(CommandTest::unexpected, args.split(" ")));
        assertEquals("probe: " + message + " (see probe --help)\n", err.text());
        assertEquals("", out.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format", "-m", "--message", "--verbose=false", "--help=1"})
    void missingOrSuperfluousValueIsOneLine(String option) {
        assertEquals(2, run(CommandTest::unexpected, option));
        assertTrue(err.text().contains(option.split("=")[0]), err::text);
        assertTrue(err.text().matches("probe: [a-z-].+ \\(see probe --help\\)\n"), err::text);
    }

    @Test
    void cutsALongArgumentBetweenCharacters() {
        for (String start : List.of("--", "--a")) {
            CapturedOutput said = new CapturedOutput();
            PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
            Command command = new Command("probe", "Tries.").complete(Format.values());
            String option = start + "😀".repeat(300);
            assertEquals(2, command.run(CommandTest::unexpected, out, print, option));
            String shown = said.text();
            assertTrue(shown.matches("probe: unknown option: --a?😀+\\.\\.\\. .*\n"), shown);
            assertTrue(shown.length() < 400, shown);
        }
    }

    @Test
    void escapesAHostileArgument() {
        assertEquals(2, run(CommandTest::unexpected, "--a\nb\u001b[31m"));
        assertEquals("probe: unknown option: --a\\x0Ab\\x1B[31m (see probe --help)\n", err.text());
    }

    @ParameterizedTest
    @CsvSource({
        "tcp-client, --answer-rate, udp-server",
        "tcp-client, --allow=::1, tcp-server and udp-server",
        "udp-client, --connect-timeout, tcp-client",
        "tcp-server, --timeout, tcp-client and udp-client",
        "tcp-server, -P, tcp-client and udp-client",
        "udp-server, --idle-timeout, 'tcp-server, tcp-client and udp-client'",
        "selftest, --service, 'tcp-server, tcp-client, udp-server and udp-client'"
    })
    void namesTheLauncherThatHasAnOption(String name, String option, String owners) {
        Launcher launcher =
                LAUNCHERS.stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
        assertEquals(2, launcher.run(out, print, option, "5"));
        assertEquals(
                "%s: %s is an option of %s (see %s --help)\n"
                        .formatted(name, option.split("=")[0], owners, name),
                err.text());
    }

    @ParameterizedTest
    @CsvSource({"selftest, --warmup, --warm-up", "udp-client, --warm-up, --warmup"})
    void prefersItsOptionWithOtherHyphens(String name, String option, String closest) {
        Launcher launcher =
                LAUNCHERS.stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
        assertEquals(2, launcher.run(out, print, option));
        assertEquals(
                "%s: unknown option: %s; did you mean %s? (see %s --help)\n"
                        .formatted(name, option, closest, name),
                err.text());
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void printsTheVersionOfTheImage(Launcher launcher) {
        assertEquals(0, launcher.run(out, print, "--version"));
        assertEquals(0, launcher.run(out, print, "-V"));
        assertEquals(Versions.text().repeat(2), out.text());
        assertEquals("", err.text());
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void rejectsAnUnknownFormatInOneLine(Launcher launcher) {
        assertEquals(2, launcher.run(out, print, "--format=xml"));
        String name = launcher.name();
        String formats = launcher instanceof SelfTest ? "text or json" : "text, json or raw";
        assertEquals(
                name + ": --format must be " + formats + ": xml (see " + name + " --help)\n",
                err.text());
        assertEquals("", out.text());
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void ignoresSignalsBeforeServing(Launcher launcher) {
        assertEquals(Duration.ZERO, launcher.grace());
        assertFalse(launcher.hangUp());
        launcher.report();
        assertEquals("", err.text());
    }
}
