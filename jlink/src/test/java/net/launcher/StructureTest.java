package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The rules for packages, names and comments. */
class StructureTest {
    private static final int MAX_TYPES = 35;
    private static final int MAX_CYCLE = 5;

    private static final Pattern FRAGMENT =
            Pattern.compile(
                    "/\\*\\*[\\s*]*+"
                            + "(What|Whom?|Whose|How|Where|When|Whether|Which|Why|So many|So much"
                            + "|Those|Nobody) ");

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void packagesHaveNoCycle() throws IOException {
        assertEquals(List.of(), new ProductStructure(ROOT).packageCycles());
    }

    @Test
    void classesOfAPackageHaveOnlySmallCycles() throws IOException {
        Map<String, List<List<String>>> large = new ProductStructure(ROOT).classCycles();
        large.replaceAll(
                (name, cycles) ->
                        cycles.stream().filter(cycle -> cycle.size() > MAX_CYCLE).toList());
        large.values().removeIf(List::isEmpty);
        assertEquals(Map.of(), large);
    }

    @Test
    void packagesAreSmall() throws IOException {
        Map<String, List<String>> large = new ProductStructure(ROOT).packages();
        large.values().removeIf(types -> types.size() <= MAX_TYPES);
        assertEquals(Map.of(), large);
    }

    @Test
    void simpleNamesAreUnique() throws IOException {
        Map<String, Set<String>> places = new TreeMap<>();
        new ProductStructure(ROOT)
                .packages()
                .forEach(
                        (name, types) ->
                                types.forEach(
                                        type ->
                                                places.computeIfAbsent(
                                                                type.substring(name.length() + 1),
                                                                key -> new TreeSet<>())
                                                        .add(name)));
        places.values().removeIf(packages -> packages.size() == 1);
        assertEquals(Map.of(), places);
    }

    @Test
    void commentsDoNotBeginWithAQuestionWord() throws IOException {
        Map<String, Set<String>> files = new TreeMap<>();
        for (String module : ProductStructure.MODULES) {
            Path sources = ROOT.resolve(module, "src", "main", "java");
            for (Path file : ProductStructure.files(sources, ".java")) {
                if (FRAGMENT.matcher(Files.readString(file)).find()) {
                    String folder = sources.relativize(file).getParent().toString();
                    files.computeIfAbsent(folder.replace('/', '.'), key -> new TreeSet<>())
                            .add(file.getFileName().toString());
                }
            }
        }
        assertEquals(Map.of(), files);
    }
}
