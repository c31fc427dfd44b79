package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Ends of launchers by signals, without leftover ports or processes. */
class SignalIT {
    private static final Duration GRACE = Duration.ofSeconds(5);

    @TempDir private Path folder;

    /** Restores SIGINT, which background processes of a shell ignore. */
    static void assumeHandled(String signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (signal.equals("INT") && Files.isReadable(status)) {
            String ignored =
                    Files.readAllLines(status).stream()
                            .filter(line -> line.startsWith("SigIgn:"))
                            .map(line -> line.replaceFirst("SigIgn:\\s*", ""))
                            .findFirst()
                            .orElse("0");
            assumeFalse(
                    (Long.parseUnsignedLong(ignored, 16) & 2) != 0, "needs SIGINT, ignored here");
        }
    }

    private static RunningProcess serve(String server, String format) {
        return ProcessCommand.of(server, "--format", format, "127.0.0.1", "0").start();
    }

    private static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private static void assertShorter(Duration limit, Duration time) {
        assertTrue(time.compareTo(limit) < 0, time + " is not shorter than " + limit);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp-server, TERM",
        "tcp-server, INT",
        "tcp-server, HUP",
        "udp-server, TERM",
        "udp-server, INT",
        "udp-server, HUP"
    })
    void serverExitsWith0AndASummary(String name, String signal) throws IOException {
        assumeHandled(signal);
        try (RunningProcess server = serve(name, "text")) {
            int port = server.port();
            ProcessResult ended = server.signal(signal).end();
            assertEquals(0, ended.status());
            assertEquals("", ended.out());
            List<String> lines = ended.err().lines().toList();
            assertEquals(2, lines.size(), ended.err());
            assertEquals(name + ": listening on 127.0.0.1:" + port, lines.getFirst());
            assertTrue(lines.getLast().startsWith(name + ": 0 messages from "), ended.err());
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp-server, TERM", "tcp-server, INT", "udp-server, TERM", "udp-server, INT"})
    void serverWritesASummaryInJson(String name, String signal) throws IOException {
        assumeHandled(signal);
        try (RunningProcess server = serve(name, "json")) {
            int port = server.port();
            ProcessResult ended = server.signal(signal).end();
            assertEquals(0, ended.status());
            List<String> lines = ended.out().lines().toList();
            assertEquals(2, lines.size(), ended.out());
            assertTrue(lines.getFirst().startsWith("{\"event\":\"listening\","), ended.out());
            assertTrue(lines.getLast().startsWith("{\"event\":\"summary\","), ended.out());
            assertEquals(name + ": listening on 127.0.0.1:" + port + "\n", ended.err());
        }
    }

    @Test
    void threadDumpGoesToStandardError() {
        try (RunningProcess server = serve("tcp-server", "text")) {
            server.port();
            server.signal("QUIT").awaitErr("Full thread dump");
            assertEquals("", server.signal("TERM").end().out());
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp-server, TERM", "tcp-server, INT", "udp-server, TERM", "udp-server, INT"})
    void serverLeavesNeitherPortNorProcess(String name, String signal) throws IOException {
        assumeHandled(signal);
        try (RunningProcess server = serve(name, "text")) {
            int port = server.port();
            List<ProcessHandle> children = server.process().descendants().toList();
            server.signal(signal).end();
            assertFalse(server.process().isAlive());
            assertTrue(children.stream().noneMatch(ProcessHandle::isAlive), children.toString());
            String again = Integer.toString(port);
            try (RunningProcess next = ProcessCommand.of(name, "127.0.0.1", again).start()) {
                assertEquals(port, next.port());
            }
        }
    }

    @Test
    void serverWaitsForASilentClientUpToTheDrainTime() throws IOException {
        try (RunningProcess server = serve("tcp-server", "json");
                TcpPeer silent = TcpPeer.greeted(server.port())) {
            long startNanos = System.nanoTime();
            server.signal("TERM");
            assertEquals("<reset>", silent.awaitEnd());
            Duration time = since(startNanos);
            assertTrue(time.compareTo(GRACE) >= 0, "cut off after " + time);
            assertShorter(GRACE.multipliedBy(3), time);
            ProcessResult ended = server.end();
            assertEquals(0, ended.status());
            assertTrue(ended.lastLine().startsWith("{\"event\":\"summary\","), ended.out());
            assertTrue(ended.lastLine().contains("\"active\":0,\"messages\":0,"), ended.out());
            assertFalse(ended.lastLine().contains("\"errors\":{}"), ended.out());
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp-server, TERM", "tcp-server, INT", "udp-server, TERM"})
    void serverThatWaitsForTheReaderOfItsOutputExitsWith0(String name, String signal)
            throws IOException {
        assumeHandled(signal);
        Path pipe = folder.resolve("pipe");
        Assume.success("mkfifo", pipe.toString());
        try (RunningProcess server =
                ProcessCommand.of(name, "--output", pipe.toString(), "127.0.0.1:0").start()) {
            Await.holds("the pipe is being opened", () -> hasThread(server, "open " + pipe));
            assertEquals(new ProcessResult(0, "", ""), server.signal(signal).end());
        }
    }

    /** Returns whether a process has a thread of a name, of which Linux keeps 15 bytes. */
    private static boolean hasThread(RunningProcess process, String name) {
        Path tasks = Path.of("/proc/" + process.process().pid() + "/task");
        try (Stream<Path> threads = Files.list(tasks)) {
            String start = name.substring(0, 15) + "\n";
            return threads.anyMatch(thread -> read(thread.resolve("comm")).equals(start));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException expected) {
            // The thread has ended.
            return "";
        }
    }

    @Test
    void secondSignalEndsTheServerImmediately() throws IOException {
        try (RunningProcess server = serve("tcp-server", "json")) {
            int port = server.port();
            try (TcpPeer silent = TcpPeer.greeted(port)) {
                server.signal("TERM");
                TcpPeer.awaitRefusal(port);
                long startNanos = System.nanoTime();
                server.signal("TERM");
                assertEquals("<reset>", silent.awaitEnd());
                ProcessResult ended = server.end();
                assertShorter(GRACE.dividedBy(2), since(startNanos));
                assertEquals(0, ended.status());
                assertTrue(ended.lastLine().startsWith("{\"event\":\"summary\","), ended.out());
            }
        }
    }

    @Test
    void greetedClientGetsAReceiptDuringTheDrain() throws IOException {
        try (RunningProcess server = serve("tcp-server", "text")) {
            int port = server.port();
            try (TcpPeer slow = TcpPeer.greeted(port)) {
                server.signal("TERM");
                TcpPeer.awaitRefusal(port);
                assertEquals("<closed>", slow.send("at last").awaitEnd());
                ProcessResult ended = server.end();
                assertEquals(0, ended.status());
                assertEquals("at last\n", ended.out());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void clientExitsAfterItsSummary(String signal, int status) throws IOException {
        assumeHandled(signal);
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(silent.getLocalPort());
            try (RunningProcess client =
                            ProcessCommand.of("tcp-client", "--format", "json", "127.0.0.1", port)
                                    .start();
                    Socket accepted = silent.accept()) {
                assertTrue(accepted.isConnected());
                ProcessResult ended = client.signal(signal).end();
                assertEquals(status, ended.status());
                assertTrue(ended.lastLine().startsWith("{\"event\":\"summary\","), ended.out());
                assertTrue(ended.lastLine().contains("\"ok\":0,\"failed\":1,"), ended.out());
                assertTrue(ended.err().matches("tcp-client: [^\n]+\n"), ended.err());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void greetedClientPrintsTheGreetingAndExits(String signal, int status) throws IOException {
        assumeHandled(signal);
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(slow.getLocalPort());
            try (RunningProcess client =
                            ProcessCommand.of("tcp-client", "127.0.0.1", port).start();
                    Socket accepted = slow.accept()) {
                accepted.getOutputStream().write("hello client!".getBytes());
                accepted.getInputStream().readAllBytes();
                ProcessResult ended = client.signal(signal).end();
                assertEquals(status, ended.status());
                assertEquals("hello client!\n", ended.out());
                assertTrue(ended.err().matches("tcp-client: [^\n]+\n"), ended.err());
            }
        }
    }
}
