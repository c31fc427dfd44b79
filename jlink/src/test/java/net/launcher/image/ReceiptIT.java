package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.image.ConcurrentClients.ExchangeKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Receipts and records of servers that end or cannot record. */
class ReceiptIT {
    private static final int CLIENTS = 36;

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(ExchangeKind.class)
    void clientsThatSentBeforeTheEndHaveReceipts(ExchangeKind kind) throws IOException {
        Path out = folder.resolve("out");
        String service = kind.name().toLowerCase();
        try (RunningProcess server =
                        ProcessCommand.of("tcp-server", "127.0.0.1", "0", "--service", service)
                                .with("--output", out.toString())
                                .start();
                ConcurrentClients clients = ConcurrentClients.of(CLIENTS, kind, server.port())) {
            clients.awaitReceipts(500);
            ProcessResult ended = server.signal("TERM").end();
            clients.finish();
            assertEquals(0, ended.status(), ended::err);
            assertEquals("", ended.out());
            List<String> records = Files.readAllLines(out);
            assertEquals(new HashSet<>(records).size(), records.size());
            assertEquals(Set.of(), minus(clients.receipts(), records));
            if (kind == ExchangeKind.GREET) {
                // A greeted client was accepted and is served; others may be too late.
                assertEquals(Set.of(), clients.misses());
                assertEquals(Set.of(), minus(records, clients.receipts()));
            }
            assertTrue(ended.err().contains(": " + records.size() + " message"), ended::err);
        }
    }

    private static Set<String> minus(Collection<String> some, Collection<String> others) {
        Set<String> rest = new HashSet<>(some);
        rest.removeAll(new HashSet<>(others));
        return rest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"--output /dev/full", ">/dev/full"})
    void fullDeviceEndsTheServerWithoutReceipt(String output) throws IOException {
        Assume.success("test", "-c", "/dev/full");
        assertNoReceipts("exec \"$BIN\"/tcp-server 127.0.0.1 0 " + output, 0);
    }

    @Test
    void fullDiskEndsTheServerWithoutFurtherReceipts() throws IOException {
        String mount = "mount -t tmpfs -o size=64k none \"$DISK\" && ";
        Assume.success("unshare", "-m", "sh", "-c", mount.replace("\"$DISK\"", "/mnt") + "true");
        String serve = "\"$BIN\"/tcp-server 127.0.0.1 0 --output \"$DISK\"/out; status=$?; ";
        String script = mount + serve + "cat \"$DISK\"/out; exit $status";
        assertNoReceipts("exec unshare -m sh -c '" + script + "'", 500);
    }

    /** Runs a server whose output becomes full after at least this number of receipts. */
    private void assertNoReceipts(String script, int receipts) throws IOException {
        try (RunningProcess server =
                        ProcessCommand.sh(script).env("DISK", folder.toString()).start();
                ConcurrentClients clients =
                        ConcurrentClients.of(CLIENTS, ExchangeKind.GREET, server.port())) {
            ProcessResult ended = server.end();
            clients.finish();
            assertEquals(2, ended.status(), ended::err);
            assertEquals(
                    1,
                    ended.err().lines().filter(line -> line.endsWith("device")).count(),
                    ended::err);
            assertTrue(ended.err().contains(" failed: no space left on device\n"), ended::err);
            assertEquals(Set.of(), minus(clients.receipts(), ended.out().lines().toList()));
            assertTrue(clients.misses().size() > 0);
            assertTrue(clients.receipts().size() >= receipts, clients.receipts()::toString);
        }
    }
}
