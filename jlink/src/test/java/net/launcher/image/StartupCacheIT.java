package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** A cache of loaded classes that is missing or damaged. */
class StartupCacheIT {
    @TempDir private Path folder;
    private Path cache;

    @BeforeEach
    void copyImage() {
        ProcessResult copied =
                ProcessCommand.sh("cp -a \"$BIN\"/.. \"$FOLDER\"/netpair")
                        .env("FOLDER", folder.toString())
                        .run();
        assertEquals(0, copied.status(), copied::toString);
        cache = folder.resolve("netpair/lib/netpair.aot");
    }

    private ProcessResult run(String launcher, String... args) {
        return ProcessCommand.at(folder.resolve("netpair/bin").resolve(launcher), args).run();
    }

    private void assertReported(String launcher, String err) {
        String line = launcher + ": the start is slow, since " + cache + " is damaged: unpack the";
        assertEquals(line + " archive again\n", err);
    }

    @Test
    void missingCacheIsSilent() throws IOException {
        ProcessResult before = run("tcp-client", "--version");
        assertEquals("", before.err());
        Files.delete(cache);
        assertEquals(before, run("tcp-client", "--version"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 5_000_000})
    void shortenedCacheIsReportedAndIgnored(int bytes) throws IOException {
        ProcessResult before = run("udp-client", "--help");
        byte[] shortened = Files.readAllBytes(cache);
        Files.write(cache, Arrays.copyOf(shortened, bytes));
        ProcessResult ended = run("udp-client", "--help");
        assertEquals(0, ended.status());
        assertEquals(before.out(), ended.out());
        assertReported("udp-client", ended.err());
    }

    /** The options of a user may make a good cache unusable. */
    @Test
    void unusedCacheIsNoFaultWithOptions() {
        ProcessResult ended =
                ProcessCommand.at(folder.resolve("netpair/bin/tcp-client"), "--version")
                        .env("NETPAIR_JAVA_OPTIONS", "-XX:AOTMode=off")
                        .run();
        assertEquals(0, ended.status(), ended::toString);
        assertEquals("", ended.err());
    }

    /** Only this launcher reads all of the cache before it is used. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void selftestIgnoresCacheWithChangedBits(long seed) throws IOException {
        byte[] bytes = Files.readAllBytes(cache);
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(cache, bytes);
        ProcessResult ended = run("selftest");
        assertEquals(0, ended.status(), ended::toString);
        assertTrue(ended.out().contains(" 0 failed"), ended::out);
        assertReported("selftest", ended.err());
    }
}
