package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.image.ConcurrentClients.ExchangeKind;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Servers killed at random moments: each receipt has its record. */
class KillIT {
    private static final int SEED = 20260131;
    private static final int KILLS = 10;
    private static final int CLIENTS = 36;
    private static final int MAX_RECEIPTS = 400;

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "GREET,   '> \"$OUT\"'",
        "GREET,   '--output \"$OUT\"'",
        "GREET,   '--output \"$OUT\" --sync'",
        "RECEIVE, '>> \"$OUT\"'",
        "RECEIVE, '--output \"$OUT\"'",
        "RECEIVE, '--sync >> \"$OUT\"'"
    })
    void eachReceiptHasItsRecord(ExchangeKind kind, String output) throws IOException {
        Random random = new Random(SEED + output.hashCode());
        for (int kill = 0; kill < KILLS; kill++) {
            Path out = folder.resolve("out" + kill);
            int receipts = 1 + random.nextInt(MAX_RECEIPTS);
            Set<String> promised = kill(kind, output, out, receipts);
            Set<String> missing = new HashSet<>(promised);
            Files.readAllLines(out).forEach(missing::remove);
            assertEquals(Set.of(), missing, "kill " + kill + " after " + receipts);
            assertTrue(promised.size() >= receipts);
        }
    }

    /** Kills a server after a number of receipts, and returns all receipts. */
    private static Set<String> kill(ExchangeKind kind, String output, Path out, int receipts) {
        String service = kind.name().toLowerCase();
        String script = "exec \"$BIN\"/tcp-server --service " + service + " 127.0.0.1 0 " + output;
        try (RunningProcess server = ProcessCommand.sh(script).env("OUT", out.toString()).start();
                ConcurrentClients clients = ConcurrentClients.of(CLIENTS, kind, server.port())) {
            clients.awaitReceipts(receipts);
            server.process().destroyForcibly();
            server.end();
            return clients.finish().receipts();
        }
    }
}
