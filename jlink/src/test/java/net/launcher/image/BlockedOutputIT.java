package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Servers with blocked output: they greet, but cannot record any message. */
class BlockedOutputIT {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final int EXCHANGES = 100;

    /** Linux's lists of TCP sockets, with state (08 is CLOSE_WAIT) and receive queue. */
    private static final List<Path> SOCKET_TABLES =
            List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    @TempDir private Path folder;
    private Path pipe;

    /** Holds the pipe open for reading, and never reads. */
    private RandomAccessFile holder;

    @BeforeAll
    static void checkTools() {
        Assume.success("sh", "-c", "command -v mkfifo");
        Assume.success("dd", "if=/dev/null", "of=/dev/null", "oflag=nonblock");
        Assume.success("test", "-r", "/proc/net/tcp");
    }

    @BeforeEach
    void fillPipe() throws IOException {
        pipe = folder.resolve("pipe");
        assertEquals(0, ProcessCommand.at(Path.of("mkfifo"), pipe.toString()).run().status());
        holder = new RandomAccessFile(pipe.toFile(), "rw");
        // Ends with an error once the pipe is full.
        ProcessCommand.at(Path.of("dd"), "if=/dev/zero", "of=" + pipe, "bs=4096", "oflag=nonblock")
                .run();
    }

    @AfterEach
    void releasePipe() throws IOException {
        holder.close();
    }

    private RunningProcess serve(String server) {
        return ProcessCommand.sh("exec \"$BIN\"/" + server + " 127.0.0.1 0 >\"$PIPE\"")
                .env("PIPE", pipe.toString())
                .start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--verbose"})
    void serverContinuesWithBlockedStandardError(String option) throws IOException {
        String script =
                "exec \"$BIN\"/tcp-server --format json " + option + " 127.0.0.1 0 2>\"$PIPE\"";
        try (RunningProcess server =
                ProcessCommand.sh(script).env("PIPE", pipe.toString()).start()) {
            String ready = server.awaitOut("\"event\":\"listening\"");
            int port = Integer.parseInt(ready.replaceFirst(".*\"127\\.0\\.0\\.1:(\\d+)\".*", "$1"));
            for (int i = 0; i < EXCHANGES; i++) {
                try (TcpPeer peer = TcpPeer.greeted(port)) {
                    assertEquals("<closed>", peer.send("hello").awaitEnd());
                }
            }
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertTrue(ended.lastLine().contains("\"messages\":" + EXCHANGES + ","), ended.out());
        }
    }

    @Test
    void serverExitsAfterTheGraceTime() throws IOException {
        try (RunningProcess server = serve("tcp-server")) {
            int port = server.port();
            try (TcpPeer peer = TcpPeer.greeted(port).send("nobody reads this")) {
                awaitRead(port, peer.localPort());
                long startNanos = System.nanoTime();
                ProcessResult ended = server.signal("TERM").end();
                Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
                assertEquals("<reset>", peer.awaitEnd());
                assertGivenUp("tcp-server", ended);
                assertTrue(time.compareTo(GRACE) >= 0, "given up after " + time);
            }
        }
    }

    @Test
    void secondSignalEndsTheServerBeforeTheGraceTime() throws IOException {
        try (RunningProcess server = serve("tcp-server")) {
            int port = server.port();
            try (TcpPeer peer = TcpPeer.greeted(port).send("nobody reads this")) {
                awaitRead(port, peer.localPort());
                server.signal("TERM");
                TcpPeer.awaitRefusal(port);
                long startNanos = System.nanoTime();
                assertGivenUp("tcp-server", server.signal("TERM").end());
                Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
                assertTrue(time.compareTo(GRACE) < 0, "given up after " + time);
                assertEquals("<reset>", peer.awaitEnd());
            }
        }
    }

    @Test
    void udpServerExitsAfterTheGraceTime() {
        try (RunningProcess server = serve("udp-server")) {
            String port = Integer.toString(server.port());
            assertEquals(
                    new ProcessResult(0, "", ""),
                    ProcessCommand.of("udp-client", "127.0.0.1", port).run());
            assertGivenUp("udp-server", server.signal("TERM").end());
        }
    }

    /** One line gives the reason; a summary may follow. */
    private static void assertGivenUp(String name, ProcessResult ended) {
        assertEquals(2, ended.status(), ended.toString());
        List<String> lines = ended.err().lines().toList();
        assertTrue(lines.getFirst().startsWith(name + ": listening on "), ended.err());
        assertTrue(lines.stream().allMatch(line -> line.startsWith(name + ": ")), ended.err());
        assertEquals(
                1, lines.stream().filter(line -> line.contains("output")).count(), ended.err());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void killedServerGivesNoReceipt(int round) throws IOException {
        try (RunningProcess server = serve("tcp-server")) {
            int port = server.port();
            try (RunningProcess client =
                            ProcessCommand.of("tcp-client", "127.0.0.1", Integer.toString(port))
                                    .start();
                    TcpPeer silent = TcpPeer.greeted(port)) {
                awaitRead(port, 0);
                server.signal("KILL");
                ProcessResult ended = client.end();
                assertEquals(1, ended.status(), "round " + round);
                assertEquals("hello client!\n", ended.out());
                assertTrue(ended.err().matches("tcp-client: .*no receipt\n"), ended.err());
                assertEquals("<reset>", silent.awaitEnd());
            }
        }
    }

    /**
     * Waits until a server has read all that a client sent, up to its FIN, but does not close. A
     * client's port of 0 means any.
     */
    private static void awaitRead(int port, int client) throws IOException {
        String state =
                " *\\d+: [0-9A-F]+:%04X [0-9A-F]+:%s 08 [0-9A-F]+:0+ .*"
                        .formatted(port, client == 0 ? "[0-9A-F]+" : "%04X".formatted(client));
        long startNanos = System.nanoTime();
        while (sockets().noneMatch(line -> line.matches(state))) {
            assertTrue(System.nanoTime() - startNanos < DEADLINE.toNanos(), "not read: " + client);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static Stream<String> sockets() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path table : SOCKET_TABLES) {
            if (Files.exists(table)) {
                lines.addAll(Files.readAllLines(table));
            }
        }
        return lines.stream();
    }
}
