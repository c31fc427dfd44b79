package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Costs of thousands of denied peers. */
class DenialIT {
    private static final int MANY = 1000;
    private static final int MORE = 6000;
    private static final long MAX_GROWTH_MIB = 4;

    private static final int ROUNDS = 200;
    private static final int BURST = 100;

    private static final LoopbackSource DENIED = new LoopbackSource("127.0.0.2");
    private static final LoopbackSource PERMITTED = new LoopbackSource("127.0.0.1");
    private static final Pattern REFUSED =
            Pattern.compile(
                    "[tu][cd]p-server: refused 127\\.0\\.0\\.2:\\d+: denied"
                            + "(?: \\(after (\\d+) more\\))?");

    private static ProcessCommand server(String name) {
        return ProcessCommand.of(name, "--service", "echo", "--deny", "127.0.0.2", "127.0.0.1:0");
    }

    private static void deny(int port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            assertEquals("<reset>", DENIED.exchange(port));
        }
    }

    /** Returns the number of refusals that log lines account for. */
    private static long reported(List<String> lines) {
        long reported = 0;
        for (String line : lines) {
            Matcher refused = REFUSED.matcher(line);
            if (refused.matches()) {
                String more = refused.group(1);
                reported += 1 + (more == null ? 0 : Long.parseLong(more));
            }
        }
        return reported;
    }

    /** At most one line per second, and no other lines than the first and last. */
    private static void assertFewLines(ProcessResult ended, long startNanos) {
        Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
        List<String> lines = ended.err().lines().toList();
        List<String> refusals = lines.subList(1, lines.size() - 1);
        assertTrue(refusals.stream().allMatch(REFUSED.asMatchPredicate()), ended::err);
        assertTrue(refusals.size() <= time.toSeconds() + 1, "in " + time + ": " + ended.err());
    }

    @Test
    void logsRefusalsOncePerSecondWithACount() throws IOException {
        long startNanos = System.nanoTime();
        try (RunningProcess server = server("tcp-server").start()) {
            int port = server.port();
            deny(port, MANY);
            AtomicInteger count = new AtomicInteger(MANY);
            Await.holds(
                    "reported of all",
                    () -> {
                        deny(port, 1);
                        count.incrementAndGet();
                        return reported(server.errLines()) > MANY;
                    });
            ProcessResult ended = server.signal("TERM").end();
            assertFewLines(ended, startNanos);
            assertTrue(reported(ended.err().lines().toList()) <= count.get(), ended::err);
            assertTrue(ended.err().contains(", " + count + " refused (denied), up "), ended::err);
        }
    }

    @Test
    void deniedPeersLeakNeitherDescriptorsNorMemory() throws IOException {
        Assume.success("test", "-d", "/proc/self/fd");
        // With a small young generation, the heap has its final size after the first round.
        try (RunningProcess server =
                server("tcp-server").env("NETPAIR_JAVA_OPTIONS", "-Xmn1m").start()) {
            int port = server.port();
            ProcessStats process = ProcessStats.of(server);
            deny(port, MANY);
            awaitEmpty(server);
            long descriptors = process.descriptors();
            long residentMiB = process.residentMiB();
            deny(port, MORE);
            awaitEmpty(server);
            assertEquals(descriptors, process.descriptors());
            long grown = process.residentMiB() - residentMiB;
            assertTrue(grown < MAX_GROWTH_MIB, grown + " MiB more");
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            String refused = ", " + (MANY + MORE) + " refused (denied), up ";
            assertTrue(ended.err().contains(refused), ended::err);
            assertTrue(ended.err().contains(" from 2 connections, "), ended::err);
        }
    }

    @Test
    void unreadStandardErrorDoesNotBlockTheServer(@TempDir Path folder) throws IOException {
        Assume.success("sh", "-c", "command -v mkfifo");
        String script =
                """
                mkfifo err && exec 3<>err
                exec "$BIN/tcp-server" --format json --service echo --deny 127.0.0.2 127.0.0.1:0 2>&3
                """;
        try (RunningProcess server = ProcessCommand.sh(script).in(folder).start()) {
            String listening = server.awaitOut("\"listening\"");
            int port = Integer.parseInt(listening.replaceAll(".*127\\.0\\.0\\.1:(\\d+)\".*", "$1"));
            ProcessCommand.sh("dd if=/dev/zero of=err oflag=nonblock bs=1 count=1000000")
                    .in(folder)
                    .run();
            deny(port, 10);
            assertEquals("hello<closed>", PERMITTED.exchange(port));
        }
    }

    /** Waits until the server has closed the last connection. */
    private static void awaitEmpty(RunningProcess server) throws IOException {
        assertEquals("hello<closed>", PERMITTED.exchange(server.port()));
        Await.holds("no connections", () -> isEmpty(server));
    }

    private static boolean isEmpty(RunningProcess server) {
        int before = reports(server).size();
        server.signal("USR1");
        Await.holds("reported", () -> reports(server).size() > before);
        return !reports(server).getLast().contains(" active, ");
    }

    private static List<String> reports(RunningProcess server) {
        return server.errLines().stream().filter(line -> line.contains(" B received, ")).toList();
    }

    @Test
    void floodOfDeniedDatagramsDoesNotDelayOthers() throws IOException {
        long startNanos = System.nanoTime();
        try (RunningProcess server = server("udp-server").start();
                UdpPeer denied = DENIED.udp(server.port());
                UdpPeer permitted = PERMITTED.udp(server.port())) {
            for (int i = 0; i < ROUNDS; i++) {
                // At most what the socket buffer holds.
                for (int j = 0; j < BURST; j++) {
                    denied.send("denied");
                }
                assertEquals("round " + i, permitted.send("round " + i).receive());
            }
            ProcessResult ended = server.signal("TERM").end();
            assertFewLines(ended, startNanos);
            String counts = ", 0 dropped, " + ROUNDS * BURST + " refused (denied), up ";
            assertTrue(ended.err().contains(counts), ended::err);
            assertTrue(ended.err().contains(" from " + ROUNDS + " datagrams, "), ended::err);
        }
    }
}
