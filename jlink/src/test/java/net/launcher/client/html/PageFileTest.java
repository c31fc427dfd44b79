package net.launcher.client.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.output.Output.OutputException;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

class PageFileTest {
    @TempDir private Path folder;

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void assertRejected(String message, String name) {
        IllegalArgumentException rejection =
                assertThrows(IllegalArgumentException.class, () -> PageFile.of(name));
        assertEquals(message, rejection.getMessage());
    }

    @Test
    void leavesNoFileUntilThePageIsWritten() throws IOException {
        Path path = folder.resolve("run.html");
        PageFile file = PageFile.of(path.toString());
        assertEquals(List.of(), files());
        file.write("<p>größer</p>");
        assertEquals(List.of("run.html"), files());
        assertEquals("<p>größer</p>", Files.readString(path));
    }

    @Test
    void replacesTheTargetOfALink() throws IOException {
        Path path = Files.writeString(folder.resolve("run.html"), "before");
        Path link = Files.createSymbolicLink(folder.resolve("link"), path);
        PageFile file = PageFile.of(link.toString());
        assertEquals("before", Files.readString(path));
        file.write("after");
        assertEquals("after", Files.readString(path));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(List.of("link", "run.html"), files());
    }

    @Test
    void writesWhereDanglingLinksLead() throws IOException {
        Files.createDirectory(folder.resolve("www"));
        Path second = Path.of("www", "second");
        Path first = Files.createSymbolicLink(folder.resolve("first"), second);
        Files.createSymbolicLink(folder.resolve(second), Path.of("run.html"));
        PageFile.of(first.toString()).write("page");
        assertTrue(Files.isSymbolicLink(first));
        assertTrue(Files.isSymbolicLink(folder.resolve(second)));
        assertEquals("page", Files.readString(folder.resolve("www").resolve("run.html")));
    }

    @Test
    void rejectsACycleOfLinks() throws IOException {
        Path link = folder.resolve("link");
        Files.createSymbolicLink(link, link);
        assertRejected(
                "--report: write to " + link + " failed: too many levels of symbolic links",
                link.toString());
    }

    @Test
    void doesNotFollowAPlantedLink() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        long pid = ProcessHandle.current().pid();
        Files.createSymbolicLink(folder.resolve(".run.html." + pid), victim);
        PageFile.of(folder.resolve("run.html").toString()).write("page");
        assertEquals("precious", Files.readString(victim));
    }

    @Test
    void doesNotFollowALinkThatReplacesTheFile() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Path path = folder.resolve("run.html");
        PageFile file = PageFile.of(path.toString());
        Files.createSymbolicLink(path, victim);
        file.write("page");
        assertEquals("precious", Files.readString(victim));
        assertEquals("page", Files.readString(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-rw-rw-", "rw-r-x---"})
    void keepsTheMode(String mode) throws IOException {
        Path path = Files.writeString(folder.resolve("run.html"), "before");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        PageFile.of(path.toString()).write("after");
        assertEquals(mode, PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        assertEquals("after", Files.readString(path));
        assertEquals(List.of("run.html"), files());
    }

    @Test
    void createsAFileWithTheModeOfOthers() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "");
        Path path = folder.resolve("run.html");
        PageFile.of(path.toString()).write("page");
        assertEquals(Files.getPosixFilePermissions(other), Files.getPosixFilePermissions(path));
    }

    @Test
    void keepsHardLinks() throws IOException {
        Path path = Files.writeString(folder.resolve("run.html"), "a longer text before");
        Path link = Files.createLink(folder.resolve("link"), path);
        PageFile.of(path.toString()).write("after");
        assertEquals("after", Files.readString(link));
        assertTrue(Files.isSameFile(path, link));
        assertEquals(List.of("link", "run.html"), files());
    }

    @Test
    void keepsTheOwner() throws IOException {
        Path path = Files.writeString(folder.resolve("run.html"), "a longer text before");
        try {
            Files.setAttribute(path, "unix:uid", 12_345);
        } catch (FileSystemException e) {
            Assumptions.abort("needs root: " + e);
        }
        PageFile.of(path.toString()).write("after");
        assertEquals(12_345, Files.getAttribute(path, "unix:uid"));
        assertEquals("after", Files.readString(path));
        assertEquals(List.of("run.html"), files());
    }

    @ParameterizedTest
    @ValueSource(ints = {250, 255})
    void acceptsALongName(int length) throws IOException {
        String name = "n".repeat(length);
        PageFile.of(folder.resolve(name).toString()).write("page");
        assertEquals(List.of(name), files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-"})
    void rejectsStandardOutput(String name) {
        assertRejected("--report must name a file: " + name, name);
    }

    @Test
    void rejectsADirectory() {
        assertRejected("--report must name a file, not a directory: " + folder, folder.toString());
        assertRejected("--report must name a file, not a directory: /", "/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/null", "/dev/full", "/dev/zero"})
    void rejectsADevice(String name) {
        assertRejected("--report must name a file, not a device or pipe: " + name, name);
    }

    @Test
    void rejectsAMissingDirectory() {
        Path path = folder.resolve("missing").resolve("run.html");
        assertRejected(
                "--report: write to " + path + " failed: no such file or directory",
                path.toString());
    }

    @Test
    void rejectsAFileAsParent() throws IOException {
        Path path = Files.writeString(folder.resolve("file"), "").resolve("run.html");
        assertRejected("--report: write to " + path + " failed: not a directory", path.toString());
    }

    @Test
    void rejectsATooLongName() {
        String name = folder.resolve("n".repeat(256)).toString();
        assertRejected("--report: write to " + name + " failed: file name too long", name);
    }

    @Test
    void failsIfTheDirectoryWasDeleted() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        Path path = gone.resolve("run.html");
        PageFile file = PageFile.of(path.toString());
        Files.delete(gone);
        OutputException failure = assertThrows(OutputException.class, () -> file.write("page"));
        assertEquals(
                "write to " + path + " failed: no such file or directory", failure.getMessage());
    }

    @Test
    void removesTheTemporaryFileIfTheMoveFails() throws IOException {
        Path path = folder.resolve("run.html");
        PageFile file = PageFile.of(path.toString());
        Files.createDirectories(path.resolve("taken"));
        OutputException failure = assertThrows(OutputException.class, () -> file.write("page"));
        assertTrue(
                failure.getMessage().startsWith("write to " + path + " failed: "),
                failure.getMessage());
        assertFalse(failure.getMessage().contains("Exception"), failure.getMessage());
        assertEquals(List.of("run.html"), files());
    }
}
