package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A second build of the same sources, in another folder, gives the same bytes. */
@Tag("release")
class ReproducibleIT {
    private static final List<String> SOURCES =
            List.of(
                    "pom.xml",
                    "README.md",
                    "CHANGELOG.md",
                    "LICENSE",
                    "net.protocol",
                    "net.server",
                    "net.client",
                    "jlink");

    private static final long BUILD_SECONDS = 480;

    @TempDir private Path folder;

    @Test
    @Timeout(value = 9, unit = TimeUnit.MINUTES)
    void secondBuildIsIdenticalExceptForTheAotCache() throws IOException {
        for (String source : SOURCES) {
            copy(Project.ROOT.resolve(source));
        }
        ProcessResult maven =
                ProcessCommand.at(
                                Project.MAVEN,
                                "-B",
                                "-q",
                                "-o",
                                "-Dmaven.test.skip=true",
                                "package")
                        .env("JAVA_HOME", System.getProperty("netpair.maven.java"))
                        .in(folder)
                        .run(BUILD_SECONDS);
        assertEquals(0, maven.status(), () -> maven.out() + maven.err());
        for (String module : List.of("net.protocol", "net.server", "net.client")) {
            assertSame(module + "/target/" + module + "-" + Project.VERSION + ".jar");
        }
        assertSame("jlink/target/net.launcher-" + Project.VERSION + ".jar");
        List<Path> image = files(ProcessCommand.IMAGE);
        assertTrue(image.size() > 20, image::toString);
        assertEquals(image, files(folder.resolve("jlink/target/netpair")));
        for (Path file : image) {
            if (!file.endsWith("netpair.aot")) {
                assertSame("jlink/target/netpair/" + file);
            }
        }
    }

    /** Copies a file, or a folder without what is built in it. */
    private void copy(Path source) throws IOException {
        if (Files.isRegularFile(source)) {
            copyFile(source);
            return;
        }
        try (Stream<Path> children = Files.list(source)) {
            // Other tests change the folder target meanwhile.
            for (Path child : children.filter(child -> !child.endsWith("target")).toList()) {
                for (Path file : files(child)) {
                    copyFile(child.resolve(file));
                }
            }
        }
    }

    private void copyFile(Path file) throws IOException {
        Path copy = folder.resolve(Project.ROOT.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
        }
    }

    private void assertSame(String file) throws IOException {
        assertEquals(-1, Files.mismatch(Project.ROOT.resolve(file), folder.resolve(file)), file);
    }
}
