package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Conditions and path of the HTML report. */
class RunPageIT {
    private static final String HINT = " (see tcp-client --help)\n";

    @TempDir private Path folder;

    private Path page() {
        return folder.resolve("run.html");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Asserts that the page is complete and the only file. */
    private void assertSays(String words) throws IOException {
        assertEquals(List.of("run.html"), files());
        String page = Files.readString(page());
        assertTrue(page.startsWith("<!DOCTYPE html>") && page.endsWith("</html>\n"), page);
        assertTrue(page.contains(words), page);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, greet, -c 1, 0, 1 of 1 exchange succeeded",
        "tcp, echo, -c 20 --fail-if ok<21, 3, 1 of 1 threshold failed",
        "udp, echo, -c 20 --format raw --quiet, 0, 20 of 20 exchanges succeeded",
        "udp, receive, -c 3, 0, 3 of 3 exchanges succeeded",
        "udp, stamp, -c 12 --format json, 0, 'stamp down: lost'",
        "tcp, greet, -c 5, 0, time of each exchange",
        "tcp, echo, --bulk -t 300ms -P 2, 0, 2 of 2 streams succeeded",
        "tcp, discard, -t 1200ms -P 2, 0, data-name=\"streams.1.bytes_sent\"",
        "udp, echo, --load 2 -t 300ms --load-service discard --load-to LOAD, 0,"
                + " under load: median ",
        "tcp, echo, --load 1 --load-to 127.0.0.1:1 -c 10, 1, Failures of the load"
    })
    void pageIsWrittenWhateverTheRun(
            String transport, String service, String args, int status, String words)
            throws IOException {
        try (ServerUnderTest target = ServerUnderTest.of(transport, service);
                ServerUnderTest sink = ServerUnderTest.of("tcp", "discard")) {
            String[] options = args.replace("LOAD", sink.endpoint()).split(" ");
            ProcessResult ended = target.client(options).with("--report", page().toString()).run();
            assertEquals(status, ended.status(), ended.toString());
            assertSays(words);
        }
    }

    @Test
    void pageKeepsLinkModeAndLongName() throws IOException {
        Path path = folder.resolve("n".repeat(245) + ".html");
        Path link = Files.createSymbolicLink(page(), path);
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString("rw-------");
        for (int run = 1; run <= 2; run++) {
            ProcessResult ended =
                    ProcessCommand.of("udp-client", "--service", "discard", "-c", "1")
                            .with("--report", link.toString(), "127.0.0.1:9")
                            .run();
            assertTrue(ended.status() < 2, ended.toString());
            assertTrue(Files.isSymbolicLink(link));
            assertTrue(Files.readString(path).endsWith("</html>\n"));
            if (run == 1) {
                Files.setPosixFilePermissions(path, mode);
            }
        }
        assertEquals(mode, Files.getPosixFilePermissions(path));
    }

    @Test
    void unknownNameHasAPage() throws IOException {
        ProcessResult ended =
                ProcessCommand.of(
                                "tcp-client", "--report", page().toString(), "no-such-name.invalid")
                        .run();
        assertEquals(1, ended.status(), ended.toString());
        assertSays("data-name=\"errors.dns\" value=\"1\"");
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void interruptedRunHasAPage(String signal, int status) throws IOException {
        SignalIT.assumeHandled(signal);
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo");
                RunningProcess run =
                        target.client("-i", "20ms", "--report", page().toString()).start()) {
            run.awaitOut(lines -> lines.size() > 3);
            assertEquals(List.of(), files());
            ProcessResult ended = run.signal(signal).end();
            assertEquals(status, ended.status(), ended.toString());
            assertSays("Interrupted by a signal.");
        }
    }

    /** The port would refuse, but is not contacted. */
    @ParameterizedTest
    @CsvSource({
        "-, --report must name a file: -",
        "/dev/stdout, '--report must name a file, not a device or pipe: /dev/stdout'",
        "/missing/run.html,"
                + " --report: write to /missing/run.html failed: no such file or directory"
    })
    void rejectsAnInvalidFileBeforeSending(String file, String message) {
        assertEquals(
                new ProcessResult(2, "", "tcp-client: " + message + HINT),
                ProcessCommand.of("tcp-client", "--report", file, "127.0.0.1:1").run());
    }

    @Test
    void rejectsTheFileOfStandardOutput() throws IOException {
        String file = page().toString();
        ProcessResult ended =
                ProcessCommand.sh(
                                "exec \"$BIN\"/tcp-client --report '"
                                        + file
                                        + "' 127.0.0.1:1 >"
                                        + file)
                        .run();
        String message = "tcp-client: --report must not be standard output: ";
        assertEquals(new ProcessResult(2, "", message + file + HINT), ended);
        assertEquals(0, Files.size(page()));
    }

    @Test
    void deletedFolderIsReportedAtTheEnd() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        Path page = gone.resolve("run.html");
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo");
                RunningProcess run =
                        target.client("-i", "20ms", "--report", page.toString()).start()) {
            run.awaitOut(lines -> lines.size() > 3);
            Files.delete(gone);
            ProcessResult ended = run.signal("TERM").end();
            assertEquals(2, ended.status(), ended.toString());
            assertTrue(ended.out().contains("\nexchanges   "), ended::out);
            assertEquals(
                    "tcp-client: write to " + page + " failed: no such file or directory\n",
                    ended.err());
        }
    }

    /** The old file remains, and no incomplete file is left. */
    @Test
    void fullDiskLeavesNoIncompletePage() {
        try (NetworkNamespace host = NetworkNamespace.start()) {
            host.sh("mount -t tmpfs -o size=64k none /mnt");
            host.sh("echo before >/mnt/run.html; head -c 60K /dev/zero >/mnt/full || true");
            ProcessResult ended =
                    host.launch("tcp-client", "--report", "/mnt/run.html", "127.0.0.1:1").run();
            assertEquals(2, ended.status(), ended.toString());
            assertTrue(
                    ended.err()
                            .endsWith(
                                    "tcp-client: write to /mnt/run.html failed: no space left on"
                                            + " device\n"),
                    ended::err);
            assertEquals("before\nfull\nrun.html\n", host.sh("cat /mnt/run.html; ls -A /mnt"));
        }
    }
}
