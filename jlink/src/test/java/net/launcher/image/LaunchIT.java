package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The unpacked archive, called by path, link, {@code PATH} and shell. */
class LaunchIT {
    static final String[] LAUNCHERS = UnpackedArchive.LAUNCHERS;

    private static final ProcessResult GREETED = new ProcessResult(0, "hello client!\n", "");

    @TempDir private static Path folder;
    private static UnpackedArchive unpacked;
    private static RunningProcess server;
    private static String peer;

    private Path elsewhere;

    @BeforeAll
    static void unpackAndServe() throws IOException {
        unpacked = UnpackedArchive.below(folder);
        server = unpacked.launch("tcp-server", "127.0.0.1", "0").start();
        peer = "127.0.0.1:" + server.port();
    }

    @BeforeEach
    void makeElsewhere() throws IOException {
        elsewhere = Files.createTempDirectory(folder, "else where");
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

    private static void assertGreeted(ProcessCommand launch) {
        assertEquals(GREETED, launch.run());
    }

    /**
     * Returns a script, with {@code $HERE} as the unpacked folder and {@code $PEER} as a server.
     */
    private static ProcessCommand sh(String script) {
        return ProcessCommand.at(Path.of("sh"), "-c", script)
                .env("HERE", unpacked.home().toString())
                .env("PEER", peer);
    }

    private Path link(String name, Path target) throws IOException {
        return Files.createSymbolicLink(elsewhere.resolve(name), target);
    }

    private static Path client() {
        return unpacked.home().resolve("bin", "tcp-client");
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void everyLauncherPrintsItsVersion(String launcher) {
        ProcessResult ended = unpacked.launch(launcher, "--version").run();
        assertEquals(0, ended.status());
        String first = "netpair " + System.getProperty("netpair.version") + "\n";
        assertTrue(ended.out().startsWith(first), ended.out());
        assertEquals("", ended.err());
    }

    @Test
    void serverAndClientExchange() {
        try (RunningProcess own = unpacked.launch("tcp-server", "127.0.0.1", "0").start()) {
            String ownPort = Integer.toString(own.port());
            assertGreeted(unpacked.launch("tcp-client", "127.0.0.1", ownPort));
            assertEquals("hello sever!", own.awaitOut("hello"));
        }
    }

    @Test
    void timersOfClientsAreExact() throws IOException {
        // Only root may read the slack of another process (proc_pid_timerslack_ns(5)).
        assumeTrue("root".equals(System.getProperty("user.name")), "requires CAP_SYS_NICE");
        try (RunningProcess own =
                        unpacked.launch("tcp-server", "--service=echo", "127.0.0.1", "0").start();
                RunningProcess run =
                        unpacked.launch("tcp-client", "--service=echo", "-i", "50ms", "127.0.0.1")
                                .with(Integer.toString(own.port()))
                                .start()) {
            run.awaitOut("exchange 1 in ");
            assertEquals(1, ProcessStats.of(run).timerSlackNanos());
        }
    }

    @Test
    void selftestSucceeds() {
        ProcessResult ended = unpacked.launch("selftest").run();
        assertEquals(0, ended.status(), ended.toString());
        assertEquals("", ended.err());
    }

    @Test
    void worksThroughAbsoluteLink() throws IOException {
        assertGreeted(ProcessCommand.at(link("tcp-client", client()), peer));
    }

    @Test
    void worksThroughChainOfTwoLinks() throws IOException {
        link("first", client());
        assertGreeted(ProcessCommand.at(link("tcp-client", Path.of("first")), peer));
    }

    @Test
    void worksThroughRelativeLink() throws IOException {
        Path target = elsewhere.toRealPath().relativize(client().toRealPath());
        assertGreeted(ProcessCommand.at(link("tcp-client", target), peer));
    }

    @Test
    void worksThroughLinkToItsFolder() throws IOException {
        assertGreeted(
                ProcessCommand.at(link("here", client().getParent()).resolve("tcp-client"), peer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"greet me", "udp-server", "-n", "ü", "'"})
    void worksThroughLinkWithAnotherName(String name) throws IOException {
        assertGreeted(ProcessCommand.at(link(name, client()), peer));
    }

    @Test
    void worksThroughLinkInWorkingFolder() throws IOException {
        link("-x", client());
        assertGreeted(sh("./-x $PEER").in(elsewhere));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "../..", "/usr"})
    void worksFromAnyWorkingFolder(String place) {
        assertGreeted(
                unpacked.launch("tcp-client", peer).in(unpacked.home().resolve(place).normalize()));
    }

    @Test
    void worksFromADeletedFolder() {
        String gone = "mkdir gone && cd gone && rmdir ../gone && ";
        ProcessResult ended = sh(gone + "exec \"$HERE/bin/tcp-client\" $PEER").in(elsewhere).run();
        assertEquals(0, ended.status(), ended::err);
        // The shell may print a warning about the folder.
        assertEquals("hello client!\n", ended.out());
    }

    @Test
    void ignoresFilesOfTheWorkingFolder() throws IOException {
        for (String decoy : new String[] {"bin/java", "java", "readlink", "tcp-client"}) {
            Path file = elsewhere.resolve(decoy);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\necho decoy\n");
            assertTrue(file.toFile().setExecutable(true));
        }
        assertGreeted(unpacked.launch("tcp-client", peer).in(elsewhere));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin/tcp-client", "./bin/tcp-client", "bin/../bin/tcp-client"})
    void worksByRelativePath(String path) {
        assertGreeted(sh(path + " $PEER").in(unpacked.home()));
    }

    @Test
    void worksThroughAbsolutePathEntry() {
        assertGreeted(sh("PATH=$HERE/bin:$PATH; tcp-client $PEER").in(elsewhere));
    }

    @Test
    void worksThroughLinkInPathEntry() throws IOException {
        link("tcp-client", client());
        assertGreeted(sh("PATH=$PWD:$PATH; tcp-client $PEER").in(elsewhere));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin", "./bin"})
    void worksThroughRelativePathEntry(String entry) {
        assertGreeted(sh("PATH=" + entry + ":$PATH; tcp-client $PEER").in(unpacked.home()));
    }

    @Test
    void worksThroughEmptyPathEntry() {
        assertGreeted(sh("PATH=:$PATH; tcp-client $PEER").in(unpacked.home().resolve("bin")));
    }

    @Test
    void worksThroughPathEntryWithLeadingDash() {
        assertGreeted(sh("PATH=-n/${HERE##*/}/bin:$PATH; tcp-client $PEER").in(unpacked.dashed()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"$HERE\"/bin/tcp-client", "bin/tcp-client", "./bin/tcp-client"})
    void worksAsArgumentOfShell(String path) {
        assertGreeted(sh("sh " + path + " $PEER").in(unpacked.home()));
    }

    @Test
    void worksAsArgumentOfShellByNameOnly() {
        assertGreeted(sh("sh tcp-client $PEER").in(unpacked.home().resolve("bin")));
    }

    @Test
    void worksAsArgumentOfShellWithLeadingDash() {
        assertGreeted(sh("sh -- -n/${HERE##*/}/bin/tcp-client $PEER").in(unpacked.dashed()));
    }

    @Test
    void worksReadOnlyForAnotherUser() {
        Assume.success(
                "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "test", "-r", ".");
        String become = "setpriv --reuid=65534 --regid=65534 --clear-groups ";
        assertGreeted(sh(become + "\"$HERE\"/bin/tcp-client $PEER").in(Path.of("/")));
        ProcessResult ended = sh("unset HOME; " + become + "\"$HERE\"/bin/selftest").run();
        assertEquals(0, ended.status(), ended.toString());
        assertEquals("", ended.err());
    }
}
