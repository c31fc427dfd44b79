package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import net.launcher.image.ScriptedTcpServer.Script;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Diagnosis of each kind of failure, in text and in JSON. */
class DiagnosisIT {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @TempDir private static Path folder;

    private static ProcessCommand client(String launcher, String args, String port) {
        ProcessCommand client = ProcessCommand.of(launcher);
        if (!args.isEmpty()) {
            client.with(args.strip().split(" "));
        }
        return client.with("127.0.0.1:" + port);
    }

    /** Asserts the same failure in text and in JSON, and returns its event. */
    private static JsonNode assertFails(
            String launcher, String args, String port, String kind, String message, String shown) {
        ProcessResult text = client(launcher, args, port).run();
        String expected = message.formatted("127.0.0.1:" + port);
        // One line only: hints are for terminals.
        assertEquals(new ProcessResult(1, shown, launcher + ": " + expected + "\n"), text);

        ProcessResult json = client(launcher, "--format json " + args, port).run();
        assertEquals(1, json.status(), json.toString());
        assertEquals(launcher + ": " + expected + "\n", json.err());
        EventList events = EventList.of(json.out());
        assertEquals(1, events.named("error").size(), json::out);
        JsonNode error = events.named("error").getFirst();
        assertEquals(1, error.get("number").asInt(), error::toString);
        assertEquals(kind, error.get("kind").asText());
        assertEquals(expected, error.get("message").asText());
        assertTrue(error.has("hint"), error::toString);
        assertEquals(1, events.total("failed"));
        assertEquals(1, events.summary().get("errors").get(kind).asInt());
        return error;
    }

    private static void assertFails(
            Script script, String args, String kind, String message, String shown)
            throws IOException {
        try (ScriptedTcpServer server = new ScriptedTcpServer(script)) {
            JsonNode error = assertFails("tcp-client", args, server.port(), kind, message, shown);
            assertEquals(shown.isEmpty(), !error.has("bytes"), error::toString);
        }
    }

    private static void write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Closes with RST in place of FIN. */
    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    /** Waits for the end of the test. */
    private static void keepSilent(Socket client) {
        while (!client.isClosed()) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void reportsRefused() throws IOException {
        try (Socket holder = new Socket();
                DatagramSocket udp = new DatagramSocket(0, LOOPBACK)) {
            holder.bind(new InetSocketAddress(LOOPBACK, 0));
            udp.connect(LOOPBACK, udp.getLocalPort());
            assertFails(
                    "tcp-client",
                    "",
                    Integer.toString(holder.getLocalPort()),
                    "refused",
                    "connect to %s failed: connection refused",
                    "");
            assertFails(
                    "udp-client",
                    "--service echo",
                    Integer.toString(udp.getLocalPort()),
                    "refused",
                    "send to %s failed: connection refused",
                    "");
        }
    }

    @Test
    void reportsFilteredByAFullBacklog() throws IOException {
        List<Socket> held = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, LOOPBACK)) {
            fill(full, held);
            assertFails(
                    "tcp-client",
                    "--connect-timeout 300ms",
                    Integer.toString(full.getLocalPort()),
                    "filtered",
                    "connect to %s failed: timed out, no answer of any kind",
                    "");
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    private static void fill(ServerSocket full, List<Socket> held) throws IOException {
        try {
            while (held.size() < 16) {
                Socket socket = new Socket();
                held.add(socket);
                socket.connect(full.getLocalSocketAddress(), 300);
            }
        } catch (SocketTimeoutException expected) {
            // The queue is full.
        }
    }

    @ParameterizedTest
    @CsvSource({
        "greet, no greeting in time",
        "echo, no answer in time",
        "receive, no receipt in time"
    })
    void reportsSilent(String service, String detail) throws IOException {
        assertFails(
                DiagnosisIT::keepSilent,
                "--timeout 300ms --service " + service,
                "silent",
                "exchange with %s failed: " + detail,
                "");
    }

    /** UDP has no sign of whether a server is there. */
    @Test
    void reportsTimeoutOverUdp() throws IOException {
        try (ScriptedUdpServer server = new ScriptedUdpServer((_, _, _) -> {})) {
            assertFails(
                    "udp-client",
                    "--timeout 300ms --service echo",
                    server.port(),
                    "timeout",
                    "exchange with %s failed: no answer in time",
                    "");
        }
    }

    @Test
    void reportsTimeoutWithPartOfAnAnswer() throws IOException {
        assertFails(
                client -> {
                    write(client, "hello");
                    keepSilent(client);
                },
                "--timeout 2s --service echo",
                "timeout",
                "exchange with %s failed: 5 of 12 bytes in time",
                "hello\n");
    }

    @Test
    void reportsTimeoutWithTheGreetingAndNoReceipt() throws IOException {
        assertFails(
                client -> {
                    write(client, "hello client!");
                    keepSilent(client);
                },
                "--timeout 2s",
                "timeout",
                "exchange with %s failed: no receipt in time",
                "hello client!\n");
    }

    @Test
    void reportsClosedWithPartOfAnAnswer() throws IOException {
        assertFails(
                client -> {
                    client.getInputStream().readNBytes(12);
                    write(client, "hello");
                },
                "--service echo",
                "closed",
                "exchange with %s failed: closed after 5 of 12 bytes of the answer",
                "hello\n");
    }

    @ParameterizedTest
    @CsvSource({"greet, a greeting", "echo, an answer"})
    void reportsClosedWithoutData(String service, String what) throws IOException {
        assertFails(
                client -> client.getInputStream().readNBytes(12),
                "--service " + service,
                "closed",
                "exchange with %s failed: closed before " + what,
                "");
    }

    @ParameterizedTest
    @CsvSource({
        "greet, reset, reset before a greeting",
        "echo, reset, reset before an answer",
        "receive, no_receipt, 'reset, so no receipt'"
    })
    void reportsResetAfterSending(String service, String kind, String detail) throws IOException {
        assertFails(
                client -> {
                    client.getInputStream().readNBytes(12);
                    reset(client);
                },
                "--service " + service,
                kind,
                "exchange with %s failed: " + detail,
                "");
    }

    @Test
    void reportsNoReceiptAfterTheGreeting() throws IOException {
        assertFails(
                client -> {
                    write(client, "hello client!");
                    client.getInputStream().readAllBytes();
                    reset(client);
                },
                "",
                "no_receipt",
                "exchange with %s failed: reset after the greeting, so no receipt",
                "hello client!\n");
    }

    @Test
    void reportsCorrupt() throws IOException {
        assertFails(
                client -> {
                    client.getInputStream().readNBytes(12);
                    write(client, "hello\u001b[2J!!!");
                    keepSilent(client);
                },
                "--service echo",
                "corrupt",
                "exchange with %s failed: answer differs from what was sent",
                "hello\\x1B[2J!!!\n");
    }

    @Test
    void reportsWrongSource() throws IOException {
        try (ScriptedUdpServer server =
                new ScriptedUdpServer(
                        (self, request, client) -> self.sendFromElsewhere(request, client))) {
            assertFails(
                    "udp-client",
                    "--service echo",
                    server.port(),
                    "wrong_source",
                    "exchange with %s failed: answer from 127.0.0.1:"
                            + server.otherPort()
                            + ", which is not the server's address",
                    "");
        }
    }

    @Test
    void reportsProtocol() throws IOException {
        assertFails(
                client -> {
                    client.getInputStream().readAllBytes();
                    write(client, "thanks");
                },
                "--service receive",
                "protocol",
                "exchange with %s failed: the server answered; receive must not answer",
                "thanks\n");
    }

    /** The banner of another protocol is shown escaped. */
    @ParameterizedTest
    @ValueSource(strings = {"greet", "echo", "receive"})
    void reportsBannerOfSsh(String service) throws IOException {
        assertFails(
                client -> {
                    write(client, "SSH-2.0-Other_1.0\r\n");
                    keepSilent(client);
                },
                "--timeout 2s --service " + service,
                "wrong_service",
                "exchange with %s failed: the peer runs another service: SSH",
                "SSH-2.0-Other_1.0\\x0D\\x0A\n");
    }

    @Test
    void reportsUnknownGreetingWithoutAnEnd() throws IOException {
        assertFails(
                client -> {
                    write(client, "\u001b]0;owned\u0007 welcome");
                    keepSilent(client);
                },
                "--timeout 2s",
                "wrong_service",
                "exchange with %s failed: no receipt in time, and an unknown greeting",
                "\\x1B]0;owned\\x07 welcome\n");
    }

    @Test
    void reportsEndlessGreeting() throws IOException {
        assertFails(
                client -> {
                    while (true) {
                        write(client, "x".repeat(2000));
                    }
                },
                "",
                "wrong_service",
                "exchange with %s failed: greeting longer than 1024 bytes",
                "x".repeat(1024) + "\n");
    }

    /** A greet server, with a client for another service. */
    @ParameterizedTest
    @ValueSource(strings = {"echo", "receive"})
    void reportsGreetServerInPlaceOfAnotherService(String service) {
        try (RunningProcess server = ProcessCommand.of("tcp-server", "127.0.0.1", "0").start()) {
            assertFails(
                    "tcp-client",
                    "--service " + service,
                    Integer.toString(server.port()),
                    "wrong_service",
                    "exchange with %s failed: the peer runs another service: greet",
                    "hello client!\n");
        }
    }

    /** An HTTP server waits for a complete request. */
    @Test
    void reportsHttpServer() throws IOException {
        Files.writeString(folder.resolve("request"), "GET / HTTP/1.0\r\n\r\n");
        try (RunningProcess server = ProcessCommand.python("http_server.py").in(folder).start()) {
            String port = server.awaitOut("port").substring("port ".length());
            for (String args :
                    List.of(
                            "",
                            "--service receive",
                            "--service echo --file " + folder.resolve("request"))) {
                ProcessResult ended = client("tcp-client", args, port).run();
                assertEquals(1, ended.status(), ended.toString());
                assertEquals(
                        ("tcp-client: exchange with 127.0.0.1:%s failed: the peer runs another"
                                        + " service: HTTP\n")
                                .formatted(port),
                        ended.err());
                assertTrue(ended.out().matches("(<!DOCTYPE |HTTP/1\\.0 200 OK\\\\x0D\\\\x0A).*\n"));
                assertFalse(ended.out().contains("\r"), ended::out);
            }
        }
    }

    /** The server closes without an alert; others send one. */
    @Test
    void reportsTlsServer() {
        Assume.success("openssl", keyPair());
        String command = "openssl s_server -accept 127.0.0.1:0 -cert cert.pem -key key.pem";
        try (RunningProcess server =
                ProcessCommand.sh("exec " + command + " 2>&1").in(folder).start()) {
            String ready = server.awaitOut(" 127.0.0.1:");
            String port = ready.substring(ready.lastIndexOf(':') + 1);
            for (String service : new String[] {"greet", "echo"}) {
                assertFails(
                        "tcp-client",
                        "--service " + service,
                        port,
                        "tls",
                        "exchange with %s failed: the peer expects TLS",
                        "");
            }
        }
    }

    private static String[] keyPair() {
        String command =
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
                        + " -subj /CN=test -keyout "
                        + folder.resolve("key.pem")
                        + " -out "
                        + folder.resolve("cert.pem");
        return command.split(" ");
    }

    /** A server that closes without data is probed with a TLS handshake. */
    @Test
    void reportsTlsServerThatClosesWithoutData() throws IOException {
        byte[] alert = {21, 3, 3, 0, 2, 2, 40};
        Script script =
                client -> {
                    if (client.getInputStream().read() == 22) {
                        client.getOutputStream().write(alert);
                    }
                    client.getInputStream().readNBytes(11);
                };
        try (ScriptedTcpServer server = new ScriptedTcpServer(script)) {
            String message =
                    "tcp-client: exchange with 127.0.0.1:%s failed: the peer expects TLS\n"
                            .formatted(server.port());
            // The probe has one second, which may be too short on a busy machine.
            Await.holds(
                    "told",
                    () -> client("tcp-client", "", server.port()).run().err().equals(message));
        }
    }

    @Test
    void reportsUnknownName() {
        ProcessResult ended =
                ProcessCommand.of("tcp-client", "--format", "json", "nosuch.invalid").run();
        assertEquals(1, ended.status());
        JsonNode error = EventList.of(ended.out()).named("error").getFirst();
        assertEquals("dns", error.get("kind").asText());
        assertEquals(
                "lookup of nosuch.invalid:8888 failed: name not found",
                error.get("message").asText());
    }

    @ParameterizedTest
    @CsvSource({"tcp-client, connect to", "udp-client, send to"})
    void reportsSourceOfAnotherMachine(String launcher, String verb) {
        // A documentation address (RFC 5737), which this machine does not have.
        ProcessCommand launch = ProcessCommand.of(launcher, "--source", "192.0.2.1", "127.0.0.1:9");
        String message = verb + " 127.0.0.1:9 failed: cannot assign requested address";
        assertEquals(new ProcessResult(2, "", launcher + ": " + message + "\n"), launch.run());
        ProcessResult json = launch.with("--format", "json").run();
        assertEquals(2, json.status());
        JsonNode error = EventList.of(json.out()).named("error").getFirst();
        assertEquals("local", error.get("kind").asText());
        assertEquals(message, error.get("message").asText());
    }

    /** The limit applies to the process only. */
    @ParameterizedTest
    @CsvSource({"tcp, connect to, 200", "tcp, connect to, 45", "udp, send to, 200"})
    void reportsExhaustedDescriptors(String transport, String verb, int parallel) {
        try (ServerUnderTest target = ServerUnderTest.of(transport, "echo")) {
            String args = "--format json -P " + parallel + " -c " + 2 * parallel;
            ProcessResult ended =
                    ProcessCommand.sh("ulimit -n 40; exec " + target.command(args)).run();
            assertEquals(2, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            JsonNode error = events.named("error").getFirst();
            assertEquals("local", error.get("kind").asText());
            assertEquals(
                    verb + " " + target.endpoint() + " failed: too many open files",
                    error.get("message").asText());
            assertTrue(events.total("ok") > 0, ended::out);
            assertEquals(2L * parallel, events.total("ok") + events.total("failed"));
            String line = transport + "-client: exchange \\d+: " + verb + " .*";
            assertTrue(ended.err().lines().findFirst().orElseThrow().matches(line), ended::err);
        }
    }

    @Test
    void hintIsPrintedOnTerminalsAndWithVerbose() throws IOException {
        String hint = "tcp-client: hint: check that the server is running";
        try (Socket holder = new Socket()) {
            holder.bind(new InetSocketAddress(LOOPBACK, 0));
            String endpoint = "127.0.0.1:" + holder.getLocalPort();
            String failure = "tcp-client: connect to " + endpoint + " failed: connection refused\n";
            String launcher = ProcessCommand.bin("tcp-client");

            ProcessResult seen =
                    ProcessCommand.python("terminal.py", "2", launcher, endpoint).run();
            assertEquals(1, seen.status(), seen.toString());
            assertTrue(seen.err().startsWith(failure + hint), seen::err);
            assertEquals(2, seen.err().lines().count(), seen::err);

            assertEquals(
                    new ProcessResult(1, "", failure),
                    ProcessCommand.python("terminal.py", "0", launcher, endpoint).run());

            ProcessResult verbose = ProcessCommand.of("tcp-client", "--verbose", endpoint).run();
            assertTrue(verbose.err().startsWith(failure), verbose::err);
            assertTrue(verbose.err().contains("\n" + hint), verbose::err);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c 3", "-c 300"})
    void runPrintsAHintOnce(String args) throws IOException {
        try (ScriptedTcpServer server = new ScriptedTcpServer(DiagnosisIT::reset)) {
            String[] command = ("--service echo " + args).split(" ");
            ProcessCommand run =
                    ProcessCommand.python("terminal.py", "2", ProcessCommand.bin("tcp-client"))
                            .with(command)
                            .with("127.0.0.1:" + server.port());
            ProcessResult ended = run.run();
            assertEquals(1, ended.status(), ended.toString());
            long hints = ended.err().lines().filter(line -> line.contains("hint: ")).count();
            assertEquals(1, hints, ended::err);
        }
    }

    @Test
    void quietExchangeReportsItsFailure() throws IOException {
        try (ScriptedTcpServer server =
                new ScriptedTcpServer(client -> client.getInputStream().readNBytes(12))) {
            ProcessResult ended = client("tcp-client", "--quiet", server.port()).run();
            assertEquals(1, ended.status());
            assertEquals(
                    "tcp-client: exchange with 127.0.0.1:"
                            + server.port()
                            + " failed: closed before a greeting\n",
                    ended.err());
            assertEquals("", ended.out());
        }
    }
}
