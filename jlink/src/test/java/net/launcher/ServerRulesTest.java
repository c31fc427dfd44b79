package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mockConstruction;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;

import net.launcher.output.CapturedOutput;
import net.launcher.server.AccessRules;
import net.launcher.server.ServerRun;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.MockedConstruction;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Access rules of a server, at the start and after each reload. */
@Timeout(60)
class ServerRulesTest {
    @TempDir private Path folder;

    private static ServerLauncher launcher(String name) {
        return name.equals("tcp-server") ? new TcpServerLauncher() : new UdpServerLauncher();
    }

    /** Writes a rule file, and returns it as a value of an option. */
    private String rules(String text) throws IOException {
        return "@" + Files.writeString(folder.resolve("rules"), text);
    }

    private static void assertDenied(RunningLauncher server) throws Exception {
        try (Socket peer = TestSockets.tcp(server)) {
            assertDenied(peer);
        }
    }

    /** Asserts that the peer is reset without a greeting. */
    private static void assertDenied(Socket peer) {
        SocketException reset =
                assertThrows(SocketException.class, () -> peer.getInputStream().read());
        assertEquals("Connection reset", reset.getMessage());
    }

    private static void assertServed(RunningLauncher server) throws Exception {
        assertEquals("hello client!", TestSockets.exchange(server, "a"));
    }

    /** Waits for a number of lines, which a background thread writes. */
    private static void awaitLines(int count, RunningLauncher server, String part) {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (lines(server, part) < count && endNanos - System.nanoTime() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        assertEquals(count, lines(server, part), server::err);
    }

    private static int lines(RunningLauncher server, String part) {
        return (int) server.err().lines().filter(line -> line.contains(part)).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--deny=127.0.0.1", "--deny=::/0,127.0.0.0/8", "--allow=127.0.0.2"})
    void resetsAndCountsADeniedPeer(String rule) throws Exception {
        ServerLauncher launcher = launcher("tcp-server");
        try (RunningLauncher server =
                RunningLauncher.start(launcher, rule, "--format=json", "127.0.0.1:0")) {
            try (Socket peer = TestSockets.tcp(server)) {
                assertDenied(peer);
                assertEquals(
                        "tcp-server: refused 127.0.0.1:" + peer.getLocalPort() + ": denied",
                        server.awaitErr("refused"));
            }
            assertEquals(0, server.interrupt().status());
            assertSummary("{\"denied\":1}", 0, server);
        }
    }

    private static void assertSummary(String refused, int accepted, RunningLauncher server) {
        List<JsonNode> events = Events.parse(server.out());
        assertEquals(refused, events.getLast().get("refused").toString());
        assertEquals(accepted, events.getLast().get("accepted").asInt());
        assertEquals(accepted + 2, events.size(), server::out);
    }

    @Test
    void ignoresADatagramOfADeniedPeer() throws Exception {
        ServerLauncher launcher = launcher("udp-server");
        String[] args = {"--deny", rules("127.0.0.1"), "--format=json", "127.0.0.1:0"};
        try (RunningLauncher server = RunningLauncher.start(launcher, args);
                DatagramSocket peer = TestSockets.udp()) {
            TestSockets.send(peer, server, TestSockets.bytes("denied"));
            server.awaitErr(": denied");
            rules("");
            assertTrue(launcher.hangUp());
            TestSockets.send(peer, server, TestSockets.bytes("served"));
            assertEquals(0, server.interrupt().status());
            assertSummary("{\"denied\":1}", 1, server);
            assertEquals("served", Events.parse(server.out()).get(1).get("text").textValue());
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp-server, ''", "tcp-server, '# empty\n'", "udp-server, ''", "udp-server, '\n'"})
    void emptyAllowFileDeniesAll(String name, String text) throws Exception {
        String[] args = {"--allow", rules(text), "--format=json", "127.0.0.1:0"};
        try (RunningLauncher server = RunningLauncher.start(launcher(name), args)) {
            if (name.equals("tcp-server")) {
                assertDenied(server);
            } else {
                try (DatagramSocket peer = TestSockets.udp()) {
                    TestSockets.send(peer, server, TestSockets.bytes("a"));
                    server.awaitErr(": denied");
                }
            }
            assertEquals(0, server.interrupt().status());
            assertSummary("{\"denied\":1}", 0, server);
        }
    }

    @Test
    void hangUpReplacesRulesAndKeepsSessions() throws Exception {
        ServerLauncher launcher = launcher("tcp-server");
        String[] args = {"--deny", rules("192.0.2.1"), "--service=echo", "127.0.0.1:0"};
        try (RunningLauncher server = RunningLauncher.start(launcher, args);
                Socket session = TestSockets.tcp(server)) {
            assertEcho(session);
            rules("192.0.2.1\n127.0.0.1");
            assertTrue(launcher.hangUp());
            awaitLines(1, server, "tcp-server: rules reloaded");
            assertDenied(server);
            assertEcho(session);
            rules("");
            assertTrue(launcher.hangUp());
            awaitLines(2, server, "tcp-server: rules reloaded");
            assertEquals("a", TestSockets.exchange(server, "a"));
            assertEcho(session);
        }
    }

    private static void assertEcho(Socket session) throws IOException {
        session.getOutputStream().write('x');
        assertEquals('x', session.getInputStream().read());
    }

    @ParameterizedTest
    @CsvSource({
        "'::1\n::2 10.0.0.0/33', ':2:5: prefix length must be from 0 to 32: 10.0.0.0/33'",
        "'@other', ':1:1: file must not include another file: @other'",
        "'  name.invalid', ':1:3: name not found: name.invalid'"
    })
    void hangUpWithInvalidRulesKeepsTheOldOnes(String text, String problem) throws Exception {
        ServerLauncher launcher = launcher("tcp-server");
        String file = rules("127.0.0.1");
        try (RunningLauncher server =
                RunningLauncher.start(launcher, "--deny", file, "127.0.0.1:0")) {
            assertDenied(server);
            rules(text);
            assertTrue(launcher.hangUp());
            assertEquals(
                    "tcp-server: rules not reloaded: --deny: " + file.substring(1) + problem,
                    server.awaitErr("not reloaded"));
            assertDenied(server);
            rules("");
            assertTrue(launcher.hangUp());
            assertServed(server);
            awaitLines(1, server, "not reloaded");
            awaitLines(1, server, "rules reloaded");
        }
    }

    @Test
    void hangUpWithoutTheRuleFileKeepsTheOldRules() throws Exception {
        ServerLauncher launcher = launcher("udp-server");
        String file = rules("127.0.0.2");
        try (RunningLauncher server =
                        RunningLauncher.start(launcher, "--allow", file, "127.0.0.1:0");
                DatagramSocket peer = TestSockets.udp()) {
            server.port();
            Files.delete(folder.resolve("rules"));
            assertTrue(launcher.hangUp());
            assertEquals(
                    "udp-server: rules not reloaded: --allow: read "
                            + file.substring(1)
                            + " failed: no such file or directory",
                    server.awaitErr("not reloaded"));
            TestSockets.send(peer, server, TestSockets.bytes("a"));
            server.awaitErr(": denied");
        }
    }

    @Test
    void hangUpWithRulesDoesNotEndTheServer() throws Exception {
        ServerLauncher launcher = launcher("tcp-server");
        try (RunningLauncher server =
                RunningLauncher.start(launcher, "--deny=192.0.2.1", "127.0.0.1:0")) {
            server.port();
            assertTrue(launcher.hangUp());
            server.awaitErr("tcp-server: rules reloaded");
            assertServed(server);
        }
    }

    @Test
    void hangUpReopensTheOutputFileToo() throws Exception {
        ServerLauncher launcher = launcher("tcp-server");
        Path log = folder.resolve("log");
        Path moved = folder.resolve("log.1");
        String[] args = {"--output", log.toString(), "--deny", rules("192.0.2.1"), "127.0.0.1:0"};
        try (RunningLauncher server = RunningLauncher.start(launcher, args)) {
            TestSockets.exchange(server, "before");
            Files.move(log, moved);
            assertTrue(launcher.hangUp());
            TestSockets.exchange(server, "after");
            assertEquals("after\n", Files.readString(log));
            rules("127.0.0.1");
            Files.delete(log);
            Files.createDirectory(log);
            assertTrue(launcher.hangUp());
            awaitLines(1, server, "open " + log + " failed: is a directory");
            assertDenied(server);
            awaitLines(2, server, "rules reloaded");
            assertEquals("before\n", Files.readString(moved));
        }
    }

    @Test
    void hangUpDuringTheStartReloadsAfterIt() throws Exception {
        Path pipe = pipe();
        ServerLauncher launcher = launcher("tcp-server");
        TestThreads threads = new TestThreads();
        try (RunningLauncher server =
                RunningLauncher.start(launcher, "--deny=@" + pipe, "127.0.0.1:0")) {
            // Opening blocks until the server reads.
            try (OutputStream first = Files.newOutputStream(pipe)) {
                threads.start(launcher::hangUp);
                threads.awaitWaiting();
                first.write(TestSockets.bytes("127.0.0.1"));
            }
            server.port();
            try (OutputStream second = Files.newOutputStream(pipe)) {
                assertDenied(server);
                second.write(TestSockets.bytes("192.0.2.1"));
            }
            threads.join();
            assertServed(server);
            awaitLines(1, server, "rules reloaded");
        }
    }

    private Path pipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        return pipe;
    }

    @Test
    void hangUpBeforeTheStartDoesNotLoadRules() {
        for (Transport transport : Transport.values()) {
            assertTrue(reload(transport, "--allow=name.invalid", "--deny=@missing"));
            assertTrue(reload(transport, "--output=" + folder.resolve("log")));
            assertFalse(reload(transport));
        }
    }

    private static boolean reload(Transport transport, String... args) {
        return ServerProbe.read(
                transport,
                options -> {
                    try {
                        return new ServerRun(options).reload();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-server", "udp-server"})
    void interruptEndsTheWaitForRules(String name) throws Exception {
        Path pipe = pipe();
        try (RunningLauncher server =
                        RunningLauncher.start(launcher(name), "--allow=@" + pipe, "127.0.0.1:0");
                OutputStream writer = Files.newOutputStream(pipe)) {
            assertEquals(0, server.interrupt().status());
            assertEquals("", server.err());
            assertEquals("", server.out());
            writer.flush();
        }
    }

    /** A mock, since a slow lookup cannot be provoked. */
    @ParameterizedTest
    @ValueSource(strings = {"tcp-server", "udp-server"})
    void interruptEndsTheLookUpOfARule(String name) {
        CapturedOutput out = new CapturedOutput();
        PrintStream err = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (MockedConstruction<AccessRules> rules =
                mockConstruction(
                        AccessRules.class,
                        (mock, _) ->
                                when(mock.load())
                                        .thenAnswer(
                                                _ -> {
                                                    Thread.currentThread().interrupt();
                                                    throw new InterruptedIOException();
                                                }))) {
            assertEquals(0, launcher(name).run(out, err, "--deny=name.invalid", "127.0.0.1:0"));
            assertEquals(1, rules.constructed().size());
            assertEquals("", out.text());
        } finally {
            // Clears the interrupt for other tests in this thread.
            Thread.interrupted();
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp-server, --allow", "udp-server, --deny"})
    void unreadableRulesExitWith2(String name, String option) throws Exception {
        String help = " (see " + name + " --help)\n";
        Path missing = folder.resolve("missing");
        String failed = "read " + missing + " failed: no such file or directory";
        assertEnd(2, failed + help, name, option, "@" + missing);
        String file = rules("::1 # me\n\t1.2.3.4/");
        String bad = file.substring(1) + ":2:2: prefix length must be from 0 to 32: 1.2.3.4/";
        assertEnd(2, bad + help, name, option, file);
    }

    @ParameterizedTest
    @CsvSource({"tcp-server, --deny", "udp-server, --allow"})
    void unknownNameInRulesExitsWith1(String name, String option) throws Exception {
        assertEnd(1, "name not found: name.invalid\n", name, option, "name.invalid");
        String file = rules("\n name.invalid");
        String problem = file.substring(1) + ":2:2: name not found: name.invalid\n";
        assertEnd(1, problem, name, option, file);
    }

    private static void assertEnd(
            int status, String problem, String name, String option, String value) throws Exception {
        try (RunningLauncher server =
                RunningLauncher.start(
                        launcher(name), "--format=json", option, value, "127.0.0.1:0")) {
            assertEquals(status, server.status());
            assertEquals(name + ": " + option + ": " + problem, server.err());
            assertEquals("", server.out());
        }
    }

    @Test
    void invalidRuleDoesNotCreateTheOutputFile() throws Exception {
        Path log = folder.resolve("log");
        String[] args = {"--output", log.toString(), "--deny=1.2.3.4/33"};
        try (RunningLauncher server = RunningLauncher.start(launcher("tcp-server"), args)) {
            assertEquals(2, server.status());
            assertFalse(Files.exists(log));
        }
    }
}
