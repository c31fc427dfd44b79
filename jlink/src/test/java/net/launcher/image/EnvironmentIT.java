package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;

/** The unpacked archive with various environment variables. */
class EnvironmentIT {
    static final String[] LAUNCHERS = UnpackedArchive.LAUNCHERS;

    private static final ProcessResult GREETED = new ProcessResult(0, "hello client!\n", "");
    private static final String OPTIONS = "NETPAIR_JAVA_OPTIONS";

    @TempDir private static Path folder;
    private static UnpackedArchive unpacked;
    private static RunningProcess server;
    private static String peer;

    @BeforeAll
    static void unpackAndServe() throws IOException {
        unpacked = UnpackedArchive.below(folder);
        server = unpacked.launch("tcp-server", "127.0.0.1", "0").start();
        peer = "127.0.0.1:" + server.port();
    }

    @AfterAll
    static void cleanUp() {
        if (server != null) {
            server.close();
        }
        if (unpacked != null) {
            unpacked.close();
        }
    }

    private static ProcessCommand hostile(ProcessCommand launch) {
        return launch.env("JAVA_HOME", "/nonexistent")
                .env("JAVA_TOOL_OPTIONS", "-XX:+NoSuchFlag")
                .env("_JAVA_OPTIONS", "-Xmx1k -verbose")
                .env("JDK_JAVA_OPTIONS", "--no-such-option")
                .env("CLASSPATH", "/nonexistent/*")
                .env("CDPATH", "/:/usr:.");
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void ignoresOtherJavaSettings(String launcher) {
        ProcessResult plain = unpacked.launch(launcher, "--version").run();
        assertEquals(plain, hostile(unpacked.launch(launcher, "--version")).run());
        ProcessCommand relative =
                ProcessCommand.at(Path.of("sh"), "-c", "exec bin/" + launcher + " --version");
        assertEquals(plain, hostile(relative.in(unpacked.home())).run());
    }

    @Test
    void serverAndClientExchangeUnderOtherJavaSettings() {
        try (RunningProcess own = hostile(unpacked.launch("tcp-server", "localhost:0")).start()) {
            String ownPeer = "localhost:" + own.port();
            assertEquals(GREETED, hostile(unpacked.launch("tcp-client", ownPeer)).run());
            ProcessResult ended = own.signal("TERM").end();
            assertEquals(0, ended.status());
            assertEquals("hello sever!\n", ended.out());
        }
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void worksWithoutAnyEnvironment(String launcher) {
        ProcessResult plain = unpacked.launch(launcher, "--version").run();
        assertEquals(plain, unpacked.launch(launcher, "--version").withoutEnv().run());
    }

    @Test
    void serverAndClientExchangeWithoutAnyEnvironment() {
        try (RunningProcess own =
                unpacked.launch("tcp-server", "localhost:0").withoutEnv().start()) {
            String ownPeer = "localhost:" + own.port();
            assertEquals(GREETED, unpacked.launch("tcp-client", ownPeer).withoutEnv().run());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "no_SUCH.locale", ""})
    void sendsUtf8InEveryLocale(String locale) {
        try (RunningProcess own = local(unpacked.launch("tcp-server", ":0"), locale).start()) {
            String ownPeer = ":" + own.port();
            ProcessCommand client = unpacked.launch("tcp-client", "-m", "grüße ☃ 😀", ownPeer);
            assertEquals(GREETED, local(client, locale).run());
            assertEquals("grüße ☃ 😀", own.awaitOut("gr"));
        }
    }

    private static ProcessCommand local(ProcessCommand launch, String locale) {
        return launch.env("LANG", "").env("LC_CTYPE", "").env("LC_ALL", locale);
    }

    @Test
    void passesOnOwnJavaOptions() {
        ProcessResult ended =
                unpacked.launch("tcp-client", peer)
                        .env(OPTIONS, " -Dfirst=1  -XshowSettings:properties ")
                        .run();
        assertEquals(0, ended.status());
        assertEquals("hello client!\n", ended.out());
        assertTrue(ended.err().contains("first = 1\n"), ended.err());
    }

    @Test
    void ownJavaOptionsOverrideTheLaunchers() {
        ProcessResult ended =
                unpacked.launch("tcp-client", peer)
                        .env(OPTIONS, "-XX:-UseSerialGC -XX:+UseParallelGC -Xlog:gc:stderr")
                        .run();
        assertEquals(0, ended.status());
        assertEquals("hello client!\n", ended.out());
        assertTrue(ended.err().contains("Using Parallel\n"), ended.err());
    }

    @Test
    void invalidOwnJavaOptionIsReportedOnStandardError() {
        ProcessResult ended =
                unpacked.launch("tcp-client", peer).env(OPTIONS, "-XX:+NoSuchFlag").run();
        assertEquals(1, ended.status());
        assertEquals("", ended.out());
        assertTrue(ended.err().contains("NoSuchFlag"), ended.err());
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void cacheIsValidInTheUnpackedArchive(String launcher) {
        ProcessResult plain = unpacked.launch(launcher, "--version").run();
        ProcessCommand demanding = unpacked.launch(launcher, "--version");
        assertEquals(plain, demanding.env(OPTIONS, "-XX:AOTMode=on").run());
    }

    @ParameterizedTest
    @ValueSource(strings = {"picocli.CommandLine", "net.launcher.TcpClientLauncher"})
    void loadsClassesFromTheCache(String name) {
        ProcessResult ended =
                unpacked.launch("tcp-client", peer).env(OPTIONS, "-Xlog:class+load:stderr").run();
        assertEquals(0, ended.status());
        String line =
                ended.err().lines().filter(any -> any.contains(" " + name + " ")).findFirst().get();
        assertTrue(line.endsWith("source: shared objects file"), line);
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void startsWithLittleAddressSpace(String launcher) {
        ProcessResult ended =
                ProcessCommand.sh("ulimit -v 700000; exec \"$BIN\"/" + launcher + " --version")
                        .env(OPTIONS, "-XX:AOTMode=on")
                        .run();
        assertEquals(0, ended.status(), ended::toString);
        assertEquals("", ended.err());
    }

    @Test
    void allChecksPassWithLittleAddressSpace() {
        ProcessResult ended = ProcessCommand.sh("ulimit -v 700000; exec \"$BIN\"/selftest").run();
        assertEquals(0, ended.status(), ended::toString);
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void tooLittleAddressSpaceIsReported(String launcher) {
        ProcessResult ended =
                ProcessCommand.sh("ulimit -v 699999; exec \"$BIN\"/" + launcher).run();
        String line = ": 699999 KiB of address space are too few: raise ulimit -v to 700000\n";
        assertEquals(new ProcessResult(2, "", launcher + line), ended);
    }

    /** The second path ends with a byte that is no UTF-8. */
    @ParameterizedTest
    @CsvSource({"a:b, not contain a colon", "'l\\351', be UTF-8"})
    void unusablePathOfTheFolderIsReported(String name, String rule, @TempDir Path place) {
        ProcessResult ended =
                ProcessCommand.sh(
                                "d=$FOLDER/$(printf %b \"$1\") && mkdir \"$d\" &&"
                                        + " cp -a \"$BIN\" \"$d\"/bin &&"
                                        + " exec \"$d\"/bin/tcp-client --version")
                        .with("sh", name.replace("\\3", "\\03"))
                        .env("FOLDER", place.toString())
                        .run();
        String line = "tcp-client: the path of this folder must " + rule + ": move the folder\n";
        assertEquals(new ProcessResult(2, "", line), ended);
    }

    @Test
    void unusableCacheDoesNotAffectTheOutput() {
        ProcessResult ended =
                unpacked.launch("tcp-client", peer)
                        .env(OPTIONS, "-XX:AOTCache=/nonexistent -XX:AOTMode=auto")
                        .run();
        assertEquals(0, ended.status());
        assertEquals("hello client!\n", ended.out());
    }
}
