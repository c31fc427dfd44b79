package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A cache of loaded classes that is missing or damaged. */
class StartupCacheIT {
    /** Checks that fail take seconds each. */
    private static final long WARM_UP_SECONDS = 120;

    @TempDir private Path folder;
    private Path cache;

    @BeforeEach
    void copyImage() {
        ProcessResult copied =
                ProcessCommand.sh("cp -a \"$BIN\"/.. \"$FOLDER\"/netpair")
                        .env("FOLDER", folder.toString())
                        .run();
        assertEquals(0, copied.status(), copied::toString);
        cache = folder.resolve("netpair/lib/runtime/lib/netpair.aot");
    }

    private ProcessResult run(String launcher, String... args) {
        return ProcessCommand.at(folder.resolve("netpair/bin").resolve(launcher), args).run();
    }

    private void assertReported(String launcher, String err) {
        String line = launcher + ": the start is slow, since " + cache + " is damaged: run ";
        assertEquals(line + folder.resolve("netpair/bin/selftest") + " --warm-up\n", err);
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

    private ProcessResult warmUp(String before) {
        return ProcessCommand.at(Path.of("sh"), "-c", before + " netpair/bin/selftest --warm-up")
                .in(folder)
                .run(WARM_UP_SECONDS);
    }

    private void assertValid() {
        ProcessResult demanding =
                ProcessCommand.at(folder.resolve("netpair/bin/tcp-server"), "--version")
                        .env("NETPAIR_JAVA_OPTIONS", "-XX:AOTMode=on")
                        .run();
        assertEquals(run("tcp-server", "--version"), demanding);
    }

    private List<String> caches() throws IOException {
        try (Stream<Path> files = Files.list(cache.getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("aot"))
                    .toList();
        }
    }

    @Tag("release")
    @Test
    void selftestWritesMissingAndReplacesDamagedCache() throws IOException {
        for (String damage : List.of("rm", "truncate -s 100")) {
            ProcessResult damaged =
                    ProcessCommand.at(Path.of("sh"), "-c", damage + " \"$0\"", cache.toString())
                            .run();
            assertEquals(0, damaged.status(), damaged::toString);
            ProcessResult ended = warmUp("");
            assertEquals(0, ended.status(), ended::toString);
            assertEquals("", ended.err());
            List<String> lines = ended.out().lines().toList();
            assertTrue(lines.get(lines.size() - 2).contains(" 0 failed"), ended::out);
            assertTrue(lines.getLast().startsWith("class cache written to "), ended::out);
            assertEquals(List.of("netpair.aot"), caches());
            assertValid();
        }
    }

    /** The limit of the size of a file stands for a full disk. */
    @Tag("release")
    @Test
    void cacheThatCannotBeWrittenKeepsThePreviousOne() throws IOException {
        ProcessResult ended = warmUp("ulimit -f 1000;");
        assertEquals(2, ended.status(), ended::toString);
        assertTrue(ended.err().matches("selftest: write .* failed: [^\n]+\n"), ended::err);
        assertEquals(List.of("netpair.aot"), caches());
        assertValid();
    }

    /** Without a network interface, the checks fail. */
    @Tag("release")
    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void failedCheckKeepsThePreviousCache() throws IOException {
        Assume.success("unshare", "--net", "true");
        ProcessResult ended = warmUp("unshare --net");
        assertEquals(1, ended.status(), ended::toString);
        String message = "selftest: the class cache is unchanged, since a check failed\n";
        assertEquals(message, ended.err());
        assertEquals(List.of("netpair.aot"), caches());
        assertValid();
    }

    /** The JVM reserves 3 GiB of address space to write a cache. */
    @Tag("release")
    @Test
    void warmUpWithLittleAddressSpaceIsReported() throws IOException {
        String line =
                "selftest: 3999999 KiB of address space are too few: raise ulimit -v to 4000000\n";
        assertEquals(new ProcessResult(2, "", line), warmUp("ulimit -v 3999999;"));
        ProcessResult ended = warmUp("ulimit -v 4000000;");
        assertEquals(0, ended.status(), ended::toString);
        assertValid();
    }

    @Test
    void warmUpWithoutWritePermissionIsReported() {
        Assume.success("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "true");
        run("selftest", "--version");
        ProcessResult ended =
                ProcessCommand.sh(
                                "chmod a+rx . && exec setpriv --reuid=65534 --regid=65534"
                                        + " --clear-groups netpair/bin/selftest --warm-up")
                        .in(folder)
                        .run();
        assertEquals(2, ended.status(), ended::toString);
        assertEquals("", ended.out());
        assertTrue(ended.err().matches("selftest: write .* failed: permission [^\n]+\n"));
    }

    @Test
    void warmUpIsTheOnlyOption() {
        ProcessResult ended = run("selftest", "--format", "json", "--warm-up");
        String message = "selftest: --warm-up must be the only option (see selftest --help)\n";
        assertEquals(new ProcessResult(2, "", message), ended);
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
