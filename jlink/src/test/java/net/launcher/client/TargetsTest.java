package net.launcher.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.launcher.InvocationProbe;
import net.launcher.command.Command;
import net.launcher.command.OptionGroup;
import net.protocol.Endpoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class TargetsTest {
    private static final InvocationProbe<List<String>> PROBE =
            new InvocationProbe<>(
                    TargetsTest::add,
                    invocation ->
                            new Targets(invocation)
                                    .endpoints().stream().map(Endpoint::toString).toList());

    @TempDir private Path folder;

    private static Command add(Command command) {
        command.option(OptionGroup.EXCHANGE, "TIME", "--timeout").description("A time.");
        return command.targets("Server to try");
    }

    private String file(String text) throws IOException {
        return "@" + Files.writeString(folder.resolve("targets"), text);
    }

    @ParameterizedTest
    @CsvSource({
        "'', localhost:8888",
        "9000, localhost:9000",
        ":9000, localhost:9000",
        "a, a:8888",
        "a 9, a:9",
        "a:1 b:2, a:1 b:2",
        "a b, a:8888 b:8888",
        "a [::1] 127.0.0.1 9, a:9 [::1]:9 127.0.0.1:9",
        ":1 :2, localhost:1 localhost:2"
    })
    void operandsAreTargetsInTheirOrder(String operands, String targets) {
        String[] args = operands.isEmpty() ? new String[0] : operands.split(" ");
        assertEquals(List.of(targets.split(" ")), PROBE.parse(args));
    }

    @Test
    void linesOfAFileAreTargets() throws IOException {
        String file = file("# two hosts\r\n\n a:1 \n[::1]\n#b\n");
        assertEquals(List.of("a:1", "[::1]:8888"), PROBE.parse(file));
        assertEquals(List.of("x:1", "a:1", "[::1]:8888", "y:2"), PROBE.parse("x:1", file, "y:2"));
    }

    @Test
    void portIsThatOfAllTargets() throws IOException {
        assertEquals(List.of("a:7", "b:7"), PROBE.parse(file("a\nb"), "7"));
    }

    @ParameterizedTest
    @CsvSource({
        "a A, endpoint must be given once: A:8888",
        "a:1 b a:1, endpoint must be given once: a:1",
        "localhost :8888, endpoint must be given once: localhost:8888",
        "a b:1 2, port must be given once: b:1 2",
        "a 1x, host must not be a number with a letter (a port has digits only): 1x",
        "@, @ must name a file: @"
    })
    void rejectsWrongOperands(String operands, String message) {
        PROBE.assertRefused(message, operands.split(" "));
    }

    @Test
    void rejectsWrongFilesWithTheirLine() throws IOException {
        String file = file("a\n\nb:x\n");
        PROBE.assertRefused(file + ":3: port must be a number from 0 to 65535: x", file);
        PROBE.assertRefused(file + ":1: endpoint must be given once: a:8888", "a", file("a\n"));
        PROBE.assertRefused("file must contain at least one endpoint: " + file, file("# none\n"));
        String missing = "@" + folder.resolve("missing");
        PROBE.assertRefused(
                missing + ": read " + missing.substring(1) + " failed: no such file or directory",
                missing);
    }

    @Test
    void acceptsAThousandTargets() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < Targets.MAX; i++) {
            lines.append("10.0.").append(i / 250).append('.').append(i % 250).append('\n');
        }
        assertEquals(Targets.MAX, PROBE.parse(file(lines.toString())).size());
        String file = file(lines + "a:9\n");
        PROBE.assertRefused(file + ":1001: number of endpoints must be at most 1000: a:9", file);
    }
}
