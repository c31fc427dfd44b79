package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** The build on a platform that is not supported. */
@Tag("release")
class PlatformIT {
    @ParameterizedTest
    @CsvSource({"Mac OS X, aarch64", "Windows 11, amd64", "Linux, riscv64"})
    void buildStopsAndNamesTheSupportedPlatforms(String system, String processor) {
        ProcessResult maven =
                ProcessCommand.at(Project.MAVEN, "-B", "-q", "-o", "package")
                        .env("JAVA_HOME", System.getProperty("netpair.maven.java"))
                        .env(
                                "JAVA_TOOL_OPTIONS",
                                "-Dos.name='" + system + "' -Dos.arch=" + processor)
                        .in(Project.ROOT)
                        .run();
        assertNotEquals(0, maven.status());
        String reason =
                "Netpair builds on Linux x64 and aarch64 with JDK 25, not on %s %s"
                        .formatted(system, processor);
        List<String> lines = maven.out().lines().filter(line -> line.endsWith(reason)).toList();
        assertEquals(1, lines.size(), maven::out);
    }
}
