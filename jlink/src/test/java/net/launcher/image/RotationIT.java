package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.image.ConcurrentClients.ExchangeKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** The output file under log rotation. */
class RotationIT {
    private static final int CLIENTS = 12;
    private static final int ROTATIONS = 8;

    @TempDir private Path folder;

    private RunningProcess serve(Path file, String... options) {
        return ProcessCommand.of("tcp-server", "127.0.0.1", "0", "--output", file.toString())
                .with(options)
                .start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format=text", "--sync"})
    void rotationUnderLoadNeitherLosesNorRepeats(String option) throws IOException {
        Path log = folder.resolve("log");
        try (RunningProcess server = serve(log, option);
                ConcurrentClients clients =
                        ConcurrentClients.of(CLIENTS, ExchangeKind.GREET, server.port())) {
            List<Path> files = new ArrayList<>(List.of(log));
            for (int i = 1; i <= ROTATIONS; i++) {
                clients.awaitReceipts(clients.receipts().size() + 20);
                Path old = folder.resolve("log." + i);
                Files.move(log, old);
                server.signal("HUP");
                Await.holds("the new file is used", () -> Files.exists(log) && Files.size(log) > 0);
                files.add(old);
            }
            clients.finish();
            assertEquals(0, server.signal("TERM").end().status());
            List<String> records = new ArrayList<>();
            for (Path file : files) {
                assertFalse(Files.readString(file).isEmpty(), file.toString());
                records.addAll(Files.readAllLines(file));
            }
            assertEquals(clients.receipts(), new HashSet<>(records));
            assertEquals(records.size(), new HashSet<>(records).size());
        }
    }

    @Test
    void failedReopenIsReportedAndKeepsTheOldFile() throws IOException {
        Path moved = folder.resolve("moved");
        Path log = Files.createDirectory(folder.resolve("logs")).resolve("log");
        try (RunningProcess server = serve(log)) {
            int port = server.port();
            assertEquals("<closed>", greet(port, "before"));
            Files.move(log.getParent(), moved);
            server.signal("HUP");
            assertEquals(
                    "tcp-server: open " + log + " failed: no such file or directory",
                    server.awaitErr("open "));
            assertEquals("<closed>", greet(port, "after"));
            Files.move(moved, log.getParent());
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertEquals("before\nafter\n", Files.readString(log));
        }
    }

    private static String greet(int port, String message) throws IOException {
        try (TcpPeer peer = TcpPeer.greeted(port)) {
            return peer.send(message).awaitEnd();
        }
    }

    @Test
    void appendsToAnExistingFile() throws IOException {
        Path log = Files.writeString(folder.resolve("log"), "old\n");
        try (RunningProcess server = serve(log, "--sync", "--format", "raw")) {
            assertEquals("<closed>", greet(server.port(), "new"));
            assertEquals("old\nnew", Files.readString(log));
            assertEquals(0, server.signal("INT").end().status());
        }
    }

    @Test
    void udpServerReopensItsFile() throws IOException {
        Path log = folder.resolve("log");
        try (RunningProcess server =
                ProcessCommand.of("udp-server", "127.0.0.1:0", "--output", log.toString())
                        .start()) {
            String client = "udp-client";
            String port = Integer.toString(server.port());
            ProcessCommand.of(client, "-m", "first", "127.0.0.1", port).run();
            Await.holds("recorded", () -> Files.size(log) > 0);
            Path old = Files.move(log, folder.resolve("old"));
            server.signal("HUP");
            // The file exists shortly before the server writes to it.
            Await.holds("opened again", () -> ProcessStats.of(server).hasOpen(log));
            Await.holds("old file closed", () -> !ProcessStats.of(server).hasOpen(old));
            ProcessCommand.of(client, "-m", "second", "127.0.0.1", port).run();
            Await.holds("recorded", () -> Files.size(log) > 0);
            assertTrue(Files.readString(log).startsWith("received: second from "));
            assertEquals(0, server.signal("TERM").end().status());
        }
    }

    @Test
    void rejectsSyncWithoutFile() {
        ProcessResult ended = ProcessCommand.of("tcp-server", "--sync", "127.0.0.1", "0").run();
        assertEquals(
                new ProcessResult(
                        2,
                        "",
                        "tcp-server: --sync requires --output FILE (see tcp-server --help)\n"),
                ended);
    }

    @Test
    void invalidPathExitsWith2() {
        ProcessResult ended =
                ProcessCommand.of("udp-server", "--output", folder.toString(), "127.0.0.1:0").run();
        assertEquals(
                new ProcessResult(
                        2, "", "udp-server: open " + folder + " failed: is a directory\n"),
                ended);
    }

    @Test
    void unwritableFileExitsWith2() {
        // Root may write everywhere.
        String become = "setpriv --reuid=65534 --regid=65534 --clear-groups ";
        Assume.success("sh", "-c", become + "test -r " + ProcessCommand.IMAGE);
        String file = "/etc/passwd";
        ProcessResult ended =
                ProcessCommand.sh(become + "\"$BIN\"/tcp-server --output " + file + " 127.0.0.1 0")
                        .in(Path.of("/"))
                        .run();
        String printed = "tcp-server: open " + file + " failed: permission denied\n";
        assertEquals(new ProcessResult(2, "", printed), ended);
    }
}
