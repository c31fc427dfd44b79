package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Module descriptors and the modules of the image, compared with files. */
class ModulesIT {
    private static final Path JAVA = ProcessCommand.IMAGE.resolve("lib/runtime/bin/java");

    private static List<String> expected(String name) throws IOException {
        try (InputStream file = ModulesIT.class.getResourceAsStream("modules/" + name + ".txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static Stream<String> java(String... args) {
        return ProcessCommand.at(JAVA, args).run().out().lines();
    }

    /** Sorts the targets of a qualified export, which the JDK prints in any order. */
    private static String sortTargets(String line) {
        int start = line.indexOf(" to ") + 4;
        return line.startsWith("qualified ")
                ? line.substring(0, start)
                        + String.join(" ", new TreeSet<>(List.of(line.substring(start).split(" "))))
                : line;
    }

    @ParameterizedTest
    @ValueSource(strings = {"net.protocol", "net.server", "net.client", "net.launcher"})
    void descriptorMatchesItsFile(String module) throws IOException {
        List<String> lines = java("--describe-module", module).toList();
        assertEquals(module + "@" + Project.VERSION, lines.getFirst());
        Stream<String> rest = lines.stream().skip(1).map(ModulesIT::sortTargets).sorted();
        assertEquals(expected(module), Stream.concat(Stream.of(module), rest).toList());
    }

    @Test
    void imageHasOnlyTheListedModules() throws IOException {
        assertEquals(
                expected("image"),
                java("--list-modules").map(line -> line.replaceFirst("@.*", "")).toList());
    }
}
