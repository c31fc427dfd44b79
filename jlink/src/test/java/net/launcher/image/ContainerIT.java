package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The container, built on a minimal Debian. */
@Tag("release")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ContainerIT {
    private static final String BASE = "localhost/base";
    private static final String IMAGE = "localhost/netpair";
    private static final long MAX_ADDED_BYTES = 60_000_000;

    @TempDir private static Path folder;
    private static ContainerStore store;

    @BeforeAll
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    static void build() throws IOException {
        Assume.success("chroot", "/", "true");
        Assume.success("debootstrap", "--version");
        Assume.success("podman", "--version");
        Assume.success("runc", "--version");
        store = new ContainerStore(folder);
        store.succeed("import", DebianRoot.archive().toString(), BASE);
        ProcessResult started = store.run(BASE, "true");
        assumeTrue(started.status() == 0, () -> "podman run is not permitted: " + started.err());
        store.succeed(
                "build",
                "--layers=false",
                "--format=docker",
                "--build-arg=BASE=" + BASE,
                "--file=" + Project.ROOT.resolve("jlink/src/oci/Containerfile"),
                "--tag=" + IMAGE,
                ProcessCommand.IMAGE.toString());
    }

    /** Removes the roots, whose links to other folders JUnit would report. */
    @AfterAll
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    static void removeImages() {
        if (store != null) {
            store.succeed("rmi", "--all", "--force");
        }
    }

    private static long size(String image) {
        return Long.parseLong(store.succeed("image", "inspect", "--format={{.Size}}", image));
    }

    @Test
    void imageAddsAtMostItsMaximumSizeToTheBase() {
        long bytes = size(IMAGE) - size(BASE);
        assertTrue(bytes <= MAX_ADDED_BYTES, () -> bytes + " bytes");
    }

    @Test
    void selftestSucceeds() {
        ProcessResult ended = store.run(IMAGE, "selftest");
        assertEquals(0, ended.status(), ended::toString);
        assertTrue(ended.lastLine().contains(" 0 failed, 0 skipped in "), ended::out);
        assertEquals("", ended.err());
    }

    @Test
    void imageHasTheToolsOfTheScriptForKubernetes() {
        for (String tool : new String[] {"awk", "cmp", "getent", "mv", "sleep", "sort"}) {
            ProcessResult ended = store.run(IMAGE, "sh", "-c", "command -v " + tool);
            assertEquals(0, ended.status(), tool);
        }
    }

    @Test
    void cacheIsValid() {
        ProcessResult plain = ProcessCommand.of("tcp-client", "--version").run();
        String strict = "--env=NETPAIR_JAVA_OPTIONS=-XX:AOTMode=on";
        assertEquals(plain, store.run(strict, IMAGE, "tcp-client", "--version"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void serverIsReachedAndDrainsOnSignal(String signal) {
        try (ContainerStore.Container server =
                store.start("drain-" + signal, "host", IMAGE, "tcp-server", "127.0.0.1:0")) {
            String endpoint = "127.0.0.1:" + server.process().port();
            ProcessResult client = ProcessCommand.of("tcp-client", endpoint).run();
            assertEquals(new ProcessResult(0, "hello client!\n", ""), client);
            ProcessResult ended = server.end(signal);
            assertEquals(0, ended.status(), ended::toString);
            assertEquals("hello sever!\n", ended.out());
            assertTrue(ended.err().contains("tcp-server: 1 message from 1 connection"), ended::err);
        }
    }

    @Test
    void processOneIsTheServerOfAnUnprivilegedUserWhoCanWriteNowhere() {
        try (ContainerStore.Container server = store.start("user", "none", IMAGE)) {
            assertEquals(8888, server.process().port());
            assertEquals("65532\n", server.exec("id", "-u").out());
            String one = server.exec("cat", "/proc/1/cmdline").out();
            assertTrue(one.startsWith("/opt/netpair/bin/../lib/runtime/bin/java\0"), one);
            String find = "find / -xdev -writable ! -type l";
            assertEquals("", server.exec("sh", "-c", find + " 2>/dev/null").out());
            assertNotEquals(0, server.exec("touch", "/tmp/file").status());
        }
    }

    @Test
    void healthCheckLeavesNoMessage() {
        try (ContainerStore.Container server = store.start("healthy", "none", IMAGE)) {
            assertTrue(server.process().awaitErr("listening").endsWith(" [::]:8888"));
            ProcessResult health = server.health();
            assertEquals(0, health.status(), health::toString);
            ProcessResult ended = server.end("TERM");
            assertEquals(0, ended.status(), ended::toString);
            assertEquals("", ended.out());
            assertTrue(ended.err().contains(" 0 messages from 1 connection,"), ended::err);
        }
    }

    @Test
    void healthCheckFailsAfterTheServerEnded() {
        String script = "tcp-server --count 1 :8888; exec sleep 1000";
        try (ContainerStore.Container server =
                store.start("ended", "none", IMAGE, "sh", "-c", script)) {
            server.process().port();
            assertEquals(0, server.health().status());
            assertEquals(0, server.exec("tcp-client").status());
            server.process().awaitErr("1 message");
            Await.holds("server has ended", () -> server.exec("tcp-client").status() != 0);
            assertNotEquals(0, server.health().status());
        }
    }
}
