package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The configuration of {@code logrotate} for the logs of services. */
class LogrotateIT {
    private static final Path EXAMPLE =
            ProcessCommand.IMAGE.resolve("share/doc/netpair/examples/logrotate");

    @TempDir private Path folder;

    @Test
    void rotationKeepsEachMessage() throws IOException {
        Assume.success("logrotate", "--version");
        Path logs = folder.resolve("log");
        Path log = Files.createDirectories(logs.resolve("netpair/lab")).resolve("messages.log");
        Path rotated = log.resolveSibling("messages.log.1");
        Path config = folder.resolve("lab.conf");
        Files.writeString(config, "--output " + log + "\n127.0.0.1\n0\n");
        String example = Files.readString(EXAMPLE);
        assertFalse(example.replace("/var/log/", logs + "/").equals(example));
        Path rotation =
                Files.writeString(
                        folder.resolve("netpair"), example.replace("/var/log/", logs + "/"));
        try (RunningProcess server =
                ProcessCommand.of("tcp-server", "--config", config.toString()).start()) {
            int port = server.port();
            installSystemctl(server.process().pid());
            for (int i = 1; i <= 3; i++) {
                try (TcpPeer peer = TcpPeer.greeted(port)) {
                    assertEquals("<closed>", peer.send("message " + i).awaitEnd());
                }
                rotate(rotation);
                // The file exists shortly before the server writes to it.
                Await.holds("opened again", () -> ProcessStats.of(server).hasOpen(log));
                Await.holds("old file closed", () -> !ProcessStats.of(server).hasOpen(rotated));
            }
            assertEquals(0, server.signal("TERM").end().status());
        }
        assertEquals("", Files.readString(log));
        assertEquals("message 3\n", Files.readString(rotated));
        for (int i = 1; i <= 2; i++) {
            Path compressed = log.resolveSibling("messages.log." + (4 - i) + ".gz");
            ProcessResult text = ProcessCommand.sh("gzip -cd '" + compressed + "'").run();
            assertEquals("message " + i + "\n", text.out());
        }
        String call =
                "try-reload-or-restart tcp-server@*.service udp-server@*.service"
                        + " tcp-server-socket@*.service\n";
        assertEquals(call.repeat(3), Files.readString(folder.resolve("calls")));
    }

    /** Installs a script in place of {@code systemctl}, which reloads the server. */
    private void installSystemctl(long pid) throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path systemctl =
                Files.writeString(
                        bin.resolve("systemctl"),
                        "#!/bin/sh\necho \"$*\" >>'%s'\nkill -s HUP %d\n"
                                .formatted(folder.resolve("calls"), pid));
        Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void rotate(Path rotation) {
        ProcessResult ended =
                ProcessCommand.sh(
                                "PATH=bin:$PATH logrotate --force --state state '%s'"
                                        .formatted(rotation))
                        .in(folder)
                        .run();
        assertEquals(new ProcessResult(0, "", ""), ended);
    }
}
