package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Standard streams that are closed or full. */
class StreamsIT {
    static final String[] LAUNCHERS = UnpackedArchive.LAUNCHERS;

    private static void assertPrintsOneLine(String launcher, String err) {
        assertTrue(err.matches(launcher + ": [^\n]+\n"), err);
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void closedOutputNeverSucceeds(String launcher) {
        ProcessResult ended = ProcessCommand.sh("\"$BIN\"/" + launcher + " --version >&-").run();
        assertEquals(2, ended.status());
        assertPrintsOneLine(launcher, ended.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {">&-", ">/dev/full"})
    void selftestWithoutOutputFails(String redirection) {
        ProcessResult ended = ProcessCommand.sh("\"$BIN\"/selftest " + redirection).run();
        assertEquals(2, ended.status());
        assertPrintsOneLine("selftest", ended.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void serverWithClosedOutputDoesNotStart(String transport) {
        ProcessResult ended =
                ProcessCommand.sh("\"$BIN\"/" + transport + "-server 127.0.0.1 0 >&-").run();
        assertEquals(2, ended.status());
        assertPrintsOneLine(transport + "-server", ended.err());
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void fullDiskNeverSucceeds(String launcher) {
        Assume.success("test", "-c", "/dev/full");
        ProcessResult ended =
                ProcessCommand.sh("\"$BIN\"/" + launcher + " --version >/dev/full").run();
        assertEquals(2, ended.status());
        assertPrintsOneLine(launcher, ended.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {">&-", ">/dev/full"})
    void clientFailsIfItCannotPrintTheGreeting(String redirection) {
        try (RunningProcess server = ProcessCommand.of("tcp-server", "127.0.0.1", "0").start()) {
            String client = "\"$BIN\"/tcp-client 127.0.0.1 " + server.port();
            ProcessResult ended = ProcessCommand.sh(client + " " + redirection).run();
            assertEquals(2, ended.status());
            assertPrintsOneLine("tcp-client", ended.err());
        }
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void closedErrorAndInputDoNotChangeSuccess(String launcher) {
        ProcessResult plain = ProcessCommand.of(launcher, "--version").run();
        for (String closed : new String[] {"<&-", "2>&-", "<&- 2>&-"}) {
            String command = "\"$BIN\"/" + launcher + " --version " + closed;
            assertEquals(plain, ProcessCommand.sh(command).run(), closed);
        }
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void closedErrorDoesNotChangeAUsageError(String launcher) {
        String command = "\"$BIN\"/" + launcher + " --no-such-option 2>&-";
        assertEquals(new ProcessResult(2, "", ""), ProcessCommand.sh(command).run());
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void allStreamsClosedNeverSucceeds(String launcher) {
        String command = "\"$BIN\"/" + launcher + " --version <&- >&- 2>&-";
        assertEquals(new ProcessResult(2, "", ""), ProcessCommand.sh(command).run());
    }

    @Test
    void closedErrorDoesNotChangeAFailure() throws IOException {
        try (Socket mute = new Socket()) {
            // Bound but not listening, so that the port refuses connections.
            mute.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String client = "\"$BIN\"/tcp-client localhost " + mute.getLocalPort();
            assertEquals(new ProcessResult(1, "", ""), ProcessCommand.sh(client + " 2>&-").run());
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp, <&-", "tcp, 2>&-", "tcp, <&- 2>&-", "udp, <&- 2>&-"})
    void closedStreamsDoNotChangeAnExchange(String transport, String closed) {
        String serve = "exec \"$BIN\"/%s-server --format json localhost 0 ".formatted(transport);
        try (RunningProcess server = ProcessCommand.sh(serve + closed).start()) {
            String ready = server.awaitOut("\"event\":\"listening\"");
            String port = ready.replaceFirst(".*\"local\":\"127\\.0\\.0\\.1:(\\d+)\".*", "$1");
            String client = "\"$BIN\"/%s-client localhost %s ".formatted(transport, port);
            String answer = transport.equals("tcp") ? "hello client!\n" : "";
            assertEquals(
                    new ProcessResult(0, answer, ""), ProcessCommand.sh(client + closed).run());
            String message = server.awaitOut("\"event\":\"message\"");
            assertTrue(message.contains("\"text\":\"hello sever!\""), message);
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertTrue(ended.lastLine().startsWith("{\"event\":\"summary\""), ended.out());
        }
    }
}
