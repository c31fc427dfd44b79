package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The documents: commands run as written, and samples compile. */
class DocumentsIT {
    private static List<String> blocks(String language) {
        Pattern block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL);
        Matcher matcher = block.matcher(Project.read("README.md"));
        return matcher.results().map(match -> match.group(1)).toList();
    }

    /** Runs all commands in one shell, and waits for the output shown after each block. */
    @Test
    void commandsPrintWhatTheDocumentsShow(@TempDir Path home) throws IOException {
        assumePortsAreFree();
        List<MatchResult> steps = steps();
        try (RunningProcess shell =
                        ProcessCommand.sh("exec 2>&1; exec sh")
                                .in(Project.ROOT)
                                .env("HOME", home.toString())
                                .start();
                OutputStream keys = shell.process().getOutputStream()) {
            for (int i = 0; i < steps.size(); i++) {
                String end = "end of block " + i;
                String output = Objects.requireNonNullElse(steps.get(i).group(2), "");
                type(keys, withoutBuild(steps.get(i).group(1)) + "echo " + end);
                List<String> shown = comparable(output.lines());
                shown.add(end);
                shell.awaitOut(lines -> containsAll(comparable(lines.stream()), shown));
            }
            type(keys, "exit");
            assertEquals(0, shell.end().status());
        }
    }

    /** Returns the blocks of commands of README, and those of the manual that show their output. */
    private static List<MatchResult> steps() {
        List<MatchResult> steps = new ArrayList<>(steps("jlink/MANUAL.md"));
        steps.removeIf(step -> step.group(2) == null);
        steps.addAll(0, steps("README.md"));
        return steps;
    }

    /** Returns the blocks of commands, each with the output shown below it, if any. */
    private static List<MatchResult> steps(String file) {
        Pattern step = Pattern.compile("```sh\n(.*?)```\n(?:```text\n(.*?)```)?", Pattern.DOTALL);
        return step.matcher(Project.read(file)).results().toList();
    }

    /** Removes the build, which has run already. */
    private static String withoutBuild(String commands) {
        return commands.replaceAll("(?m)^\\./mvnw -q .* && |^\\./mvnw .*\n", "");
    }

    private static void type(OutputStream keys, String command) throws IOException {
        keys.write((command + "\n").getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private static boolean containsAll(List<String> lines, List<String> shown) {
        for (String line : shown) {
            if (!lines.remove(line)) {
                return false;
            }
        }
        return true;
    }

    private static List<String> comparable(Stream<String> lines) {
        return lines.filter(line -> !line.equals("..."))
                .map(DocumentsIT::withoutFigures)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Masks measured values, which differ between runs. */
    private static String withoutFigures(String line) {
        if (line.matches("(time|connect|first byte|raw time|lateness|idle|loaded|difference) .*")) {
            return line.replaceAll("-?[0-9.]+", "N")
                    .replaceAll("(?<= )-(?= |$)", "N")
                    .replaceAll(" +", " ");
        }
        return line.replaceAll("[0-9.]+ (ns|µs|ms|s)\\b", "TIME")
                .replaceAll("[0-9.]+ [kMGT]?bit/s", "RATE")
                .replaceAll("[0-9.]+/s\\b", "N/s")
                .replaceAll("(?<= )\\d+\\.\\d+(?= |$)", "N")
                .replaceAll("\\d{8,} (B|sent|received)", "N $1")
                .replaceAll(", \\d+ reset", "")
                .replaceAll(" +", " ");
    }

    private static void assumePortsAreFree() throws IOException {
        for (int port : new int[] {8888, 9000, 9001, 9002, 9003, 9004, 9009}) {
            try (ServerSocket socket =
                    new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                assertTrue(socket.isBound());
            } catch (IOException e) {
                assumeTrue(false, "port " + port + " is not free");
            }
        }
    }

    /** Compares each cell of the table of README with the cell of the results page. */
    @ParameterizedTest
    @CsvSource({"exchanges", "round trips"})
    void performanceTableMatchesResults(String measure) {
        String readme = Project.read("README.md").split("## Performance")[1];
        String results = Project.read("jlink/bench/RESULTS.md");
        String titled = results.split("\\*\\*Thousand " + measure + " a second, by c")[1];
        String[] contenders = row(readme, "");
        String[] columns = row(titled, "");
        for (String clients : new String[] {"64", "1,000"}) {
            String label = "thousand " + measure + " a second, " + clients + " clients";
            String[] shown = row(readme, label);
            int column = List.of(columns).indexOf(clients);
            for (int i = 2; i < shown.length; i++) {
                assertEquals(row(titled, contenders[i])[column], shown[i], label);
            }
        }
    }

    /** Returns the cells of the first row with this label, after an empty one. */
    private static String[] row(String page, String label) {
        return page.lines()
                .filter(line -> line.startsWith("|"))
                .map(line -> Stream.of(line.split("\\|")).map(String::strip))
                .map(cells -> cells.toArray(String[]::new))
                .filter(cells -> cells[1].equals(label))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void snippetOfReadmeIsCompiled() {
        assertCompiled(
                blocks("java").getFirst(), "jlink/src/test/java/net/launcher/RunSampleTest.java");
    }

    @ParameterizedTest
    @CsvSource({
        "net.protocol, jlink/sample/src/main/java/com/example/greeter/Greeter.java",
        "net.server, net.server/src/test/java/net/server/FixtureSampleTest.java",
        "net.client, net.client/src/test/java/net/client/ClientSampleTest.java"
    })
    void snippetOfDescriptorIsCompiled(String module, String file) {
        String descriptor = Project.read(module + "/src/main/java/module-info.java");
        int start = descriptor.indexOf("{@snippet :\n") + "{@snippet :\n".length();
        String snippet = descriptor.substring(start, descriptor.indexOf("\n * }\n */"));
        assertCompiled(snippet.replaceAll("(?m)^ \\* ?", ""), file);
    }

    private static void assertCompiled(String snippet, String file) {
        assertFalse(snippet.isBlank());
        assertTrue(
                stripped(Project.read(file)).contains(stripped(snippet)),
                () -> file + " does not have:\n" + snippet);
    }

    private static String stripped(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
