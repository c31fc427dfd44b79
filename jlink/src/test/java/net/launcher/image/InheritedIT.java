package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;

/** Standard input that {@code tcp-server --inherited} cannot listen on. */
class InheritedIT {
    private static final String REQUIRED =
            "--inherited requires a listening TCP socket as standard input";
    private static final String NO_SOCKET = REQUIRED + ": set StandardInput=socket in the unit";

    @TempDir private Path folder;

    private static void assertRefused(String message, ProcessResult ended) {
        String printed = "tcp-server: " + message + " (see tcp-server --help)\n";
        assertEquals(new ProcessResult(2, "", printed), ended);
    }

    @ParameterizedTest
    @ValueSource(strings = {"</dev/null", "</etc/passwd", "</", "<&-"})
    void rejectsWhatIsNoSocket(String redirection) {
        String command = "\"$BIN\"/tcp-server --inherited " + redirection;
        assertRefused(NO_SOCKET, ProcessCommand.sh(command).run());
    }

    @Test
    void rejectsAPipe() {
        assertRefused(NO_SOCKET, ProcessCommand.of("tcp-server", "--inherited").run());
    }

    @Test
    void rejectsASocketPassedAsAnotherDescriptor() {
        String message = REQUIRED + ", not as descriptor 3: set StandardInput=socket in the unit";
        assertRefused(
                message,
                ProcessCommand.of("tcp-server", "--inherited").env("LISTEN_FDS", "1").run());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connection | , not a connection: set Accept=no in the socket unit",
                "udp | , not a datagram socket: set ListenStream= in the socket unit",
                "unix-datagram | , not a datagram socket: set ListenStream= in the socket unit",
                "unix | , not a Unix socket: set ListenStream=PORT in the socket unit"
            })
    void rejectsOtherSockets(String kind, String reason) {
        assertRefused(REQUIRED + reason, activate(kind).run());
    }

    private ProcessCommand activate(String kind) {
        Path log = folder.resolve("log");
        return ProcessCommand.python(
                "activate.py",
                kind,
                ProcessCommand.bin("tcp-server"),
                "--inherited",
                "--output",
                log.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void rejectsASocketThatDoesNotListen(String format) {
        ProcessResult ended = activate("bound").with("--format", format).run();
        assertEquals(2, ended.status());
        assertEquals("", ended.out());
        assertTrue(
                ended.err()
                        .matches(
                                "tcp-server: accept on 127\\.0\\.0\\.1:\\d+ failed: the socket"
                                        + " does not listen\n"),
                ended::err);
    }

    @Test
    void rejectsTheSocketAsStandardOutput() {
        String message =
                "standard output must not be the inherited socket: set StandardOutput=journal in"
                        + " the unit, or give --output FILE";
        ProcessResult ended =
                ProcessCommand.python(
                                "activate.py",
                                "stdout",
                                ProcessCommand.bin("tcp-server"),
                                "--inherited")
                        .run();
        assertRefused(message, ended);
    }

    @Test
    void acceptsTheSocketAsStandardOutputWithoutResults() {
        try (RunningProcess activator =
                ProcessCommand.python(
                                "activate.py",
                                "stdout",
                                ProcessCommand.bin("tcp-server"),
                                "--inherited",
                                "--service",
                                "echo")
                        .start()) {
            activator.awaitErr("tcp-server: listening on 127.0.0.1:");
            activator.process().children().findFirst().orElseThrow().destroy();
            assertEquals(0, activator.end().status());
        }
    }

    @Test
    void rejectsTheSocketAsStandardError() {
        // The message is lost.
        assertEquals(new ProcessResult(2, "", ""), activate("stderr").run());
        assertFalse(Files.exists(folder.resolve("log")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1 9000 | --inherited must be used without endpoints: 127.0.0.1 9000",
                "-4 | --inherited cannot be used with -4",
                "-6 | --inherited cannot be used with -6",
                "--backlog 5 | --inherited cannot be used with --backlog",
                "--receive-buffer 64K | --inherited cannot be used with --receive-buffer",
                "--dscp EF | --inherited cannot be used with --dscp"
            })
    void rejectsWhatTheSocketDetermines(String args, String message) {
        ProcessCommand command = ProcessCommand.of("tcp-server", "--inherited");
        assertRefused(message, command.with(args.split(" ")).run());
    }

    @Test
    void isOnlyForTcp() {
        String printed =
                "udp-server: --inherited is an option of tcp-server (see udp-server --help)\n";
        assertEquals(
                new ProcessResult(2, "", printed),
                ProcessCommand.of("udp-server", "--inherited").run());
    }
}
