package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.TestThreads;
import net.launcher.output.Output.OutputException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Replacing the file of an output, and forcing records to the disk. */
class OutputRedirectTest {
    /** A file whose close fails, as may happen on a full network file system. */
    private static final class FailingClose extends FileOutputStream {
        FailingClose(Path file) throws IOException {
            super(file.toFile());
        }

        @Override
        public void close() throws IOException {
            super.close();
            throw new IOException("Input/output error");
        }
    }

    @TempDir private Path folder;

    private FileOutputStream stream(Path file) throws IOException {
        return new FileOutputStream(file.toFile());
    }

    @Test
    void redirectDuringWritesLosesNothing() throws Exception {
        List<FileOutputStream> streams = new ArrayList<>();
        streams.add(stream(folder.resolve("0")));
        Output output = new Output(folder.resolve("0"), streams.getFirst());
        AtomicBoolean isOver = new AtomicBoolean();
        TestThreads threads = new TestThreads();
        for (int i = 0; i < 4; i++) {
            String name = "thread " + i + " ";
            threads.start(
                    () -> {
                        int n = 0;
                        while (!isOver.get()) {
                            output.line(name + n++);
                        }
                        output.line(name + "ends at " + n);
                        return null;
                    });
        }
        for (int i = 1; i <= 20; i++) {
            Path before = folder.resolve(Integer.toString(i - 1));
            while (Files.size(before) == 0) {
                Thread.yield();
            }
            streams.add(stream(folder.resolve(Integer.toString(i))));
            output.redirect(streams.getLast());
            assertFalse(streams.get(i - 1).getFD().valid(), "the old file is open");
        }
        isOver.set(true);
        threads.join();
        output.close();
        assertFalse(streams.getLast().getFD().valid(), "the last file is open");
        assertInOrder(streams.size());
    }

    /** Asserts that the files, concatenated, have the lines of each thread in order. */
    private void assertInOrder(int files) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            lines.addAll(Files.readAllLines(folder.resolve(Integer.toString(i))));
        }
        Set<String> names = new HashSet<>();
        for (String end : lines.stream().filter(line -> line.contains("ends at")).toList()) {
            String name = end.substring(0, end.indexOf("ends"));
            List<String> own = lines.stream().filter(line -> line.startsWith(name)).toList();
            for (int n = 0; n < own.size() - 1; n++) {
                assertEquals(name + n, own.get(n));
            }
            assertEquals(name + "ends at " + (own.size() - 1), own.getLast());
            names.add(name);
        }
        assertEquals(4, names.size());
    }

    @Test
    void uncommittedRecordsGoToTheNewFile() throws IOException {
        Path old = folder.resolve("old");
        Path next = folder.resolve("new");
        Output output = new Output(old, stream(old));
        output.line("first");
        output.append(batch -> batch.write('x'));
        output.redirect(stream(next));
        assertEquals("", Files.readString(next));
        output.commit();
        assertEquals("first\n", Files.readString(old));
        assertEquals("x", Files.readString(next));
        output.close();
    }

    @Test
    void failedCloseOfTheOldFileEndsTheOutput() throws IOException {
        Path old = folder.resolve("old");
        Path next = folder.resolve("new");
        Output output = new Output(old, new FailingClose(old));
        OutputException failure =
                assertThrows(OutputException.class, () -> output.redirect(stream(next)));
        assertEquals("write to " + old + " failed: input/output error", failure.getMessage());
        assertTrue(output.hasFailed());
        assertSame(failure, assertThrows(OutputException.class, () -> output.line("a")));
        assertEquals("", Files.readString(next));
    }

    @Test
    void failedCloseIsAFailure() throws IOException {
        Path file = folder.resolve("file");
        Output output = new Output(file, new FailingClose(file));
        output.line("a");
        OutputException failure = assertThrows(OutputException.class, output::close);
        assertEquals("write to " + file + " failed: input/output error", failure.getMessage());
    }

    @Test
    void standardOutputIsNotClosed() throws IOException {
        Path file = folder.resolve("file");
        try (FileOutputStream stream = stream(file)) {
            Output output = new Output(stream);
            output.append(batch -> batch.write('x'));
            output.close();
            assertEquals("x", Files.readString(file));
            assertTrue(stream.getFD().valid());
        }
    }

    @Test
    void syncRequiresAFile() throws IOException {
        assertSyncRefused("--output FILE", new Output(new CapturedOutput()), folder);
        Path none = Path.of("/dev/null");
        try (FileOutputStream stream = stream(none)) {
            assertSyncRefused("a regular file: /dev/null", new Output(none, stream), none);
            assertSyncRefused("--output FILE", new Output(stream), none);
        }
    }

    private static void assertSyncRefused(String requirement, Output output, Path file) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> output.sync(file));
        assertEquals("--sync requires " + requirement, refusal.getMessage());
    }

    @Test
    void syncedOutputIsWrittenBeforeAndAfterARedirect() throws IOException {
        Path old = folder.resolve("old");
        Path next = folder.resolve("new");
        Output output = new Output(old, stream(old));
        output.sync(old);
        output.line("a");
        output.redirect(stream(next));
        output.line("b");
        output.close();
        assertEquals("a\n", Files.readString(old));
        assertEquals("b\n", Files.readString(next));
    }
}
