package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Many clients of one server process. */
class CrowdIT {
    private static final int SILENT = 200;
    private static final int WARM_UP = 20;
    private static final int QUICK = 300;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Test
    void clientIsServedBesideManySilentOnes() throws IOException {
        List<Peer> silent = new ArrayList<>();
        try (Launched server = Launch.of("tcp-server", "127.0.0.1", "0").start()) {
            int port = server.port();
            for (int i = 0; i < SILENT; i++) {
                silent.add(Peer.greeted(port));
            }
            Launch client =
                    Launch.of("tcp-client", "--timeout", "5s", "127.0.0.1", String.valueOf(port));
            assertEquals(new Ended(0, "hello client!\n", ""), client.run());
            assertEquals("hello sever!", server.awaitOut("hello"));
            for (Peer peer : silent) {
                assertEquals("<closed>", peer.send("").awaitEnd());
            }
        } finally {
            for (Peer peer : silent) {
                peer.close();
            }
        }
    }

    @Test
    void wantOfDescriptorsIsSurvived() throws IOException {
        String script = "ulimit -n 40; exec \"$BIN\"/tcp-server 127.0.0.1 0";
        try (Launched server = Launch.sh(script).start()) {
            int port = server.port();
            List<Socket> crowd = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                crowd.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            server.awaitErr("tcp-server: accept on 127.0.0.1:" + port + " failed: too many open");
            for (Socket socket : crowd) {
                socket.close();
            }
            Ended client = Launch.of("tcp-client", "127.0.0.1", String.valueOf(port)).run();
            assertEquals(new Ended(0, "hello client!\n", ""), client);
            assertEquals("hello sever!", server.awaitOut("hello"));
            assertEquals(0, server.signal("TERM").end().status());
        }
    }

    @Test
    void descriptorsAreGivenBack() throws IOException {
        Needs.success("test", "-d", "/proc/self/fd");
        try (Launched server = Launch.of("tcp-server", "127.0.0.1", "0").start()) {
            int port = server.port();
            // What the JVM opens for its first connections stays open.
            exchange(port, WARM_UP);
            long before = descriptors(server);
            exchange(port, QUICK);
            awaitAtMost(before, server);
            Ended ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertEquals("quick\n".repeat(WARM_UP + QUICK), ended.out());
        }
    }

    private static void exchange(int port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            try (Peer peer = Peer.greeted(port)) {
                assertEquals("<closed>", peer.send("quick").awaitEnd());
            }
        }
    }

    /** A peer may see its connection's end a moment before the server has given all back. */
    private static void awaitAtMost(long limit, Launched server) throws IOException {
        long startNanos = System.nanoTime();
        while (descriptors(server) > limit) {
            long now = descriptors(server);
            assertTrue(
                    System.nanoTime() - startNanos < DEADLINE.toNanos(),
                    () -> now + " descriptors, before " + limit);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private static long descriptors(Launched server) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + server.process().pid() + "/fd"))) {
            return open.count();
        }
    }
}
