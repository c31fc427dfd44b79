package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Results in a file given with {@code --output}. */
class OutputOptionTest {
    @TempDir private Path folder;

    private static RunningLauncher server(Object... options) {
        String[] args = new String[options.length + 2];
        for (int i = 0; i < options.length; i++) {
            args[i] = options[i].toString();
        }
        args[options.length] = "127.0.0.1";
        args[options.length + 1] = "0";
        return RunningLauncher.start(new TcpServerLauncher(), args);
    }

    private static void assertRefused(String message, Object... options) throws Exception {
        try (RunningLauncher server = server(options)) {
            assertEquals(2, server.status());
            assertEquals("", server.out());
            assertEquals("tcp-server: " + message + "\n", server.err());
        }
    }

    @Test
    void fileHasWhatStandardOutputWouldHaveHad() throws Exception {
        Path file = folder.resolve("log");
        try (RunningLauncher server = server("--output", file)) {
            assertEquals("hello client!", TestSockets.exchange(server, "a"));
            assertEquals("a\n", Files.readString(file), "a receipt before the record");
            TestSockets.exchange(server, "b");
            assertEquals(0, server.interrupt().status());
            assertEquals("", server.out());
            assertEquals("a\nb\n", Files.readString(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format=json", "--sync"})
    void fileOfJsonBeginsAndEndsAsStandardOutputDoes(String option) throws Exception {
        Path file = folder.resolve("log");
        try (RunningLauncher server = server("--format=json", option, "--output=" + file)) {
            TestSockets.exchange(server, "a");
            assertEquals(0, server.interrupt().status());
            assertEquals("", server.out());
            List<JsonNode> events = Events.parse(Files.readString(file));
            assertEquals(List.of("listening", "message", "summary"), Events.names(events));
        }
    }

    @Test
    void fileIsAppendedTo() throws Exception {
        Path file = Files.writeString(folder.resolve("log"), "before\n");
        try (RunningLauncher server = server("--output", file)) {
            TestSockets.exchange(server, "a");
            assertEquals(0, server.interrupt().status());
        }
        assertEquals("before\na\n", Files.readString(file));
    }

    @Test
    void fileIsNotTouchedByAWrongCommandLine() throws Exception {
        Path file = folder.resolve("log");
        assertRefused(
                "--count must be a number from 1 to 2^63-1: 0 (see tcp-server --help)",
                "--output",
                file,
                "--count=0");
        assertRefused(
                "--format must be text, json or raw: xml (see tcp-server --help)",
                "--output",
                file,
                "--format=xml");
        assertFalse(Files.exists(file));
    }

    @Test
    void fileThatCannotBeOpenedIsExit2() throws Exception {
        assertRefused("open " + folder + " failed: is a directory", "--output", folder);
        Path missing = folder.resolve("missing/log");
        assertRefused(
                "open " + missing + " failed: no such file or directory", "--output", missing);
    }

    @Test
    void syncWithoutAFileIsExit2() throws Exception {
        String end = " (see tcp-server --help)";
        String start = "--sync requires a regular file: ";
        assertRefused("--sync requires --output FILE" + end, "--sync", "--sync");
        assertRefused(start + "/dev/full" + end, "--sync", "--output=/dev/full");
        Path fifo = folder.resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        assertRefused(start + fifo + end, "--sync", "--output", fifo);
    }

    @Test
    void fullDiskAtTheStartIsExit2() throws Exception {
        assertRefused(
                "write to /dev/full failed: no space left on device",
                "--output=/dev/full",
                "--format=json");
    }

    @Test
    void fullDiskLaterIsExit2AndNoReceipt() throws Exception {
        try (RunningLauncher server = server("--output=/dev/full", "--verbose");
                RunningLauncher client =
                        RunningLauncher.start(
                                new TcpClientLauncher(), "127.0.0.1", server.port())) {
            assertEquals(1, client.status());
            assertTrue(client.err().endsWith(", so no receipt\n"), client::err);
            assertEquals(2, server.status());
            server.awaitErr(": unrecorded, 12 B received, 13 B sent in ");
            server.awaitErr("tcp-server: 0 messages from 1 connection, ");
            server.awaitErr("tcp-server: write to /dev/full failed: no space left on device");
        }
    }

    @Test
    void summaryThatCannotBeWrittenIsExit2() throws Exception {
        FailingOutput out = new FailingOutput(2);
        try (RunningLauncher server =
                RunningLauncher.start(
                        new TcpServerLauncher(), out, "--format=json", "127.0.0.1", "0")) {
            TestSockets.exchange(server, "a");
            assertEquals(2, server.interrupt().status());
            assertTrue(out.refused().startsWith("{\"event\":\"summary\""), out::refused);
            server.awaitErr("tcp-server: " + FailingOutput.ERROR);
        }
    }
}
