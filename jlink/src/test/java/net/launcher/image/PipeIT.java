package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The pipe of clients, with servers of the image and third-party servers. */
class PipeIT {
    private static final int NOISE_BYTES = 64 * 1024 * 1024;

    /** Delay of a slow reader, in which all buffers fill. */
    private static final Duration SLOWNESS = Duration.ofMillis(300);

    @TempDir private static Path folder;
    private static Path random;
    private static String randomSum;

    @BeforeAll
    static void writeRandomInput() throws Exception {
        byte[] bytes = new byte[NOISE_BYTES];
        new Random(64).nextBytes(bytes);
        random = Files.write(folder.resolve("random"), bytes);
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
        randomSum = HexFormat.of().formatHex(sum) + "  -\n";
    }

    private static ProcessCommand sh(String script) {
        return ProcessCommand.sh(script).env("NOISE", random.toString());
    }

    private static String tcp(String args, Object port) {
        return "\"$BIN\"/tcp-client --service pipe " + args + " 127.0.0.1 " + port;
    }

    private static String udp(String args, Object port) {
        return "\"$BIN\"/udp-client --service pipe " + args + " 127.0.0.1 " + port;
    }

    private static ProcessResult assertEnds(int status, ProcessCommand launch) {
        ProcessResult ended = launch.run(60);
        assertEquals(status, ended.status(), () -> shown(ended));
        return ended;
    }

    private static String shown(ProcessResult ended) {
        return ended.err() + ended.out().length() + " characters";
    }

    /** A third-party server on a separate host; its command ends with the port. */
    private enum Foreign {
        NCAT("ncat", "ncat -l 127.0.0.1 7001"),
        NETCAT("nc.openbsd", "nc.openbsd -N -l 127.0.0.1 7001"),
        SOCAT("socat", "socat -t 30 - TCP-LISTEN:7001,bind=127.0.0.1,reuseaddr");

        final String tool;
        final String command;

        Foreign(String tool, String command) {
            this.tool = tool;
            this.command = command;
        }
    }

    /** Runs a script with the function {@code await}, which waits for a listener on port 7001. */
    private static ProcessResult runWith(Foreign foreign, String script) {
        Assume.success("sh", "-c", "command -v " + foreign.tool);
        try (NetworkNamespace host = NetworkNamespace.start()) {
            String await =
                    "await() { until ss -Hltn sport = :7001 | grep -q .; do sleep 0.02; done; }; ";
            return host.script(await + script)
                    .env("BIN", ProcessCommand.IMAGE.resolve("bin").toString())
                    .env("NOISE", random.toString())
                    .run(60);
        }
    }

    @ParameterizedTest
    @EnumSource(Foreign.class)
    void sendsRandomBytesToOtherServers(Foreign foreign) {
        ProcessResult ended =
                runWith(
                        foreign,
                        foreign.command
                                + " < /dev/null | sha256sum & await; "
                                + tcp("", 7001)
                                + " < \"$NOISE\"; echo $? >&2; wait");
        assertEquals("0\n", ended.err());
        assertEquals(randomSum, ended.out());
    }

    @ParameterizedTest
    @EnumSource(Foreign.class)
    void receivesRandomBytesFromOtherServers(Foreign foreign) {
        ProcessResult ended =
                runWith(
                        foreign,
                        foreign.command
                                + " < \"$NOISE\" > /dev/null & await; "
                                + "until ss -Htn state close-wait dport = :7001 | grep -q .;"
                                + " do sleep 0.02; done | { "
                                + tcp("", 7001)
                                + "; echo $? >&2; } | sha256sum; wait");
        assertEquals("0\n", ended.err());
        assertEquals(randomSum, ended.out());
    }

    /** Wraps a script so that its input is a pipe without data. */
    private static String withOpenInput(String name, String script) {
        Path pipe = folder.resolve(name);
        return "mkfifo '%1$s'; sleep 60 > '%1$s' & sleeper=$!; { %2$s; } < '%1$s'; kill $sleeper"
                .formatted(pipe, script);
    }

    @Test
    void echoReturnsRandomBytes() {
        try (ServerUnderTest echo = ServerUnderTest.of("tcp", "echo")) {
            ProcessCommand launch = sh(tcp("", echo.server().port()) + " < \"$NOISE\" | sha256sum");
            assertEquals(new ProcessResult(0, randomSum, ""), launch.run(60));
        }
    }

    /** Through shell pipes, with a slow last reader. */
    @Test
    void slowReaderReceivesAllBytes() {
        try (ServerUnderTest echo = ServerUnderTest.of("tcp", "echo")) {
            String script =
                    "head -c 3000000 \"$NOISE\" | "
                            + tcp("", echo.server().port())
                            + " | { head -c 1; sleep 0.3; dd bs=100 2> /dev/null; } | cmp -n"
                            + " 3000000 - \"$NOISE\" && echo same";
            assertEquals(new ProcessResult(0, "same\n", ""), sh(script).run(60));
        }
    }

    @Test
    void slowPeerReceivesAllBytes() throws Exception {
        MessageDigest sum = MessageDigest.getInstance("SHA-256");
        CountDownLatch isRead = new CountDownLatch(1);
        try (ScriptedTcpServer slow =
                new ScriptedTcpServer(
                        client -> {
                            InputStream in = client.getInputStream();
                            sum.update((byte) in.read());
                            LockSupport.parkNanos(SLOWNESS.toNanos());
                            byte[] piece = new byte[100_000];
                            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                                sum.update(piece, 0, n);
                            }
                            isRead.countDown();
                        })) {
            assertEnds(0, sh(tcp("", slow.port()) + " < \"$NOISE\""));
            isRead.await();
        }
        assertEquals(randomSum, HexFormat.of().formatHex(sum.digest()) + "  -\n");
    }

    @Test
    void brokenPipeEndsItSilentlyWithOpenInput() {
        try (ServerUnderTest chargen = ServerUnderTest.of("tcp", "chargen")) {
            String client = "{ " + tcp("", chargen.server().port()) + "; echo $? >&2; }";
            String script = withOpenInput("broken", client + " | head -c 10");
            ProcessResult ended = sh(script).run();
            assertEquals(" !\"#$%&'()", ended.out());
            assertEquals("2\n", ended.err());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "> /dev/full|write to standard output failed: no space left on device",
                "< /|read from standard input failed: is a directory",
                ">&-|write to standard output failed: it is closed"
            })
    void reportsFailingStreams(String redirection, String message) {
        try (ServerUnderTest echo = ServerUnderTest.of("tcp", "echo")) {
            String input = redirection.startsWith("<") ? "" : " < \"$NOISE\" ";
            ProcessCommand launch = sh(tcp("", echo.server().port()) + input + redirection);
            ProcessResult ended = assertEnds(2, launch);
            assertEquals("tcp-client: " + message + "\n", ended.err());
            assertEquals("", ended.out());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<&-", "< /dev/null"})
    void closedInputIsEmpty(String redirection) throws IOException {
        try (ScriptedTcpServer server =
                new ScriptedTcpServer(
                        client -> {
                            byte[] all = client.getInputStream().readAllBytes();
                            String text = "bytes: " + all.length;
                            client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                        })) {
            ProcessCommand launch = sh(tcp("", server.port()) + " " + redirection);
            assertEquals(new ProcessResult(0, "bytes: 0", ""), launch.run());
        }
    }

    /** The peer half-closes first, as {@code ncat -l} does with an empty input. */
    @Test
    void inputIsSentToItsEndAfterTheFinOfThePeer() throws Exception {
        CompletableFuture<String> taken = new CompletableFuture<>();
        try (ScriptedTcpServer server =
                new ScriptedTcpServer(
                        client -> {
                            client.shutdownOutput();
                            byte[] all = client.getInputStream().readAllBytes();
                            taken.complete(new String(all, StandardCharsets.UTF_8));
                        })) {
            String input = "{ sleep 1; echo one; sleep 1.2; echo two; sleep 1; } | ";
            ProcessResult ended = sh(input + tcp("", server.port())).run();
            assertEquals(new ProcessResult(0, "", ""), ended);
            assertEquals("one\ntwo\n", taken.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void finOfThePeerEndsItOnATerminal() throws IOException {
        try (ScriptedTcpServer server =
                new ScriptedTcpServer(client -> client.getOutputStream().write('x'))) {
            ProcessResult ended =
                    ProcessCommand.python("terminal.py", "0", ProcessCommand.bin("tcp-client"))
                            .with("--service", "pipe", "127.0.0.1:" + server.port())
                            .run();
            assertEquals(new ProcessResult(0, "x", ""), ended);
        }
    }

    @Test
    void endsWithItsInputAfterTheFinOfThePeer() throws IOException {
        try (ScriptedTcpServer server =
                        new ScriptedTcpServer(
                                client -> client.getOutputStream().write(new byte[] {'x', '\n'}));
                RunningProcess pipe = start("tcp", "127.0.0.1:" + server.port(), "--verbose")) {
            pipe.awaitOut("x");
            pipe.process().getOutputStream().close();
            ProcessResult ended = pipe.end();
            assertEquals(0, ended.status(), ended::toString);
            assertEquals("x\n", ended.out());
            String expected =
                    "tcp-client: 127\\.0\\.0\\.1:\\d+ to 127\\.0\\.0\\.1:"
                            + server.port()
                            + ": 0 B sent, 2 B received in [\\d.]+ m?s\n";
            assertTrue(ended.err().matches(expected), ended::err);
        }
    }

    @Test
    void summaryCountsBytesUntilTheReset() throws Exception {
        String line = "x".repeat(999) + "\n";
        CountDownLatch isTold = new CountDownLatch(1);
        try (ScriptedTcpServer server =
                        new ScriptedTcpServer(
                                client -> {
                                    client.getOutputStream()
                                            .write(line.getBytes(StandardCharsets.UTF_8));
                                    client.setSoLinger(true, 0);
                                    await(isTold);
                                });
                RunningProcess pipe = start("tcp", "127.0.0.1:" + server.port())) {
            pipe.awaitOut("x");
            pipe.signal("USR1").awaitErr(": 0 B sent, 1000 B received in ");
            isTold.countDown();
            ProcessResult ended = pipe.end();
            assertEquals(1, ended.status(), ended::toString);
            assertEquals(line, ended.out());
            assertEquals(
                    "tcp-client: exchange with 127.0.0.1:"
                            + server.port()
                            + " failed: reset after 0 bytes sent and 1000 received",
                    ended.err().lines().toList().getLast());
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** A client whose input stays open. */
    private static RunningProcess start(String transport, String endpoint, String... args) {
        return ProcessCommand.of(transport + "-client", "--service", "pipe")
                .with(args)
                .with(endpoint)
                .start();
    }

    @Test
    void idleTimeoutEndsIt() {
        try (ServerUnderTest echo = ServerUnderTest.of("tcp", "echo");
                RunningProcess pipe = start("tcp", echo.endpoint(), "--idle-timeout", "300ms")) {
            ProcessResult ended = pipe.end();
            assertEquals(1, ended.status(), ended::toString);
            assertEquals(
                    "tcp-client: exchange with "
                            + echo.endpoint()
                            + " failed: idle, nothing sent or received in time\n",
                    ended.err());
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp, INT, 130", "tcp, TERM, 143", "udp, INT, 130", "udp, TERM, 143"})
    void signalEndsItWhileItsInputIsOpen(String transport, String signal, int status)
            throws IOException {
        SignalIT.assumeHandled(signal);
        try (ServerUnderTest echo = ServerUnderTest.of(transport, "echo");
                RunningProcess pipe = start(transport, echo.endpoint())) {
            pipe.process().getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
            pipe.process().getOutputStream().flush();
            pipe.awaitOut("hello");
            List<ProcessHandle> children = pipe.process().descendants().toList();
            ProcessResult ended = pipe.signal(signal).end();
            assertEquals(new ProcessResult(status, "hello\n", ""), ended);
            assertTrue(children.stream().noneMatch(ProcessHandle::isAlive), children.toString());
        }
    }

    @Test
    void signalEndsItWithBlockedOutput() throws IOException {
        SignalIT.assumeHandled("TERM");
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                RunningProcess shell =
                        sh("sleep 60 | { "
                                        + tcp("", listener.getLocalPort())
                                        + "; echo $? >&2; } | sleep 60")
                                .start();
                Socket client = listener.accept()) {
            Thread.ofVirtual().start(() -> flood(client));
            ProcessHandle java =
                    shell.process()
                            .descendants()
                            .filter(PipeIT::isClient)
                            .findFirst()
                            .orElseThrow();
            assertTrue(java.destroy());
            shell.awaitErr("143");
        }
    }

    private static boolean isClient(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/java");
    }

    private static void flood(Socket client) {
        byte[] bytes = new byte[100_000];
        try {
            while (true) {
                client.getOutputStream().write(bytes);
            }
        } catch (IOException expected) {
            // The client has ended.
        }
    }

    @Test
    void udpSendsLinesAsDatagrams() {
        try (ServerUnderTest echo = ServerUnderTest.of("udp", "echo")) {
            String input = "printf 'one\\n\\ntwo\\r\\nlonger than ten' | ";
            ProcessCommand launch = sh(input + udp("--lines --size 10", echo.server().port()));
            assertEquals(new ProcessResult(0, "one\n\ntwo\nlonger tha\nn ten\n", ""), launch.run());
        }
    }

    @ParameterizedTest
    @CsvSource({"--size 1000, '1000,1000,500'", "--size 2500, '2500'", "'', '1232,1232,36'"})
    void udpSplitsInputAtTheSize(String args, String sizes) {
        String part = folder.resolve("part " + sizes).toString();
        try (RunningProcess server =
                ProcessCommand.of("udp-server", "--format", "json", "127.0.0.1", "0").start()) {
            String script = "head -c 2500 \"$NOISE\" > \"$0\"; " + udp(args, server.port());
            assertEquals(new ProcessResult(0, "", ""), sh(script + " < \"$0\"").with(part).run());
            EventList events = EventList.of(server.signal("TERM").end().out());
            List<String> received =
                    events.named("message").stream().map(PipeIT::bytesReceived).toList();
            assertEquals(List.of(sizes.split(",")), received);
        }
    }

    private static String bytesReceived(JsonNode message) {
        return message.get(message.has("received") ? "received" : "bytes").asText();
    }

    /** The port is bound but connected elsewhere, so it refuses datagrams. */
    @Test
    void udpRefusalFails() throws IOException {
        InetAddress host = InetAddress.ofLiteral("127.0.0.1");
        try (DatagramSocket refusing = new DatagramSocket(0, host)) {
            refusing.connect(host, 9);
            int port = refusing.getLocalPort();
            ProcessResult ended = assertEnds(1, sh("echo anyone | " + udp("", port)));
            assertEquals(
                    "udp-client: send to 127.0.0.1:" + port + " failed: connection refused\n",
                    ended.err());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp-client, --service pipe -c 5, --count cannot be used with --service pipe",
        "udp-client, --service pipe --format json, --format must be raw with --service pipe: json",
        "udp-client, --lines, --lines requires --service pipe"
    })
    void rejectsConflictingOptions(String launcher, String args, String message) {
        ProcessResult ended = ProcessCommand.of(launcher, args.split(" ")).run();
        assertEquals(
                new ProcessResult(
                        2, "", launcher + ": " + message + " (see " + launcher + " --help)\n"),
                ended);
    }
}
