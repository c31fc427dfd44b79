package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;

/** Failures to write results: never exit status 0. */
class OutputIT {
    private static final String NO_SPACE =
            "write to standard output failed: no space left on device";

    static void assumeFullDevice() {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full on this machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-client --help", "udp-server --version", "selftest"})
    void fullDiskExitsWith2(String command) {
        assumeFullDevice();
        ProcessResult ended = ProcessCommand.sh("\"$BIN\"/" + command + " >/dev/full").run();
        String launcher = command.split(" ")[0];
        assertEquals(new ProcessResult(2, "", launcher + ": " + NO_SPACE + "\n"), ended);
    }

    @Test
    void clientWithFullDiskExitsWith2() {
        assumeFullDevice();
        try (RunningProcess server = ProcessCommand.of("tcp-server", "127.0.0.1", "0").start()) {
            ProcessResult ended =
                    ProcessCommand.sh(
                                    "\"$BIN\"/tcp-client 127.0.0.1 "
                                            + server.port()
                                            + " >/dev/full")
                            .run();
            assertEquals(new ProcessResult(2, "", "tcp-client: " + NO_SPACE + "\n"), ended);
        }
    }

    @Test
    void serverWithFullDiskGivesNoReceipt() {
        assumeFullDevice();
        String script = "exec \"$BIN\"/tcp-server 127.0.0.1 0 >/dev/full";
        try (RunningProcess server = ProcessCommand.sh(script).start()) {
            ProcessResult client =
                    ProcessCommand.of("tcp-client", "127.0.0.1:" + server.port()).run();
            assertEquals(1, client.status());
            assertEquals("hello client!\n", client.out());
            assertTrue(client.err().endsWith(", so no receipt\n"), client::err);
            ProcessResult ended = server.end();
            assertEquals(2, ended.status());
            assertTrue(ended.err().contains("tcp-server: " + NO_SPACE + "\n"), ended::err);
            assertTrue(ended.err().contains(": 0 messages from "), ended::err);
        }
    }

    @Test
    void udpServerWithFullDiskExitsWith2() {
        assumeFullDevice();
        String script = "exec \"$BIN\"/udp-server 127.0.0.1 0 >/dev/full";
        try (RunningProcess server = ProcessCommand.sh(script).start()) {
            ProcessCommand.of("udp-client", "127.0.0.1:" + server.port()).run();
            ProcessResult ended = server.end();
            assertEquals(2, ended.status());
            assertTrue(ended.err().contains("udp-server: " + NO_SPACE + "\n"), ended::err);
        }
    }

    @Test
    void jsonServerWithFullDiskDoesNotStart() {
        assumeFullDevice();
        ProcessResult ended =
                ProcessCommand.sh("\"$BIN\"/tcp-server --format json 127.0.0.1 0 >/dev/full").run();
        assertEquals(new ProcessResult(2, "", "tcp-server: " + NO_SPACE + "\n"), ended);
    }

    @Test
    void closedOutputExitsWith2() {
        assertEquals(
                new ProcessResult(
                        2, "", "tcp-client: write to standard output failed: it is closed\n"),
                ProcessCommand.sh("\"$BIN\"/tcp-client --help >&-").run());
    }

    @Test
    void brokenPipeExitsSilentlyWith2() {
        // The reader has ended before the server writes.
        String script =
                "{ \"$BIN\"/tcp-server 127.0.0.1 0; echo \"status $?\" >&2; } | exec <&- sleep 0";
        try (RunningProcess server = ProcessCommand.sh(script).start()) {
            ProcessResult client =
                    ProcessCommand.of("tcp-client", "127.0.0.1:" + server.port()).run();
            assertEquals(1, client.status(), client::err);
            assertEquals("status 2", server.awaitErr("status"));
            assertTrue(!server.end().err().contains("failed"), "a broken pipe was reported");
        }
    }

    @Test
    void closedStandardErrorChangesNothing() {
        try (RunningProcess server = ProcessCommand.of("tcp-server", "127.0.0.1", "0").start()) {
            String script = "\"$BIN\"/tcp-client 127.0.0.1 " + server.port() + " 2>&-";
            assertEquals(
                    new ProcessResult(0, "hello client!\n", ""), ProcessCommand.sh(script).run());
        }
    }
}
