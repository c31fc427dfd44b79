package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Interrupted clients, and clients whose server or output fails. */
class ClientFailureTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 1, LOOPBACK);
    }

    private static String endpoint(ServerSocket listener) {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    private static RunningLauncher client(String... args) {
        return RunningLauncher.start(new TcpClientLauncher(), args);
    }

    /** Reads a message to its end, after which the client only waits. */
    private static String readMessage(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void assertSummary(JsonNode summary, int sent, int received) {
        assertEquals("summary", summary.get("event").asText());
        assertEquals(0, summary.get("ok").asInt());
        assertEquals(1, summary.get("failed").asInt());
        assertEquals(sent, summary.get("bytes_sent").asInt());
        assertEquals(received, summary.get("bytes_received").asInt());
        assertTrue(summary.get("duration_ns").asLong() > 0);
        summary.get("time_ns").forEach(time -> assertTrue(time.isNull(), summary::toString));
    }

    @Test
    void interruptExitsWith130AndAMessage() throws Exception {
        try (ServerSocket listener = listener();
                RunningLauncher client = client("--timeout=1m", endpoint(listener));
                Socket socket = listener.accept()) {
            assertEquals("hello sever!", readMessage(socket));
            assertEquals(130, client.interrupt().status());
            assertEquals("", client.out());
            assertEquals(
                    "tcp-client: exchange with " + endpoint(listener) + " failed: interrupted\n",
                    client.err());
        }
    }

    @Test
    void interruptWritesASummaryInJson() throws Exception {
        try (ServerSocket listener = listener();
                RunningLauncher client =
                        client("--format=json", "--timeout=1m", endpoint(listener));
                Socket socket = listener.accept()) {
            readMessage(socket);
            assertEquals(130, client.interrupt().status());
            List<JsonNode> events = Events.parse(client.out());
            assertEquals(List.of("start", "error", "summary"), Events.names(events));
            JsonNode error = events.get(1);
            assertEquals("interrupted", error.get("kind").asText());
            assertEquals("tcp", error.get("transport").asText());
            assertEquals(
                    "exchange with " + endpoint(listener) + " failed: interrupted",
                    error.get("message").asText());
            assertFalse(error.has("bytes"), error::toString);
            assertSummary(events.getLast(), 12, 0);
        }
    }

    @Test
    void immediateCloseExitsWith1() throws Exception {
        try (ServerSocket listener = listener();
                RunningLauncher client = client(endpoint(listener))) {
            try (Socket socket = listener.accept()) {
                readMessage(socket);
            }
            assertEquals(1, client.status());
            assertEquals("", client.out());
            assertEquals(
                    "tcp-client: exchange with "
                            + endpoint(listener)
                            + " failed: closed before a greeting\n",
                    client.err());
        }
    }

    @Test
    void errorEventContainsTheAnswerBeforeTheFailure() throws Exception {
        byte[] answer = HexFormat.of().parseHex("68656CFF");
        try (ServerSocket listener = listener();
                RunningLauncher client = client("--format=json", endpoint(listener))) {
            greetAndReset(listener, answer);
            assertEquals(1, client.status());
            List<JsonNode> events = Events.parse(client.out());
            assertEquals(List.of("start", "error", "summary"), Events.names(events));
            JsonNode error = events.get(1);
            assertEquals("no_receipt", error.get("kind").asText());
            assertEquals(4, error.get("bytes").asInt());
            assertEquals(Base64.getEncoder().encodeToString(answer), error.get("base64").asText());
            assertSummary(events.getLast(), 12, 4);
        }
    }

    @Test
    void escapesAHostileAnswerOfAFailedExchange() throws Exception {
        try (ServerSocket listener = listener();
                RunningLauncher client = client(endpoint(listener))) {
            greetAndReset(listener, HexFormat.of().parseHex("610A1B5B324AC285FF5C"));
            assertEquals(1, client.status());
            assertEquals("a\\x0A\\x1B[2J\\u{85}\\xFF\\x5C\n", client.out());
            assertEquals(
                    "tcp-client: exchange with "
                            + endpoint(listener)
                            + " failed: reset after the greeting, so no receipt\n",
                    client.err());
        }
    }

    private static void greetAndReset(ServerSocket listener, byte[] answer) throws IOException {
        try (Socket socket = listener.accept()) {
            readMessage(socket);
            socket.getOutputStream().write(answer);
            socket.setSoLinger(true, 0);
        }
    }

    @Test
    void countsARefusedDatagramAsSent() throws Exception {
        // Bound and connected to another port: the port is in use, but refuses datagrams.
        try (DatagramSocket other = new DatagramSocket(0, LOOPBACK);
                DatagramSocket elsewhere = new DatagramSocket(0, LOOPBACK)) {
            other.connect(elsewhere.getLocalSocketAddress());
            String endpoint = "127.0.0.1:" + other.getLocalPort();
            try (RunningLauncher client =
                    RunningLauncher.start(new UdpClientLauncher(), "--format=json", endpoint)) {
                assertEquals(1, client.status());
                List<JsonNode> events = Events.parse(client.out());
                assertEquals(List.of("start", "error", "summary"), Events.names(events));
                assertEquals("refused", events.get(1).get("kind").asText());
                assertSummary(events.getLast(), 12, 0);
                assertEquals(1, events.getLast().get("sent").asInt());
                assertEquals(0, events.getLast().get("received").asInt());
                assertEquals(
                        "udp-client: send to " + endpoint + " failed: connection refused\n",
                        client.err());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void failingOutputExitsWith2AfterASuccessfulExchange(int writes) throws Exception {
        FailingOutput out = new FailingOutput(writes);
        try (RunningLauncher server =
                        RunningLauncher.start(new TcpServerLauncher(), "127.0.0.1", "0");
                RunningLauncher client =
                        RunningLauncher.start(
                                new TcpClientLauncher(),
                                out,
                                "--format=json",
                                "127.0.0.1",
                                server.port())) {
            assertEquals(2, client.status());
            assertEquals("tcp-client: " + FailingOutput.ERROR + "\n", client.err());
            assertEquals(writes, client.out().lines().count());
            assertEquals("hello sever!", server.awaitOut("hello"));
        }
    }

    @Test
    void outputThatFailsAtTheStartEndsTheRun() throws Exception {
        FailingOutput out = new FailingOutput(0);
        try (RunningLauncher server =
                        RunningLauncher.start(new TcpServerLauncher(), "127.0.0.1", "0");
                RunningLauncher client =
                        RunningLauncher.start(
                                new TcpClientLauncher(),
                                out,
                                "--format=json",
                                "127.0.0.1",
                                server.port())) {
            assertEquals(2, client.status());
            assertEquals("tcp-client: " + FailingOutput.ERROR + "\n", client.err());
            assertEquals(0, server.interrupt().status());
            assertEquals("", server.out());
        }
    }

    @Test
    void reportsBothFailuresOfNetworkAndOutput() throws Exception {
        try (ServerSocket listener = listener();
                RunningLauncher client =
                        RunningLauncher.start(
                                new TcpClientLauncher(),
                                new FailingOutput(1),
                                "--format=json",
                                endpoint(listener))) {
            listener.accept().close();
            assertEquals(2, client.status());
            String[] lines = client.err().split("\n");
            assertEquals(2, lines.length, client::err);
            String expected = "tcp-client: exchange with " + endpoint(listener) + " failed: ";
            assertTrue(lines[0].startsWith(expected), client::err);
            assertEquals("tcp-client: " + FailingOutput.ERROR, lines[1]);
        }
    }

    @Test
    void rejectsPortZero() throws Exception {
        try (RunningLauncher client = client("127.0.0.1", "0")) {
            assertEquals(2, client.status());
            assertEquals(
                    "tcp-client: port of a server must be from 1 to 65535: 0"
                            + " (see tcp-client --help)\n",
                    client.err());
        }
    }
}
