package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

/** The versions of the image and its modules. */
class VersionsTest {
    private final List<String> lines = Versions.text().lines().toList();

    @Test
    void projectAndJdkComeFirst() {
        assertTrue(Versions.project().matches("\\d+\\.\\d+\\.\\d+(-\\w+)?"), Versions::project);
        assertEquals("netpair " + Versions.project(), lines.get(0));
        assertEquals("JDK " + Runtime.version(), lines.get(1));
    }

    @Test
    void modulesOfTheProjectHaveItsVersion() {
        for (String module : List.of("client", "launcher", "protocol", "server")) {
            assertTrue(lines.contains("net." + module + " " + Versions.project()), module);
        }
    }

    @Test
    void listsOtherModulesExceptThoseOfTheJdk() {
        for (String module : List.of("com.google.gson", "info.picocli")) {
            assertEquals(
                    1,
                    lines.stream().filter(line -> line.matches(module + " \\d.*")).count(),
                    module);
        }
        assertFalse(lines.stream().anyMatch(line -> line.matches("(java|jdk)\\..*")));
        List<String> modules = lines.subList(2, lines.size());
        assertEquals(modules.stream().sorted().toList(), modules);
        assertTrue(Versions.text().endsWith("\n"));
    }
}
