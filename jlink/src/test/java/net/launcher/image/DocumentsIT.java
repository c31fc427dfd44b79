package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The documents: commands run as written, and samples compile. */
class DocumentsIT {
    private static List<String> blocks(String language) {
        Pattern block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL);
        Matcher matcher = block.matcher(Project.read("README.md"));
        return matcher.results().map(match -> match.group(1)).toList();
    }

    static List<String> consoleBlocks() {
        return blocks("console");
    }

    /** Types each command into a shell, and waits for the output that the document shows. */
    @ParameterizedTest
    @MethodSource("consoleBlocks")
    void commandsDoWhatReadmeShows(String block) throws IOException {
        assumePortsAreFree(block);
        try (Launched shell = Launch.sh("exec 2>&1; exec sh").in(Project.ROOT).start();
                OutputStream keys = shell.process().getOutputStream()) {
            List<String> shown = new ArrayList<>();
            for (String line : block.lines().toList()) {
                if (line.startsWith("$ ")) {
                    type(keys, line.substring(2).replace("./mvnw -q -DskipTests package && ", ""));
                } else {
                    shown.add(withoutFigures(line));
                    shell.awaitOut(
                            lines ->
                                    sorted(lines, block).containsAll(shown)
                                            && lines.size() >= shown.size());
                }
            }
            type(keys, "exit");
            assertEquals(sorted(shown, block), sorted(shell.end().out().lines().toList(), block));
        }
    }

    private static void type(OutputStream keys, String command) throws IOException {
        keys.write((command + "\n").getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    /** Removes the line of a second address of localhost, which README does not show. */
    private static List<String> sorted(List<String> lines, String block) {
        return lines.stream()
                .filter(line -> !line.contains(": listening on [::1]:") || block.contains(line))
                .map(DocumentsIT::withoutFigures)
                .sorted()
                .toList();
    }

    /** Masks times, client ports and buffer sizes, which differ between runs. */
    private static String withoutFigures(String line) {
        if (line.matches("(time|raw time|lateness|connect|first byte) .*")) {
            return line.replaceAll("[0-9.]+", "N").replaceAll(" +", " ");
        }
        return line.replaceAll("\\d+\\.\\d+ m?s$", "N s")
                .replaceAll("[0-9.]+ m?s\\)$", "N s)")
                .replaceAll("[0-9.]+ a second in", "N a second in")
                .replaceAll("\"time\":\"[^\"]*\"", "\"time\":\"T\"")
                .replaceAll("\"peer\":\"\\[::1]:\\d+\"", "\"peer\":\"P\"")
                .replaceAll("refused 127.0.0.1:\\d+", "refused P")
                .replaceAll("buffer_bytes\":\\d+", "buffer_bytes\":N")
                .replaceAll("\"uptime_ns\":\\d+", "\"uptime_ns\":N")
                .replaceAll("_buffer_bytes\":\\d+", "_buffer_bytes\":N")
                .replaceAll(" +", " ");
    }

    private static void assumePortsAreFree(String block) throws IOException {
        for (int port : new int[] {8888, 9000, 9001, 9002, 9003, 9004, 9006, 9007}) {
            if (block.contains(Integer.toString(port))) {
                for (String host : new String[] {"127.0.0.1", "::1"}) {
                    try (ServerSocket socket =
                            new ServerSocket(port, 1, InetAddress.ofLiteral(host))) {
                        assertTrue(socket.isBound());
                    } catch (IOException e) {
                        assumeTrue(false, "port " + port + " of " + host + " is not free");
                    }
                }
            }
        }
    }

    /** The figures in README are cells of the results page of the benchmark. */
    @Test
    void figuresThatLeadReadmeAreThoseOfResults() {
        String results = Project.read("jlink/bench/RESULTS.md");
        String lead = Project.read("README.md").split("## Build it")[0];
        List<String> figures =
                Pattern.compile("(?<=\\| )[\\d.]+(?= \\|)|\\d+\\.\\d+")
                        .matcher(lead)
                        .results()
                        .map(MatchResult::group)
                        .toList();
        assertTrue(figures.size() > 20, figures::toString);
        for (String figure : figures) {
            assertTrue(results.contains("| " + figure + " "), figure);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, jlink/sample/src/main/java/com/example/greeter/Greeter.java",
        "1, jlink/src/test/java/net/launcher/RunSampleTest.java"
    })
    void snippetOfReadmeIsCompiled(int place, String file) {
        assertCompiled(blocks("java").get(place), file);
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
