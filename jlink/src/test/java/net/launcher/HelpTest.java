package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.output.CapturedOutput;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The texts of {@code -h} and {@code --help}, and their examples. */
class HelpTest {
    static final List<Launcher> LAUNCHERS = CommandTest.LAUNCHERS;

    private final CapturedOutput out = new CapturedOutput();
    private final CapturedOutput err = new CapturedOutput();
    private final PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void helpFitsTheScreenAndListsAllOptions(Launcher launcher) {
        assertEquals(0, launcher.run(out, print, "--help"));
        String help = out.text();
        assertTrue(help.startsWith("Usage: " + launcher.name() + " [OPTIONS]"), help);
        assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
        for (String part : List.of("--format ", "--verbose ", "--help ")) {
            assertTrue(help.contains("      " + part), part);
        }
        assertTrue(help.contains("  -V, --version "), help);
        assertTrue(help.contains("  -h  "), help);
        boolean client = launcher.name().endsWith("-client");
        assertEquals(client, help.contains("-m, --message TEXT"), help);
        assertEquals(client, help.contains("    --timeout TIME"), help);
        assertEquals(
                launcher instanceof TcpClientLauncher, help.contains("--connect-timeout TIME"));
        boolean server = launcher.name().endsWith("-server");
        assertEquals(client, help.contains(" [ENDPOINT]... [PORT]\n"), help);
        assertEquals(server, help.contains(" [[SERVICE=]ENDPOINT]... [PORT]\n"), help);
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

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void summaryFitsTheScreen(Launcher launcher) {
        assertEquals(0, launcher.run(out, print, "-h"));
        List<String> lines = out.text().lines().toList();
        // The shell prompt takes one of 24 rows.
        assertTrue(lines.size() <= 23, out::text);
        assertTrue(lines.stream().allMatch(line -> line.length() <= 80), out::text);
        assertTrue(lines.getFirst().startsWith("Usage: " + launcher.name() + " [OPTIONS]"));
        assertTrue(lines.contains("Examples:"), out::text);
        assertTrue(lines.getLast().startsWith("  "), out::text);
        assertTrue(out.text().contains("\n  --format FORMAT "), out::text);
        assertTrue(out.text().matches("(?s).*\n  --help +all options\n.*"), out::text);
        assertEquals("", err.text());
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void helpHasExamplesFirstThenGroups(Launcher launcher) {
        assertEquals(0, launcher.run(out, print, "--help"));
        List<String> headings =
                new ArrayList<>(
                        out.text()
                                .lines()
                                .filter(l -> l.matches("[A-Z].*:"))
                                .map(l -> l.replaceFirst(" \\(.*", ":"))
                                .toList());
        headings.remove("Operands:");
        assertEquals("Examples:", headings.removeFirst());
        String groups =
                switch (launcher) {
                    case ServerLauncher _ -> "Service: Access control: Limits: Network: Output:";
                    case ClientLauncher _ -> "Exchange: Schedule: Load: Network: Output:";
                    default -> "Output:";
                };
        if (!(launcher instanceof SelfTest)) {
            assertEquals("Services:", headings.removeFirst());
        }
        String notes =
                switch (launcher) {
                    case ServerLauncher _ -> " Exit status: Signals:";
                    case ClientLauncher _ -> " Thresholds: Exit status: Signals:";
                    default -> " Exit status:";
                };
        assertEquals(groups + " General:" + notes + " Environment:", String.join(" ", headings));
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void helpDescribesEachValueOfService(Launcher launcher) {
        assertEquals(0, launcher.run(out, print, "--help"));
        if (launcher instanceof SelfTest) {
            assertFalse(out.text().contains("\nServices:\n"), out::text);
            return;
        }
        Transport transport = launcher.name().startsWith("tcp") ? Transport.TCP : Transport.UDP;
        Set<String> names = new TreeSet<>();
        for (Service service : Service.values()) {
            if (service.isOver(transport)) {
                names.add(service.label());
            }
        }
        if (launcher instanceof ClientLauncher) {
            names.add("connect");
            names.add("pipe");
        }
        List<String> described =
                section("Services:").stream().map(line -> line.trim().split(" ")[0]).toList();
        assertEquals(names.size(), described.size(), out::text);
        assertEquals(names, new TreeSet<>(described));
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void helpNamesEachFigureOfAThreshold(Transport transport) {
        assertEquals(0, client(transport).run(out, print, "--help"));
        String section = String.join("\n", section("Thresholds:"));
        for (String figure :
                "ok failed loss min mean max stddev jitter up down difference p50".split(" ")) {
            assertTrue(section.matches("(?s).*\\b" + figure + "\\b.*"), figure);
        }
    }

    /** An option that a whole group excludes is named once, in the heading. */
    @Test
    void headingNamesWhatItsOptionsExclude() {
        assertEquals(0, new UdpClientLauncher().run(out, print, "--help"));
        String heading = "Schedule (not with pipe or --probe-size):";
        String options = String.join(" ", section(heading)).replaceAll(" +", " ");
        assertFalse(options.contains("pipe"), options);
        assertFalse(options.contains("--probe-size"), options);
        assertTrue(options.contains("Not with --interval."), options);
    }

    private static Launcher client(Transport transport) {
        return switch (transport) {
            case TCP -> new TcpClientLauncher();
            case UDP -> new UdpClientLauncher();
        };
    }

    /** Returns the lines below a heading. */
    private List<String> section(String heading) {
        List<String> lines = out.text().lines().toList();
        int start = lines.indexOf(heading) + 1;
        assertTrue(start > 0, out::text);
        int end = start;
        while (end < lines.size() && !lines.get(end).isEmpty()) {
            end++;
        }
        return lines.subList(start, end);
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
        Launcher client = client(transport);
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
                            ? "--file cannot be used with --service pipe"
                            : line.contains("connect") && transport == Transport.TCP
                                    ? "--file cannot be used with --service connect"
                                    : line.contains("--probe-size")
                                            ? "--file cannot be used with --probe-size"
                                            : line.contains("-m")
                                                    ? "--file cannot be used with --message"
                                                    : line.contains("stamp")
                                                            ? "--file cannot be used with --service"
                                                                    + " stamp"
                                                            : "--file: read /nosuch failed: no such"
                                                                    + " file or directory";
            assertTrue(said.text().contains(": " + reason), () -> line + ": " + said.text());
        }
    }
}
