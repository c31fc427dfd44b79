package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Payloads of runs, as sent, received and returned. */
class RunPayloadIT {
    @TempDir private Path folder;

    /** The default payload: the printable ASCII characters, repeated. */
    private static String pattern(int size) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < size; i++) {
            pattern.append((char) (' ' + i % 95));
        }
        return pattern.toString();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("payload"), text);
    }

    /** Over UDP, 16 bytes of each datagram identify it. */
    @ParameterizedTest
    @CsvSource({
        "tcp, 1, 1, 1",
        "tcp, 1025, 1025, 1024",
        "tcp, 1M, 1048576, 1024",
        "udp, 16, 16, 0",
        "udp, 17, 17, 1",
        "udp, 60000, 60000, 1024",
        "udp, 65507, 65507, 1024"
    })
    void echoReturnsTheSize(String transport, String size, int bytes, int shown) {
        try (ServerUnderTest target = ServerUnderTest.of(transport, "echo")) {
            EventList events = target.events("-c", "2", "--size", size);
            assertEquals(bytes, events.all().getFirst().get("size").asInt());
            assertEquals(2 * bytes, events.total("bytes_sent"));
            assertEquals(2 * bytes, events.total("bytes_received"));
            JsonNode reply = events.named("reply").getLast();
            assertEquals(shown, reply.get("bytes").asInt());
            assertEquals(pattern(shown), reply.get("text").asText());
            assertEquals(bytes, reply.path("bytes_received").asInt(shown));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void singleEchoSendsOnlyThePattern(String transport) {
        try (ServerUnderTest target = ServerUnderTest.of(transport, "echo")) {
            assertEquals(
                    new ProcessResult(0, pattern(2000), ""),
                    target.client("--size", "2000", "--format", "raw").run());
        }
    }

    /** All ASCII characters in a pseudo-random order. */
    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void echoReturnsTheFile(String transport) throws IOException {
        StringBuilder text = new StringBuilder();
        new Random(7).ints(5000, 0, 128).forEach(c -> text.append((char) c));
        Path file = file(text.toString());
        try (ServerUnderTest target = ServerUnderTest.of(transport, "echo")) {
            String[] args = {"--file", file.toString(), "--format", "raw", "-c", "3"};
            ProcessResult ended = target.client(args).run();
            assertEquals(0, ended.status(), ended.toString());
            assertEquals(text.toString().repeat(3), ended.out());
            String figures = transport + "-client: 3 ok, 0 failed, loss 0 %, [^\n]+\n";
            assertTrue(ended.err().matches(figures), ended::err);
        }
    }

    @Test
    void readsStandardInputOnce() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            String client = target.command("--file - --format raw -c 2");
            ProcessResult ended = ProcessCommand.sh("printf 'a\\nb' | " + client).run();
            assertEquals(0, ended.status(), ended.toString());
            assertEquals("a\nba\nb", ended.out());
        }
    }

    /** LF or CR LF ends a line; empty lines count; the last line needs no line end. */
    @Test
    void sendsTheLinesOfAFileInEachExchange() throws IOException {
        Path file = file("one\r\n\n" + "x".repeat(1024) + "\nlast");
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "receive")) {
            EventList events = target.events("--file", file.toString(), "-c", "2");
            assertEquals(2, events.total("ok"));
            String lines = "one\n\n" + "x".repeat(1024) + "\nlast\n";
            assertEquals(lines.repeat(2), target.server().signal("TERM").end().out());
        }
    }

    @Test
    void sendsAFileAsOneDatagram() throws IOException {
        try (ServerUnderTest target = ServerUnderTest.of("udp", "receive")) {
            String file = file("one\ntwo").toString();
            assertEquals(new ProcessResult(0, "", ""), target.client("--file", file).run());
            String line = target.server().awaitOut("received: ");
            assertTrue(line.startsWith("received: one\\x0Atwo from 127.0.0.1:"), line);
        }
    }

    @Test
    void emptyStandardInputHasAReceipt() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "receive")) {
            String client = target.command("--file -");
            assertEquals(new ProcessResult(0, "", ""), ProcessCommand.sh("true | " + client).run());
            ProcessResult ended = target.server().signal("TERM").end();
            assertEquals("", ended.out());
            assertTrue(ended.err().contains(": 0 messages from 1 connection, "), ended::err);
        }
    }

    @Test
    void sendsTextInUtf8() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "greet")) {
            Assume.utf8();
            byte[] bytes = "grüße ☃".getBytes(StandardCharsets.UTF_8);
            EventList events = target.events("-m", "grüße ☃", "-c", "2");
            assertEquals(2 * bytes.length, events.total("bytes_sent"));
            assertEquals("grüße ☃\n".repeat(2), target.server().signal("TERM").end().out());
        }
    }
}
