package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.image.ConcurrentClients.ExchangeKind;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Reload of changed access rules on SIGHUP. */
class AccessReloadIT {
    private static final LoopbackSource FIRST = new LoopbackSource("127.0.0.1");
    private static final LoopbackSource SECOND = new LoopbackSource("127.0.0.2");
    private static final String ECHOED = "hello<closed>";
    private static final String RELOADED = "-server: rules reloaded";

    private static final int SESSIONS = 8;
    private static final int CLIENTS = 12;
    private static final int SIGNALS = 20;

    /** A client that exchanges echoes until it is stopped. */
    private static final class EchoSession {
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final AtomicInteger rounds = new AtomicInteger();
        private final CompletableFuture<String> end;

        EchoSession(TcpPeer peer) {
            end = CompletableFuture.supplyAsync(() -> goOn(peer), Thread::startVirtualThread);
        }

        private String goOn(TcpPeer peer) {
            try (peer) {
                while (!isOver.get()) {
                    String line = "round " + rounds.get() + "\n";
                    assertEquals(line, peer.write(line).read(line.length()));
                    rounds.incrementAndGet();
                }
                return peer.send("bye").awaitEnd();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /** Waits until a few more echoes have been received. */
        void awaitRounds() {
            int enough = rounds.get() + 20;
            Await.holds(
                    "further echoes",
                    () -> rounds.get() >= enough || end.isCompletedExceptionally());
        }

        String end() {
            isOver.set(true);
            return end.join();
        }
    }

    @TempDir private Path folder;
    private Path rules;

    @BeforeEach
    void nameRules() {
        rules = folder.resolve("rules");
    }

    /** Replaces the file atomically, since a server may read it at any time. */
    private void write(String text) throws IOException {
        Path whole = Files.writeString(folder.resolve("new"), text);
        Files.move(whole, rules, StandardCopyOption.ATOMIC_MOVE);
    }

    private ProcessCommand server(String name, String option) {
        return ProcessCommand.of(name, "--service", "echo", "127.0.0.1:0", option + "=@" + rules);
    }

    /** Sends the signal, and waits for the line that reports the reload. */
    private static String reload(RunningProcess server, String part) {
        int before = lines(server, part).size();
        server.signal("HUP");
        Await.holds(part, () -> lines(server, part).size() > before);
        return lines(server, part).getLast();
    }

    private static List<String> lines(RunningProcess server, String part) {
        return server.errLines().stream().filter(line -> line.contains(part)).toList();
    }

    @Test
    void reloadKeepsSessionsAndAppliesTheNewRules() throws IOException {
        write("127.0.0.1 127.0.0.2");
        List<EchoSession> sessions = new ArrayList<>();
        try (RunningProcess server = server("tcp-server", "--allow").start()) {
            int port = server.port();
            for (int i = 0; i < SESSIONS; i++) {
                sessions.add(new EchoSession(TcpPeer.connect(SECOND.address(), port)));
            }
            sessions.forEach(EchoSession::awaitRounds);
            write("127.0.0.1");
            assertEquals("tcp" + RELOADED, reload(server, RELOADED));
            for (int i = 0; i < SESSIONS; i++) {
                assertEquals("<reset>", SECOND.exchange(port));
                assertEquals(ECHOED, FIRST.exchange(port));
            }
            sessions.forEach(EchoSession::awaitRounds);
            write("127.0.0.2");
            reload(server, RELOADED);
            assertEquals(ECHOED, SECOND.exchange(port));
            assertEquals("<reset>", FIRST.exchange(port));
            for (EchoSession session : sessions) {
                assertEquals("bye<closed>", session.end());
            }
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            int accepted = 2 * SESSIONS + 1;
            assertTrue(ended.err().contains(" from " + accepted + " connections, "), ended::err);
            String refused = ", 0 dropped, " + (SESSIONS + 1) + " refused (denied), up ";
            assertTrue(ended.err().contains(refused), ended::err);
        } finally {
            sessions.forEach(session -> session.isOver.set(true));
        }
    }

    @Test
    void reloadAppliesTheNewRulesToDatagrams() throws IOException {
        write("127.0.0.1");
        try (RunningProcess server = server("udp-server", "--deny").start();
                UdpPeer first = FIRST.udp(server.port());
                UdpPeer second = SECOND.udp(server.port())) {
            first.send("denied");
            assertEquals("permitted", second.send("permitted").receive());
            assertFalse(first.hasAnswer());
            write("127.0.0.2");
            assertEquals("udp" + RELOADED, reload(server, RELOADED));
            second.send("denied");
            assertEquals("permitted", first.send("permitted").receive());
            assertFalse(second.hasAnswer());
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertTrue(ended.err().contains(" from 2 datagrams, 18 B received, "), ended::err);
            assertTrue(ended.err().contains(", 2 refused (denied), up "), ended::err);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-server", "udp-server"})
    void invalidRulesAreReportedAndTheOldOnesStay(String name) throws IOException {
        write("127.0.0.2");
        try (RunningProcess server = server(name, "--deny").start()) {
            int port = server.port();
            String stay = name + ": rules not reloaded: --deny: ";
            write("127.0.0.1\n\t::1, 10.0.0.0/33\n");
            assertEquals(
                    stay + rules + ":2:7: prefix length must be from 0 to 32: 10.0.0.0/33",
                    reload(server, "/33"));
            assertSecondIsDenied(name, port);
            Files.delete(rules);
            assertEquals(
                    stay + "read " + rules + " failed: no such file or directory",
                    reload(server, "no such file"));
            assertSecondIsDenied(name, port);
            write("127.0.0.1\nnosuch.invalid");
            assertEquals(
                    stay + rules + ":2:1: name not found: nosuch.invalid",
                    reload(server, "nosuch"));
            assertSecondIsDenied(name, port);
            // The failed reload has no effect.
            write("::1");
            assertEquals(name + ": rules reloaded", reload(server, RELOADED));
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertTrue(ended.err().contains(", 3 refused (denied), up "), ended::err);
        }
    }

    private static void assertSecondIsDenied(String name, int port) throws IOException {
        if (name.equals("tcp-server")) {
            assertEquals("<reset>", SECOND.exchange(port));
            assertEquals(ECHOED, FIRST.exchange(port));
            return;
        }
        try (UdpPeer first = FIRST.udp(port);
                UdpPeer second = SECOND.udp(port)) {
            second.send("denied");
            assertEquals("permitted", first.send("permitted").receive());
            assertFalse(second.hasAnswer());
        }
    }

    /** Without files, SIGHUP reloads nothing but does not end the server either. */
    @ParameterizedTest
    @ValueSource(strings = {"tcp-server", "udp-server"})
    void hangUpWithoutFilesDoesNotEndTheServer(String name) throws IOException {
        try (RunningProcess server =
                ProcessCommand.of(name, "--service", "echo", "127.0.0.1:0", "--deny=127.0.0.2")
                        .start()) {
            int port = server.port();
            reload(server, RELOADED);
            reload(server, RELOADED);
            assertSecondIsDenied(name, port);
            assertEquals(0, server.signal("TERM").end().status());
        }
    }

    @Test
    void hangUpReopensTheOutputFileAndReloadsRules() throws IOException {
        write("127.0.0.2");
        Path log = folder.resolve("log");
        Path old = folder.resolve("old");
        try (RunningProcess server =
                ProcessCommand.of(
                                "tcp-server", "127.0.0.1:0", "--deny=@" + rules, "--output=" + log)
                        .start()) {
            int port = server.port();
            assertEquals(TcpPeer.GREETING + "<closed>", FIRST.exchange(port));
            Files.move(log, old);
            write("127.0.0.1");
            reload(server, RELOADED);
            assertEquals("<reset>", FIRST.exchange(port));
            assertEquals(TcpPeer.GREETING + "<closed>", SECOND.exchange(port));
            assertEquals("hello\n", Files.readString(old));
            assertEquals("hello\n", Files.readString(log));
            // A failure of one does not prevent the other.
            Files.move(log, old, StandardCopyOption.REPLACE_EXISTING);
            write("nobody/8");
            reload(server, "rules not reloaded");
            assertEquals(TcpPeer.GREETING + "<closed>", SECOND.exchange(port));
            assertEquals("hello\n", Files.readString(log));
            Files.delete(log);
            Files.createDirectory(log);
            write("::1");
            reload(server, RELOADED);
            assertEquals(1, lines(server, "open " + log + " failed: is a directory").size());
            assertEquals(TcpPeer.GREETING + "<closed>", FIRST.exchange(port));
            assertEquals(0, server.signal("TERM").end().status());
        }
    }

    @Test
    void reloadsUnderLoadDropNoConnection() throws IOException {
        write("127.0.0.1");
        try (RunningProcess server =
                        ProcessCommand.of("tcp-server", "127.0.0.1:0", "--allow=@" + rules)
                                .start();
                ConcurrentClients clients =
                        ConcurrentClients.of(CLIENTS, ExchangeKind.GREET, server.port())) {
            clients.awaitReceipts(CLIENTS);
            for (int i = 1; i <= SIGNALS; i++) {
                write("127.0.0.1, 127.0.1." + i);
                server.signal("HUP");
            }
            int port = server.port();
            LoopbackSource last = new LoopbackSource("127.0.1." + SIGNALS);
            Await.holds(
                    "the last rules are in force", () -> last.exchange(port).startsWith("hello"));
            assertEquals("<reset>", new LoopbackSource("127.0.1.1").exchange(port));
            clients.awaitReceipts(clients.receipts().size() + CLIENTS);
            clients.finish();
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertEquals(new HashSet<>(), clients.misses());
            int served = clients.receipts().size() + 1;
            String counts = ": %1$d messages from %1$d connections, ".formatted(served);
            assertTrue(ended.err().contains(counts), ended::err);
            // No connection ended with an error, which would be counted after the refusals.
            assertTrue(ended.err().contains(" refused (denied), up "), ended::err);
        }
    }

    /** Reading a pipe without a writer takes until the time limit. */
    @Test
    void manySignalsQueueOneReading() throws IOException {
        write("127.0.0.1");
        try (RunningProcess server = server("tcp-server", "--allow").start()) {
            int port = server.port();
            Files.delete(rules);
            Assume.success("mkfifo", rules.toString());
            Path threads = Path.of("/proc/" + server.process().pid() + "/task");
            ProcessCommand.sh(
                            "for i in $(seq 100); do kill -s HUP "
                                    + server.process().pid()
                                    + "; sleep 0.01; done")
                    .run();
            try (Stream<Path> list = Files.list(threads)) {
                assertTrue(list.count() < 50, "too many threads");
            }
            assertEquals(ECHOED, FIRST.exchange(port));
            // The readings end, and no further one follows.
            for (int reading = 1; reading <= 2; reading++) {
                Files.writeString(rules, "127.0.0." + reading);
                int count = reading;
                Await.holds("read", () -> lines(server, RELOADED).size() == count);
            }
            assertEquals(ECHOED, SECOND.exchange(port));
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertEquals(2, ended.err().split(RELOADED, -1).length - 1, ended::err);
        }
    }

    @Test
    void reloadsUnderLoadLoseNoDatagram() throws IOException {
        write("127.0.0.1");
        try (RunningProcess server = server("udp-server", "--allow").start();
                UdpPeer peer = FIRST.udp(server.port())) {
            int rounds = 0;
            for (int i = 1; i <= SIGNALS; i++) {
                write("127.0.0.1, 127.0.1." + i);
                server.signal("HUP");
                for (int j = 0; j < 100; j++) {
                    rounds++;
                    assertEquals("round " + rounds, peer.send("round " + rounds).receive());
                }
            }
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertTrue(ended.err().contains(" from " + rounds + " datagrams, "), ended::err);
            assertTrue(ended.err().contains(", 0 dropped, up "), ended::err);
        }
    }

    /** The shell sends the signal right after the ready line. */
    @RepeatedTest(5)
    void hangUpRightAfterTheReadyLineReloads() throws IOException {
        Assume.success("sh", "-c", "command -v mkfifo");
        write("::1");
        Files.writeString(folder.resolve("new"), "127.0.0.2");
        String script =
                """
                mkfifo err
                "$BIN"/tcp-server --count 1 --service echo --deny @rules 127.0.0.1:0 2>err &
                {
                  read -r ready
                  mv new rules
                  kill -s HUP $!
                  echo "$ready"
                  cat
                } <err >&2
                wait $!
                """;
        try (RunningProcess shell = ProcessCommand.sh(script).in(folder).start()) {
            int port = shell.port();
            assertEquals("tcp" + RELOADED, shell.awaitErr(RELOADED));
            assertEquals("<reset>", SECOND.exchange(port));
            assertEquals(ECHOED, FIRST.exchange(port));
            ProcessResult ended = shell.end();
            assertEquals(0, ended.status());
            assertTrue(ended.err().contains(" from 1 connection, "), ended::err);
        }
    }
}
