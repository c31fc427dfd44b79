package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import net.launcher.image.ScriptedTcpServer.Script;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** TCP runs against broken and hostile peers. */
class RunHostileIT {
    private static final byte[] REQUEST = "hello sever!".getBytes(StandardCharsets.US_ASCII);

    private static ProcessResult run(ScriptedTcpServer server, String service, String... args) {
        return ProcessCommand.of("tcp-client", "--service", service)
                .with(args)
                .with("127.0.0.1", server.port())
                .run();
    }

    /** Three concurrent exchanges, each of which fails with the same error. */
    private static EventList failures(
            ScriptedTcpServer server, String service, String detail, String... args) {
        ProcessResult ended =
                ProcessCommand.of("tcp-client", "--service", service, "--format", "json")
                        .with("-c", "3", "-P", "3")
                        .with(args)
                        .with("127.0.0.1", server.port())
                        .run();
        assertEquals(1, ended.status(), ended.toString());
        String line = "tcp-client: exchange %d with 127.0.0.1:%s failed: %s";
        assertEquals(
                List.of(
                        line.formatted(1, server.port(), detail),
                        line.formatted(2, server.port(), detail),
                        line.formatted(3, server.port(), detail)),
                ended.err().lines().sorted().toList());
        EventList events = EventList.of(ended.out());
        assertEquals(0, events.total("ok"));
        assertEquals(3, events.total("failed"));
        assertEquals(3, events.named("error").size());
        assertEquals(0, events.named("reply").size());
        return events;
    }

    private static void assertErrors(EventList events, String kind, long count) {
        assertEquals("{\"" + kind + "\":" + count + "}", events.summary().get("errors").toString());
    }

    private static void endless(Socket client) throws IOException {
        byte[] bytes = new byte[64 * 1024];
        Arrays.fill(bytes, (byte) 'x');
        while (true) {
            client.getOutputStream().write(bytes);
        }
    }

    /** The timeout is longer than the test, so the length check ends the exchange. */
    @ParameterizedTest
    @CsvSource({
        "greet, wrong_service, greeting longer than 1024 bytes",
        "receive, protocol, the server answered; receive must not answer",
        "echo, corrupt, answer differs from what was sent"
    })
    void endlessAnswerFailsTheExchange(String service, String kind, String detail)
            throws IOException {
        try (ScriptedTcpServer server = new ScriptedTcpServer(RunHostileIT::endless)) {
            assertErrors(failures(server, service, detail, "--timeout", "10m"), kind, 3);
        }
    }

    /** Sends one byte at a time, within the maximum length of a greeting. */
    @Test
    void endlessSlowGreetingEndsByTimeout() throws IOException {
        Script script =
                client -> {
                    while (true) {
                        client.getOutputStream().write('x');
                        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                    }
                };
        try (ScriptedTcpServer server = new ScriptedTcpServer(script)) {
            String detail = "no receipt in time, and an unknown greeting";
            EventList events = failures(server, "greet", detail, "--timeout", "2s");
            assertErrors(events, "wrong_service", 3);
        }
    }

    @Test
    void acceptsAnAnswerSentByteByByte() throws IOException {
        Script script =
                client -> {
                    OutputStream out = client.getOutputStream();
                    for (int i = 0; i < 2; i++) {
                        for (int b : client.getInputStream().readNBytes(5000)) {
                            out.write(b);
                        }
                    }
                };
        try (ScriptedTcpServer server = new ScriptedTcpServer(script)) {
            ProcessResult ended =
                    run(server, "echo", "-c", "2", "--size", "5000", "--format", "json");
            assertEquals(0, ended.status(), ended.toString());
            assertEquals(10_000, EventList.of(ended.out()).total("bytes_received"));
        }
    }

    private static byte[] request(Socket client) throws IOException {
        byte[] request = client.getInputStream().readNBytes(REQUEST.length);
        if (request.length < REQUEST.length) {
            throw new IOException("the client went away");
        }
        return request;
    }

    private static byte[] changed(byte[] bytes, int place) {
        bytes[place] ^= 1;
        return bytes;
    }

    static Stream<Arguments> wrongEchoes() {
        String differs = "answer differs from what was sent";
        return Stream.of(
                wrong(
                        "first byte",
                        client -> client.getOutputStream().write(changed(request(client), 0)),
                        "corrupt",
                        differs),
                wrong(
                        "last byte",
                        client -> client.getOutputStream().write(changed(request(client), 11)),
                        "corrupt",
                        differs),
                wrong("nothing", RunHostileIT::request, "closed", "closed before an answer"),
                wrong(
                        "less",
                        client -> client.getOutputStream().write(request(client), 0, 11),
                        "closed",
                        "closed after 11 of 12 bytes of the answer"),
                wrong(
                        "less, then a reset",
                        client -> {
                            client.getOutputStream().write(request(client), 0, 5);
                            client.setSoLinger(true, 0);
                        },
                        "reset",
                        "reset after 5 of 12 bytes of the answer"),
                wrong(
                        "less, then nothing",
                        client -> {
                            client.getOutputStream().write(request(client), 0, 5);
                            client.getInputStream().read();
                        },
                        "timeout",
                        "5 of 12 bytes in time"));
    }

    private static Arguments wrong(String name, Script script, String kind, String detail) {
        return arguments(named(name, script), kind, detail);
    }

    @ParameterizedTest
    @MethodSource("wrongEchoes")
    void wrongEchoFails(Script script, String kind, String detail) throws IOException {
        try (ScriptedTcpServer server = new ScriptedTcpServer(script)) {
            EventList events = failures(server, "echo", detail, "--timeout", "2s");
            assertErrors(events, kind, 3);
        }
    }

    @Test
    void oneChangedByteOfAMebibyteIsCorrupt() throws IOException {
        Script script =
                client -> {
                    byte[] request = client.getInputStream().readNBytes(1 << 20);
                    client.getOutputStream().write(changed(request, request.length - 1));
                };
        try (ScriptedTcpServer server = new ScriptedTcpServer(script)) {
            EventList events =
                    failures(server, "echo", "answer differs from what was sent", "--size", "1M");
            assertErrors(events, "corrupt", 3);
        }
    }

    /** A duplicated reply looks like the reply to the next request. */
    @Test
    void surplusBytesAreNotTheNextAnswer() throws IOException {
        Script script =
                client -> {
                    while (true) {
                        byte[] request = request(client);
                        byte[] twice = Arrays.copyOf(request, 2 * request.length);
                        System.arraycopy(request, 0, twice, request.length, request.length);
                        client.getOutputStream().write(twice);
                    }
                };
        try (ScriptedTcpServer server = new ScriptedTcpServer(script)) {
            ProcessResult ended = run(server, "echo", "-c", "3", "--format", "json");
            assertEquals(0, ended.status(), ended.toString());
            assertEquals(3 * REQUEST.length, EventList.of(ended.out()).total("bytes_received"));
            assertEquals(3, server.clients());
        }
    }

    /**
     * A peer that does not read delays its own exchanges only, each with at most one payload in
     * memory.
     */
    @Test
    void peerThatDoesNotReadConsumesNoMemory() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1000, InetAddress.ofLiteral("127.0.0.1"))) {
            ProcessResult ended =
                    ProcessCommand.of("tcp-client", "--service", "echo", "--format", "json")
                            .with("--size", "4M", "--rate", "1000", "-t", "1s", "-P", "4")
                            .with("--timeout", "500ms", "127.0.0.1")
                            .with(Integer.toString(server.getLocalPort()))
                            .env("NETPAIR_JAVA_OPTIONS", "-Xmx20m -XX:MaxDirectMemorySize=20m")
                            .run();
            assertEquals(1, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            assertEquals(1000, events.total("failed"));
            assertErrors(events, "silent", 1000);
        }
    }

    @Test
    void escapesTheGreeting() throws IOException {
        byte[] greeting = "\u001b]0;x\u0007\r\nexchange 9 \u202e".getBytes(StandardCharsets.UTF_8);
        Script script =
                client -> {
                    client.getOutputStream().write(greeting);
                    client.getInputStream().readAllBytes();
                };
        try (ScriptedTcpServer server = new ScriptedTcpServer(script)) {
            ProcessResult ended = run(server, "greet", "-c", "2");
            assertEquals(0, ended.status(), ended.toString());
            List<String> lines = ended.out().lines().toList();
            String shown = "\"\\x1B]0;x\\x07\\x0D\\x0Aexchange 9 \\u{202E}\" from ";
            assertTrue(lines.get(2).startsWith(shown), ended::out);
            assertTrue(lines.get(3).startsWith(shown), ended::out);
            assertTrue(ended.out().codePoints().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f));
        }
    }
}
