package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The man pages, as {@code man} and {@code mandoc} print them. */
class ManPageIT {
    static final List<String> LAUNCHERS = List.of(UnpackedArchive.LAUNCHERS);

    private static final Path MAN = ProcessCommand.IMAGE.resolve("share/man");

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(MAN)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Returns the texts of a page, without fonts: that of man-db, and that of mandoc. */
    private static List<String> texts(String page) {
        List<String> texts = new ArrayList<>();
        for (String command : List.of("man -l", "mandoc -Tutf8")) {
            assumeTool(command.split(" ")[0]);
            ProcessResult ended =
                    ProcessCommand.sh(command + " " + MAN.resolve(page))
                            .env("MANWIDTH", "80")
                            .run();
            assertEquals(0, ended.status(), ended::toString);
            assertEquals("", ended.err());
            texts.add(ended.out().replaceAll(".\b", ""));
        }
        return texts;
    }

    private static void assumeTool(String tool) {
        Assume.success("sh", "-c", "command -v " + tool);
    }

    /** Returns a text with single blanks. */
    private static String joined(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static List<String> sections(String page) {
        return page.lines().filter(line -> line.matches("[A-Z][A-Z ,]+")).toList();
    }

    @Test
    void mandocFindsNoWarning() throws IOException {
        assumeTool("mandoc");
        List<Path> pages = pages();
        assertEquals(6, pages.size());
        ProcessResult lint =
                ProcessCommand.at(Path.of("mandoc"), "-Tlint", "-Wwarning")
                        .with(pages.stream().map(Path::toString).toArray(String[]::new))
                        .run();
        assertEquals(new ProcessResult(0, "", ""), lint);
        for (Path page : pages) {
            assertTrue(Files.readString(page).chars().allMatch(c -> c < 127), page::toString);
        }
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void pageHasTheSectionsOfManPages(String launcher) {
        for (String page : texts("man1/" + launcher + ".1")) {
            List<String> sections = new ArrayList<>(sections(page));
            assertEquals(launcher.endsWith("-client"), sections.remove("THRESHOLDS"), page);
            assertEquals(!launcher.equals("selftest"), sections.remove("SIGNALS"), page);
            assertEquals(
                    "NAME SYNOPSIS DESCRIPTION OPTIONS EXIT STATUS ENVIRONMENT EXAMPLES SEE ALSO",
                    String.join(" ", sections));
            assertTrue(joined(page).contains("NAME " + launcher + " - "), page);
        }
    }

    /** Each section of the help, with all its options and their descriptions, is in the page. */
    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void pageHasTheTextsOfHelp(String launcher) {
        String help = ProcessCommand.of(launcher, "--help").run().out();
        for (String page : texts("man1/" + launcher + ".1")) {
            assertTrue(page.lines().allMatch(line -> line.length() <= 80), page);
            for (String section : help.split("\n\n")) {
                String heading = section.lines().findFirst().orElseThrow();
                String body = joined(section.substring(heading.length()));
                if (!heading.equals("Operands:") && !heading.startsWith("Usage: ")) {
                    assertTrue(joined(page).contains(body), () -> body + " is not in " + page);
                    String title = heading.replaceFirst(":$", "");
                    assertTrue(
                            page.contains(title) || page.contains(title.toUpperCase(Locale.ROOT)),
                            title);
                }
            }
            String usage = help.lines().findFirst().orElseThrow().replace("Usage: ", "SYNOPSIS ");
            assertTrue(joined(page).contains(usage), page);
        }
    }

    @Test
    void overviewHasTermsKindsEventsAndLimits() {
        for (String page : texts("man7/netpair.7")) {
            List<String> sections = sections(page);
            for (String section : List.of("TERMS", "SERVICES", "JSON EVENTS", "LIMITS")) {
                assertTrue(sections.contains(section), sections::toString);
            }
            for (String term :
                    ("endpoint message receipt drain greet stamp no_receipt wrong_service listening"
                                    + " reply summary lost_up")
                            .split(" ")) {
                assertTrue(page.matches("(?s).*\n {7,14}" + term + "\\b.*"), term);
            }
            assertFalse(page.matches("(?s).*(\\]\\(|\\*\\*|`|\\.md\\b).*"), page);
            for (String launcher : LAUNCHERS) {
                assertTrue(page.contains("\n       " + launcher + "(1)\n"), launcher);
            }
        }
    }

    /** {@code man} searches {@code share/man} beside each folder of {@code PATH}. */
    @Test
    void manFindsPagesBesideLaunchersOnThePath() {
        assumeTool("man");
        for (String page : List.of("1 tcp-client", "7 netpair")) {
            ProcessResult found =
                    ProcessCommand.sh("unset MANPATH; PATH=$BIN:$PATH exec man -w " + page).run();
            assertEquals(0, found.status(), found::toString);
            assertTrue(found.out().startsWith(MAN.toString()), found::out);
        }
    }
}
