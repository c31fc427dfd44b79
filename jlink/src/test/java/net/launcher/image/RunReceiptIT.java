package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Receipts as clients recognise them. */
class RunReceiptIT {
    /** More than the socket buffers of both ends hold. */
    private static final int LINES = 400_000;

    private static final String LINE = "a line of thirty-one characters";
    private static final int SOME = 100_000;

    @TempDir private static Path folder;
    private static String lines;

    @BeforeAll
    static void writeLines() throws IOException {
        Path file = folder.resolve("lines");
        Files.writeString(file, (LINE + "\n").repeat(LINES));
        lines = file.toString();
    }

    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    private static void greet(Socket client) throws IOException {
        client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
    }

    /** Three exchanges, none of which has a receipt. */
    private static void assertNoReceipt(ScriptedTcpServer server, String detail, String... args) {
        ProcessResult json =
                ProcessCommand.of("tcp-client", "--format", "json", "-c", "3")
                        .with(args)
                        .with("127.0.0.1", server.port())
                        .run();
        assertEquals(1, json.status(), json.toString());
        EventList events = EventList.of(json.out());
        assertEquals(0, events.total("ok"), events::toString);
        assertEquals(3, events.total("failed"));
        assertEquals(3, events.summary().get("errors").get("no_receipt").asLong());
        assertEquals(0, events.named("reply").size());
        ProcessResult text =
                ProcessCommand.of("tcp-client").with(args).with("127.0.0.1", server.port()).run();
        assertEquals(1, text.status(), text.toString());
        assertTrue(text.err().endsWith(" failed: " + detail + "\n"), text::err);
        assertEquals(1, text.err().lines().count(), text::err);
    }

    /** Everything was sent and read, but the orderly close is missing. */
    @ParameterizedTest
    @CsvSource({
        "greet, 'reset after the greeting, so no receipt'",
        "receive, 'reset, so no receipt'"
    })
    void resetAfterReadingAllIsNoReceipt(String service, String detail) throws IOException {
        ScriptedTcpServer.Script script =
                client -> {
                    if (service.equals("greet")) {
                        greet(client);
                    }
                    client.getInputStream().readAllBytes();
                    reset(client);
                };
        try (ScriptedTcpServer server = new ScriptedTcpServer(script)) {
            assertNoReceipt(server, detail, "--service", service);
        }
    }

    /** The client writes until a write or read fails. */
    @ParameterizedTest
    @ValueSource(ints = {1, SOME})
    void failedWriteIsNoReceipt(int readBytes) throws IOException {
        ScriptedTcpServer.Script script =
                client -> {
                    client.getInputStream().readNBytes(readBytes);
                    reset(client);
                };
        try (ScriptedTcpServer server = new ScriptedTcpServer(script)) {
            ProcessResult ended = receive(server, "-c", "3");
            assertEquals(1, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            assertEquals(0, events.total("ok"));
            assertEquals(3, events.summary().get("errors").get("no_receipt").asLong());
            assertTrue(events.total("bytes_sent") < 3L * LINES * (LINE.length() + 1));
        }
    }

    private static ProcessResult receive(ScriptedTcpServer server, String... args) {
        return ProcessCommand.of("tcp-client", "--service", "receive", "--file", lines)
                .with("--format", "json")
                .with(args)
                .with("127.0.0.1", server.port())
                .run();
    }

    /** A FIN before everything was sent is not a receipt, whether or not the peer reads on. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void finBeforeAllIsSentIsNoReceipt(boolean readsOn) throws IOException {
        ScriptedTcpServer.Script script =
                client -> {
                    client.getInputStream().readNBytes(SOME);
                    client.shutdownOutput();
                    if (readsOn) {
                        client.getInputStream().readAllBytes();
                    }
                };
        try (ScriptedTcpServer server = new ScriptedTcpServer(script)) {
            ProcessResult ended = receive(server);
            assertEquals(1, ended.status(), ended.toString());
            List<String> err = ended.err().lines().toList();
            assertEquals(1, err.size(), ended::err);
            assertTrue(err.getFirst().endsWith("so no receipt"), ended::err);
        }
    }

    /** Counter-check: the same lines succeed with a peer that reads all. */
    @Test
    void finAfterReadingAllIsAReceipt() throws IOException {
        try (ScriptedTcpServer server =
                new ScriptedTcpServer(client -> client.getInputStream().readAllBytes())) {
            ProcessResult ended = receive(server, "-c", "3");
            assertEquals(0, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            assertEquals(3, events.total("ok"));
            assertEquals(3L * LINES * (LINE.length() + 1), events.total("bytes_sent"));
        }
    }
}
