package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Ends of runs: thresholds, failures, signals and blocked output. */
class RunEndIT {
    private static RunningProcess serve(String transport) {
        return ProcessCommand.of(transport + "-server", "--service", "echo", "127.0.0.1", "0")
                .start();
    }

    private static ProcessCommand client(String transport, RunningProcess server, String... args) {
        return ProcessCommand.of(transport + "-client", "--service", "echo")
                .with(args)
                .with("127.0.0.1", Integer.toString(server.port()));
    }

    @ParameterizedTest
    @CsvSource({
        "p50<1m, 3, false",
        "p50>1m, 0, true",
        "ok<20, 0, true",
        "ok<=20, 3, false",
        "failed>0, 0, true",
        "loss>=0%, 3, false"
    })
    void thresholdDeterminesTheStatus(String expression, int status, boolean isOk) {
        try (RunningProcess server = serve("tcp")) {
            String[] args = {"-c", "20", "--fail-if", expression, "--fail-if", "p99>1m"};
            ProcessResult json = client("tcp", server, args).with("--format", "json").run();
            // 20 exchanges are too few for p99.
            assertEquals(3, json.status(), json.toString());
            JsonNode thresholds = EventList.of(json.out()).summary().get("thresholds");
            assertEquals(expression, thresholds.get(0).get("expr").asText());
            assertEquals(isOk, thresholds.get(0).get("ok").asBoolean());
            assertTrue(thresholds.get(1).get("actual").isNull());
            assertFalse(thresholds.get(1).get("ok").asBoolean());
            ProcessResult text = client("tcp", server, "-c", "20", "--fail-if", expression).run();
            assertEquals(status, text.status(), text.toString());
            String last = text.lastLine();
            assertTrue(last.startsWith((isOk ? "ok   " : "FAIL ") + expression + ": "), last);
        }
    }

    /** A port that is bound but refuses connections. */
    private static ProcessResult refused(String... args) throws IOException {
        try (Socket holder = new Socket()) {
            holder.bind(new InetSocketAddress("127.0.0.1", 0));
            return ProcessCommand.of("tcp-client", "--service", "echo", "-c", "3")
                    .with(args)
                    .with("127.0.0.1", Integer.toString(holder.getLocalPort()))
                    .run();
        }
    }

    @Test
    void failedExchangesExitWith1() throws IOException {
        ProcessResult ended = refused("--format", "json");
        assertEquals(1, ended.status(), ended.toString());
        EventList events = EventList.of(ended.out());
        assertEquals(3, events.total("failed"));
        assertEquals(3, events.summary().get("errors").get("refused").asLong());
        assertEquals(3, ended.err().lines().count(), ended::err);
        assertTrue(ended.err().contains("failed: connection refused"));
        assertEquals(0, refused("--fail-if", "ok>0").status());
        assertEquals(3, refused("--fail-if", "loss>1%").status());
    }

    @Test
    void unknownNameExitsWith1() {
        ProcessResult ended =
                ProcessCommand.of("udp-client", "--service", "echo", "-c", "5", "--fail-if", "ok>9")
                        .with("nosuch.invalid")
                        .run();
        assertEquals(1, ended.status(), ended.toString());
        assertTrue(ended.err().contains("lookup of nosuch.invalid:8888 failed: name not found"));
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, TERM, 143, json",
        "udp, TERM, 143, text",
        "tcp, INT, 130, text",
        "udp, INT, 130, json"
    })
    void signalEndsWithTheSummarySoFar(String transport, String signal, int status, String format)
            throws IOException {
        SignalIT.assumeHandled(signal);
        try (RunningProcess server = serve(transport);
                RunningProcess run =
                        client(transport, server, "-i", "10ms", "--format", format).start()) {
            run.awaitOut(lines -> lines.size() > 5);
            ProcessResult ended = run.signal(signal).end();
            assertEquals(status, ended.status(), ended.toString());
            assertEquals("", ended.err());
            if (format.equals("json")) {
                EventList events = EventList.of(ended.out());
                assertTrue(events.total("ok") >= 4);
                assertEquals(events.total("ok"), events.named("reply").size());
            } else {
                assertTrue(ended.out().contains("\nexchanges   "), ended::out);
                assertTrue(ended.out().contains(" ok, 0 failed, "), ended::out);
            }
        }
    }

    @Test
    void usr1PrintsTheFiguresSoFar() {
        try (RunningProcess server = serve("tcp");
                RunningProcess run = client("tcp", server, "-i", "10ms").start()) {
            run.awaitOut(lines -> lines.size() > 5);
            run.signal("USR1");
            String line = run.awaitErr(" ok, 0 failed, loss 0 %, ");
            assertTrue(line.startsWith("tcp-client: "), line);
            assertEquals(143, run.signal("TERM").end().status());
        }
    }

    @Test
    void fullDiskAndClosedReaderEndTheRun() {
        try (RunningProcess server = serve("tcp")) {
            String client =
                    ProcessCommand.IMAGE.resolve("bin", "tcp-client")
                            + " --service echo -i 10ms 127.0.0.1 "
                            + server.port();
            ProcessResult full = ProcessCommand.sh("exec " + client + " > /dev/full").run();
            assertEquals(2, full.status(), full.toString());
            assertTrue(full.err().contains("write to standard output failed"), full::err);
            ProcessResult head =
                    ProcessCommand.sh("{ " + client + "; echo $? >&2; } | head -1").run();
            assertEquals(1, head.out().lines().count());
            assertEquals("2", List.of(head.err().split("\n")).getLast(), head::err);
            ProcessResult closed = ProcessCommand.sh("exec " + client + " >&-").run();
            assertEquals(2, closed.status(), closed.toString());
        }
    }

    /** A reset after the greeting is not a receipt. */
    @Test
    void resetAfterTheGreetingIsNoReceipt() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 16)) {
            Thread.ofVirtual().start(() -> greetAndResetAll(listener));
            ProcessResult ended =
                    ProcessCommand.of("tcp-client", "--format", "json", "-c", "3")
                            .with("127.0.0.1", Integer.toString(listener.getLocalPort()))
                            .run();
            assertEquals(1, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            assertEquals(3, events.summary().get("errors").get("no_receipt").asLong());
            assertEquals("hello", events.named("error").getFirst().get("text").asText());
        }
    }

    private static void greetAndResetAll(ServerSocket listener) {
        while (true) {
            try (Socket peer = listener.accept()) {
                peer.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
                peer.getInputStream().readAllBytes();
                peer.setSoLinger(true, 0);
            } catch (IOException expected) {
                return; // The test is over.
            }
        }
    }
}
