package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A root folder with only the C library, a shell and the unpacked archive. */
class BareRootIT {
    static final String[] LAUNCHERS = UnpackedArchive.LAUNCHERS;

    private static final Duration LONG = Duration.ofSeconds(5);

    @TempDir private static Path root;
    private static String bin;

    @BeforeAll
    static void fillRoot() throws IOException {
        Assume.success("chroot", "/", "true");
        Assume.success("ldd", "/bin/sh");
        succeed("tar", "-xzf", Project.ARCHIVE.toString(), "-C", root.toString());
        Path home = root.resolve(Project.FOLDER);
        bin = "/" + home.getFileName() + "/bin/";
        copy(Path.of("/bin/sh"));
        copyLibraries(Path.of("/bin/sh"));
        copyLibraries(home.resolve("lib/runtime/bin/java"));
        copyLibraries(home.resolve("lib/runtime/lib/server/libjvm.so"));
    }

    /** Copies the shared libraries of a program or library. */
    private static void copyLibraries(Path file) throws IOException {
        List<Path> libraries =
                succeed("ldd", file.toString())
                        .lines()
                        .map(line -> line.replaceFirst(".* => ", "").strip().split(" ")[0])
                        .filter(name -> name.startsWith("/"))
                        .map(Path::of)
                        .filter(library -> !library.startsWith(root))
                        .toList();
        for (Path library : libraries) {
            copy(library);
        }
    }

    private static void copy(Path file) throws IOException {
        Path copy = root.resolve(file.toString().substring(1));
        if (!Files.exists(copy)) {
            Files.createDirectories(copy.getParent());
            // Follows links.
            Files.copy(file.toRealPath(), copy);
            assertTrue(copy.toFile().setExecutable(true));
        }
    }

    private static String succeed(String tool, String... args) {
        ProcessResult ended = ProcessCommand.at(Path.of(tool), args).run();
        assertEquals(0, ended.status(), ended.toString());
        return ended.out();
    }

    private static ProcessCommand inside(String launcher, String... args) {
        List<String> command = new ArrayList<>(List.of(root.toString(), bin + launcher));
        command.addAll(List.of(args));
        return ProcessCommand.at(Path.of("chroot"), command.toArray(String[]::new));
    }

    private static Duration time(ProcessCommand launch) {
        long startNanos = System.nanoTime();
        assertEquals(0, launch.run().status());
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    @Test
    void rootHasNothingElse() {
        for (String folder : new String[] {"proc", "dev", "tmp", "etc", "usr/share"}) {
            assertFalse(Files.exists(root.resolve(folder)), folder);
        }
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void everyLauncherPrintsItsVersion(String launcher) {
        assertEquals(
                ProcessCommand.of(launcher, "--version").run(),
                inside(launcher, "--version").run());
    }

    @Test
    void selftestSucceedsExceptForIpv6() {
        ProcessResult ended = inside("selftest").run();
        assertEquals(0, ended.status(), ended.toString());
        assertEquals("", ended.err());
        List<String> lines = ended.out().lines().toList();
        for (String check : lines.subList(1, lines.size() - 1)) {
            String result = check.contains("IPv6") ? "skipped: no IPv6" : "ok +[0-9.]+ .*";
            assertTrue(check.matches(".* " + result), check);
        }
        assertTrue(lines.getLast().contains(" 0 failed, 4 skipped in "), ended.out());
    }

    /** Seeding random numbers would take 8 s without /dev. */
    @Test
    void selftestIsAsFastAsOutside() {
        Duration outside = LONG;
        Duration inside = LONG;
        for (int i = 0; i < 3; i++) {
            outside = shorter(outside, time(ProcessCommand.of("selftest")));
            inside = shorter(inside, time(inside("selftest")));
        }
        String times = inside + " inside, " + outside + " outside";
        assertTrue(inside.compareTo(LONG) < 0, times);
        assertTrue(inside.compareTo(outside.multipliedBy(4)) < 0, times);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Test
    void cacheIsValid() {
        ProcessResult plain = ProcessCommand.of("tcp-client", "--version").run();
        ProcessCommand demanding = inside("tcp-client", "--version");
        assertEquals(plain, demanding.env("NETPAIR_JAVA_OPTIONS", "-XX:AOTMode=on").run());
    }

    @Test
    void tcpClientAndServerExchange() {
        try (RunningProcess server = inside("tcp-server", "localhost", "0").start()) {
            String port = Integer.toString(server.port());
            ProcessResult client = inside("tcp-client", "localhost", port).run();
            assertEquals(new ProcessResult(0, "hello client!\n", ""), client);
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertEquals("hello sever!\n", ended.out());
        }
    }

    @Test
    void udpClientAndServerExchange() {
        try (RunningProcess server = inside("udp-server", "127.0.0.1", "0").start()) {
            String port = Integer.toString(server.port());
            ProcessResult client = inside("udp-client", "127.0.0.1", port).run();
            assertEquals(new ProcessResult(0, "", ""), client);
            assertTrue(server.awaitOut("received: ").startsWith("received: hello sever! from "));
        }
    }

    @Test
    void rejectsAMessageThatTheJvmCannotDecode() {
        Assume.utf8();
        ProcessResult ended = inside("tcp-client", "-m", "grüße", "127.0.0.1", "1").run();
        assertEquals(2, ended.status(), ended.toString());
        assertEquals("", ended.out());
        assertTrue(ended.err().matches("tcp-client: [^\n]+\n"), ended.err());
    }
}
