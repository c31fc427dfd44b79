package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** JSON events, parsed by a different library than that which writes them. */
class JsonIT {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static List<JsonNode> parse(String lines) {
        return lines.lines().map(JsonIT::parseLine).toList();
    }

    private static JsonNode parseLine(String line) {
        try {
            JsonNode event = MAPPER.readTree(line);
            assertEquals("event", event.fieldNames().next(), line);
            return event;
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static RunningProcess server(String launcher) {
        return ProcessCommand.of(launcher, "--format", "json", "127.0.0.1", "0").start();
    }

    private static void send(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void tcpServerWritesListeningMessageAndSummary() throws IOException {
        try (RunningProcess server = server("tcp-server")) {
            int port = server.port();
            send(port, "hello sever!".getBytes(StandardCharsets.US_ASCII));
            List<JsonNode> events = parse(server.signal("TERM").end().out());
            assertEquals(3, events.size());
            String local = "127.0.0.1:" + port;
            JsonNode listening = events.get(0);
            assertEquals(
                    List.of("event", "transport", "local", "service"),
                    names(listening).subList(0, 4));
            assertEquals("listening", listening.get("event").asText());
            assertEquals("tcp", listening.get("transport").asText());
            assertEquals(local, listening.get("local").asText());
            assertEquals("greet", listening.get("service").asText());
            JsonNode message = events.get(1);
            assertEquals(
                    List.of(
                            "event",
                            "time",
                            "transport",
                            "local",
                            "peer",
                            "service",
                            "bytes",
                            "text"),
                    names(message));
            assertEquals("message", message.get("event").asText());
            assertTrue(message.get("time").asText().matches(TIME), message::toString);
            assertEquals(local, message.get("local").asText());
            assertTrue(message.get("peer").asText().matches("127\\.0\\.0\\.1:\\d+"));
            assertEquals("greet", message.get("service").asText());
            assertEquals(12, message.get("bytes").asInt());
            assertEquals("hello sever!", message.get("text").asText());
            assertServerSummary(events.get(2), 1, 12, 13);
        }
    }

    private static void assertServerSummary(JsonNode summary, int messages, int in, int out) {
        assertEquals("summary", summary.get("event").asText());
        assertEquals(messages, summary.get("accepted").asInt());
        assertEquals(0, summary.get("active").asInt());
        assertEquals(messages, summary.get("messages").asInt());
        assertEquals(in, summary.get("bytes_received").asInt());
        assertEquals(out, summary.get("bytes_sent").asInt());
        assertEquals(0, summary.get("truncated").asInt());
        assertEquals(0, summary.get("dropped").asInt());
        assertTrue(summary.get("refused").isObject());
        assertTrue(summary.get("errors").isObject());
        assertTrue(summary.get("uptime_ns").canConvertToLong());
        assertTrue(summary.get("uptime_ns").asLong() > 0);
    }

    @Test
    void udpServerWritesListeningMessageAndSummary() throws IOException {
        try (RunningProcess server = server("udp-server");
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            int port = server.port();
            byte[] bytes = new byte[2000];
            socket.send(new DatagramPacket(bytes, 2000, InetAddress.getLoopbackAddress(), port));
            JsonNode message = parseLine(server.awaitOut("\"message\""));
            assertEquals("udp", message.get("transport").asText());
            assertEquals("127.0.0.1:" + socket.getLocalPort(), message.get("peer").asText());
            assertEquals(1024, message.get("bytes").asInt());
            assertEquals(2000, message.get("received").asInt());
            assertTrue(message.get("truncated").asBoolean());
            assertEquals("\0".repeat(1024), message.get("text").asText());
            List<JsonNode> events = parse(server.signal("INT").end().out());
            assertEquals("receive", events.get(0).get("service").asText());
            assertEquals(1, events.get(2).get("truncated").asInt());
            assertEquals(2000, events.get(2).get("bytes_received").asInt());
        }
    }

    @Test
    void writesInvalidUtf8InBase64() throws IOException {
        byte[] bytes = {'a', (byte) 0xFF, (byte) 0xC0, (byte) 0x80};
        try (RunningProcess server = server("tcp-server")) {
            send(server.port(), bytes);
            JsonNode message = parseLine(server.awaitOut("\"message\""));
            assertFalse(message.has("text"));
            assertEquals(Base64.getEncoder().encodeToString(bytes), message.get("base64").asText());
        }
    }

    @Test
    void escapesHostileTextReversiblyInJson() throws IOException {
        String hostile = "\"\\\n\r\t\0\u001b[31m\u007f\u0085\u202e\u2066\u2028\u200fgrüße ☃ 😀";
        try (RunningProcess server = server("tcp-server")) {
            send(server.port(), hostile.getBytes(StandardCharsets.UTF_8));
            String line = server.awaitOut("\"message\"");
            assertEquals(hostile, parseLine(line).get("text").asText());
            assertTrue(line.contains("grüße ☃ 😀"), line);
            assertTrue(
                    line.codePoints()
                            .noneMatch(
                                    c ->
                                            c < ' '
                                                    || c >= 0x7F && c <= 0x9F
                                                    || c >= 0x200E && c <= 0x200F
                                                    || c >= 0x2028 && c <= 0x202E
                                                    || c >= 0x2066 && c <= 0x2069),
                    line);
        }
    }

    @Test
    void escapesHostileTextInText() throws IOException {
        byte[] hostile = "a\n\033[31m\u007f\u0085\u202e\\ü".getBytes(StandardCharsets.UTF_8);
        byte[] bytes = java.util.Arrays.copyOf(hostile, hostile.length + 1);
        bytes[hostile.length] = (byte) 0xFF;
        try (RunningProcess server = ProcessCommand.of("tcp-server", "127.0.0.1", "0").start()) {
            send(server.port(), bytes);
            assertEquals(
                    "a\\x0A\\x1B[31m\\x7F\\u{85}\\u{202E}\\x5Cü\\xFF", server.awaitOut("a\\x0A"));
        }
    }

    @Test
    void tcpClientWritesReplyAndSummary() {
        try (RunningProcess server = ProcessCommand.of("tcp-server", "127.0.0.1", "0").start()) {
            String peer = "127.0.0.1:" + server.port();
            ProcessResult ended = ProcessCommand.of("tcp-client", "--format", "json", peer).run();
            assertEquals(0, ended.status());
            List<JsonNode> events = parse(ended.out());
            assertEquals(3, events.size());
            assertStart(events.get(0), peer);
            JsonNode reply = events.get(1);
            assertEquals("reply", reply.get("event").asText());
            assertEquals(peer, reply.get("peer").asText());
            assertEquals("hello client!", reply.get("text").asText());
            JsonNode summary = events.get(2);
            assertSummary(summary, 1, 0, 12, 13);
            long nanos = reply.get("time_ns").asLong();
            JsonNode times = summary.get("time_ns");
            for (String name : List.of("min", "mean", "p50", "max")) {
                assertEquals(nanos, times.get(name).asLong(), name);
            }
            for (String name : List.of("p90", "p99", "p999", "stddev", "jitter")) {
                assertTrue(times.get(name).isNull(), name);
            }
            assertTrue(summary.get("duration_ns").asLong() >= nanos);
        }
    }

    private static void assertStart(JsonNode start, String target) {
        assertEquals("start", start.get("event").asText());
        assertEquals(target, start.get("target").asText());
        assertEquals(1, start.get("count").asInt());
        assertEquals(12, start.get("size").asInt());
        assertTrue(start.get("run").asText().matches("[0-9a-f]{16}"), start::toString);
        assertFalse(start.get("host").asText().isEmpty());
        JsonNode arguments = start.get("arguments");
        assertTrue(arguments.get(0).asText().endsWith("-client"), arguments::toString);
        assertEquals("--format", arguments.get(1).asText());
        assertEquals("json", arguments.get(2).asText());
    }

    private static void assertSummary(JsonNode summary, int ok, int failed, int out, int in) {
        assertEquals("summary", summary.get("event").asText());
        assertEquals(ok, summary.get("ok").asInt());
        assertEquals(failed, summary.get("failed").asInt());
        assertEquals(out, summary.get("bytes_sent").asInt());
        assertEquals(in, summary.get("bytes_received").asInt());
    }

    @Test
    void udpClientWritesASummaryOfDatagrams() {
        try (RunningProcess server = ProcessCommand.of("udp-server", "127.0.0.1", "0").start()) {
            ProcessResult ended =
                    ProcessCommand.of("udp-client", "--format", "json", ":" + server.port()).run();
            List<JsonNode> events = parse(ended.out());
            assertEquals(2, events.size());
            assertStart(events.get(0), "localhost:" + server.port());
            JsonNode summary = events.get(1);
            assertSummary(summary, 1, 0, 12, 0);
            assertEquals(1, summary.get("sent").asInt());
            for (String name :
                    List.of("received", "lost", "late", "duplicates", "reordered", "corrupt")) {
                assertTrue(summary.get(name).isNull(), name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-client", "udp-client"})
    void failureIsAnEventBeforeTheSummary(String client) {
        ProcessResult ended = ProcessCommand.of(client, "--format", "json", "nosuch.invalid").run();
        assertEquals(1, ended.status());
        List<JsonNode> events = parse(ended.out());
        assertStart(events.get(0), "nosuch.invalid:8888");
        assertEquals("error", events.get(1).get("event").asText());
        assertEquals("dns", events.get(1).get("kind").asText());
        assertEquals("nosuch.invalid:8888", events.get(1).get("target").asText());
        assertEquals(1, events.get(1).get("number").asInt());
        assertEquals(
                "lookup of nosuch.invalid:8888 failed: name not found",
                events.get(1).get("message").asText());
        assertSummary(events.get(2), 0, 1, 0, 0);
    }
}
