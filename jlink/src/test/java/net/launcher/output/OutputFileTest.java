package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.TestThreads;
import net.launcher.output.Output.OutputException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file of {@code --output}. */
class OutputFileTest {
    @TempDir private Path folder;

    private static void assertNotOpened(Path path, String reason) {
        OutputException failure =
                assertThrows(OutputException.class, () -> OutputFile.open(path, false));
        assertEquals("open " + path + " failed: " + reason, failure.getMessage());
    }

    private static void makeFifo(Path path) throws Exception {
        assertEquals(0, new ProcessBuilder("mkfifo", path.toString()).start().waitFor());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void createsAFileAndAppendsToIt(boolean isSynced) throws IOException {
        Path path = folder.resolve("log");
        for (String line : List.of("first", "second")) {
            Output output = OutputFile.open(path, isSynced).output();
            output.line(line);
            output.close();
        }
        assertEquals("first\nsecond\n", Files.readString(path));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reopenAfterAMoveLosesNothing(boolean isSynced) throws IOException {
        Path path = folder.resolve("log");
        Path moved = folder.resolve("log.1");
        OutputFile file = OutputFile.open(path, isSynced);
        file.output().line("before");
        Files.move(path, moved);
        file.output().line("between");
        assertFalse(Files.exists(path));
        file.reopen();
        file.output().line("after");
        file.output().close();
        assertEquals("before\nbetween\n", Files.readString(moved));
        assertEquals("after\n", Files.readString(path));
    }

    @Test
    void concurrentRecordsSurviveMoves() throws Exception {
        Path path = folder.resolve("log");
        OutputFile file = OutputFile.open(path, false);
        TestThreads threads = new TestThreads();
        for (int i = 0; i < 4; i++) {
            threads.start(
                    () -> {
                        for (int n = 0; n < 500; n++) {
                            file.output().line("a line");
                        }
                        return null;
                    });
        }
        for (int i = 0; i < 10; i++) {
            Files.move(path, folder.resolve("log." + i));
            file.reopen();
        }
        threads.join();
        file.output().close();
        int lines = 0;
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path any : files) {
                lines += Files.readAllLines(any).size();
            }
        }
        assertEquals(4 * 500, lines);
    }

    @Test
    void failedReopenKeepsTheOldFile() throws IOException {
        Path path = Files.createDirectory(folder.resolve("logs")).resolve("log");
        OutputFile file = OutputFile.open(path, false);
        file.output().line("before");
        Path moved = Files.move(path.getParent(), folder.resolve("moved"));
        OutputException failure = assertThrows(OutputException.class, file::reopen);
        assertEquals("open " + path + " failed: no such file or directory", failure.getMessage());
        file.output().line("after");
        file.output().close();
        assertEquals("before\nafter\n", Files.readString(moved.resolve("log")));
    }

    @Test
    void explainsAPathThatIsNotAFile() {
        assertNotOpened(folder, "is a directory");
        assertNotOpened(folder.resolve("missing/log"), "no such file or directory");
        assertNotOpened(Path.of(""), "no such file or directory");
        assertNotOpened(Path.of("/"), "is a directory");
        assertNotOpened(folder.resolve("x".repeat(300)), "file name too long");
    }

    @Test
    void explainsAFileBelowAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file (1)"));
        assertNotOpened(file.resolve("log"), "not a directory");
    }

    @Test
    void fullDiskErrorNamesTheFile() throws IOException {
        Output output = OutputFile.open(Path.of("/dev/full"), false).output();
        OutputException failure = assertThrows(OutputException.class, () -> output.line("a"));
        assertEquals("write to /dev/full failed: no space left on device", failure.getMessage());
    }

    @Test
    void syncRejectsANonRegularFileAtTheStart() throws Exception {
        Path fifo = folder.resolve("fifo");
        makeFifo(fifo);
        for (Path path : List.of(fifo, Path.of("/dev/full"), Path.of("/dev/null"))) {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> OutputFile.open(path, true));
            assertEquals("--sync requires a regular file: " + path, refusal.getMessage());
        }
    }

    @Test
    void syncRejectsANonRegularFileOnReopen() throws Exception {
        Path path = folder.resolve("log");
        OutputFile file = OutputFile.open(path, true);
        Path moved = Files.move(path, folder.resolve("moved"));
        makeFifo(path);
        OutputException failure = assertThrows(OutputException.class, file::reopen);
        assertEquals(
                "open " + path + " failed: not a regular file, which --sync requires",
                failure.getMessage());
        file.output().line("after");
        file.output().close();
        assertEquals("after\n", Files.readString(moved));
    }

    @Test
    void interruptEndsTheWaitForAReaderOfAPipe() throws Exception {
        Path fifo = folder.resolve("fifo");
        makeFifo(fifo);
        Thread.currentThread().interrupt();
        InterruptedIOException failure =
                assertThrows(InterruptedIOException.class, () -> OutputFile.open(fifo, false));
        assertEquals("open " + fifo + " failed: interrupted", failure.getMessage());
        assertTrue(Thread.interrupted());
        // Lets the abandoned open complete.
        Files.newInputStream(fifo).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"torn", "line\ntorn"})
    void endsAnIncompleteLastLineOnce(String torn) throws IOException {
        Path path = Files.writeString(folder.resolve("log"), torn);
        for (int i = 0; i < 2; i++) {
            OutputFile file = OutputFile.open(path, false);
            file.endLine();
            file.output().close();
            assertEquals(torn + "\n", Files.readString(path));
        }
    }

    @Test
    void keepsAFileWithCompleteLines() throws IOException {
        for (String text : List.of("", "\n", "line\n")) {
            Path path = Files.writeString(folder.resolve("log"), text);
            OutputFile file = OutputFile.open(path, false);
            file.endLine();
            file.output().close();
            assertEquals(text, Files.readString(path));
        }
    }
}
