package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Format;
import net.launcher.output.Versions;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
        return new Command("probe", "Tries.")
                .endpoint("Where to try")
                .option("TEXT", "The message.", "-m", "--message")
                .complete(Format.HELP, "  probe")
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
            invocation.err().say("more");
        }
        throw new IOException("read failed:\nreset");
    }

    @Test
    void verbosePrintsDetailsAndStackTrace() {
        assertEquals(1, run(CommandTest::failing, "--verbose"));
        assertTrue(
                err.text().startsWith("probe: more\nprobe: read failed:\\x0Areset\njava.io."),
                err::text);
        assertTrue(err.text().contains("\n\tat net.launcher"), err::text);
    }

    @Test
    void failingOutputExitsWith2() {
        FailingOutput full = new FailingOutput(0);
        for (String option : List.of("--help", "--version")) {
            CapturedOutput said = new CapturedOutput();
            PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
            Command command = new Command("probe", "Tries.").complete(Format.HELP);
            assertEquals(2, command.run(CommandTest::unexpected, full, print, option));
            assertEquals("probe: " + FailingOutput.ERROR + "\n", said.text());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--nope, unknown option: --nope",
        "--nope=1, unknown option: --nope=1",
        "--mess=a, unknown option: --mess=a",
        "-x, unknown option: -x",
        "host 1 2, too many operands: 2",
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
        assertTrue(err.text().matches("probe: [a-z].+ \\(see probe --help\\)\n"), err::text);
    }

    @Test
    void cutsALongArgumentBetweenCharacters() {
        for (String start : List.of("--", "--a")) {
            CapturedOutput said = new CapturedOutput();
            PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
            Command command = new Command("probe", "Tries.").complete(Format.HELP);
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
    @FieldSource("LAUNCHERS")
    void helpFitsTheScreenAndListsAllOptions(Launcher launcher) {
        assertEquals(0, launcher.run(out, print, "--help"));
        String help = out.text();
        assertTrue(help.startsWith("Usage: " + launcher.name() + " [OPTIONS]"), help);
        assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
        for (String part : List.of("--format=", "--verbose ", "--help ", "--version ")) {
            assertTrue(help.contains("      " + part), part);
        }
        boolean client = launcher.name().endsWith("-client");
        assertEquals(client, help.contains("-m, --message="), help);
        assertEquals(client, help.contains("--timeout="), help);
        assertEquals(launcher instanceof TcpClientLauncher, help.contains("--connect-timeout="));
        boolean server = launcher.name().endsWith("-server");
        assertEquals(client, help.contains(" [ENDPOINT] [PORT]\n"), help);
        assertEquals(server, help.contains(" [ENDPOINT]... [PORT]\n"), help);
        List<String> lines = help.lines().toList();
        int statuses = lines.indexOf("Exit status:");
        for (String status : List.of("0", "1", "2")) {
            assertTrue(lines.stream().skip(statuses).anyMatch(l -> l.startsWith("  " + status)));
        }
        for (String status : List.of("129", "130", "143")) {
            boolean isStatus = lines.stream().anyMatch(l -> l.startsWith("  " + status + "   "));
            assertEquals(!server, isStatus, help);
        }
        assertFalse(help.contains("%n"), help);
        assertEquals("", err.text());
    }

    private List<String[]> examples(Launcher launcher) {
        assertEquals(0, launcher.run(out, print, "--help"));
        return out.text()
                .lines()
                .filter(line -> line.startsWith("  " + launcher.name()))
                .map(line -> line.substring(2).replace("'hello there'", "hello").split("  ")[0])
                .map(line -> line.replace("'", "").split(" "))
                .map(words -> Arrays.copyOfRange(words, 1, words.length))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void serverExamplesAreValid(Transport transport) {
        List<String[]> examples =
                examples(
                        switch (transport) {
                            case TCP -> new TcpServerLauncher();
                            case UDP -> new UdpServerLauncher();
                        });
        assertTrue(examples.size() >= 6, examples::toString);
        for (String[] args : examples) {
            Object config =
                    ServerProbe.read(
                            transport,
                            options ->
                                    options.rules().toString()
                                            + (transport == Transport.TCP
                                                    ? options.tcp()
                                                    : options.udp()),
                            args);
            assertNotNull(config, () -> String.join(" ", args));
        }
        String rule = transport == Transport.TCP ? "--deny @bad.txt :9000" : "--join 239.1.2.3";
        assertTrue(examples.stream().anyMatch(args -> String.join(" ", args).contains(rule)), rule);
    }

    /** The examples of a client name servers and files that do not exist. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void clientExamplesAreValid(Transport transport) {
        Launcher client =
                switch (transport) {
                    case TCP -> new TcpClientLauncher();
                    case UDP -> new UdpClientLauncher();
                };
        List<String[]> examples = examples(client);
        assertTrue(examples.size() >= 6, examples::toString);
        for (String[] args : examples) {
            CapturedOutput said = new CapturedOutput();
            List<String> line = new ArrayList<>(List.of(args));
            if (line.contains("<")) {
                // The shell handles the rest.
                line.subList(line.indexOf("<"), line.size()).clear();
            }
            // Options for the content are exclusive.
            if (line.contains("-s")) {
                line.subList(line.indexOf("-s"), line.indexOf("-s") + 2).clear();
            }
            // This check is the last one, so that all others have passed.
            line.addAll(List.of("--file", "/nosuch"));
            int status =
                    client.run(
                            new CapturedOutput(),
                            new PrintStream(said, true, StandardCharsets.UTF_8),
                            line.toArray(String[]::new));
            assertEquals(2, status, said::text);
            String reason =
                    line.contains("pipe")
                            ? "--file must not be given with --service pipe: /nosuch"
                            : line.contains("-m")
                                    ? "--file must not be given with --message: /nosuch"
                                    : line.contains("stamp")
                                            ? "--file must not be given for stamp, but --size:"
                                                    + " /nosuch"
                                            : "--file: read /nosuch failed: no such file or"
                                                    + " directory";
            assertTrue(said.text().contains(": " + reason), () -> line + ": " + said.text());
        }
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void printsTheVersionOfTheImage(Launcher launcher) {
        assertEquals(0, launcher.run(out, print, "--version"));
        assertEquals(Versions.text(), out.text());
        assertEquals("", err.text());
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void rejectsAnUnknownFormatInOneLine(Launcher launcher) {
        assertEquals(2, launcher.run(out, print, "--format=xml"));
        String name = launcher.name();
        assertEquals(
                name + ": --format must be text, json or raw: xml (see " + name + " --help)\n",
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
