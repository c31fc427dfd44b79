package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** Signals to a run: intermediate results, and an early end with a summary. */
class RunSignalIT {
    /** An interrupted run is neither a success nor a missed threshold. */
    @ParameterizedTest
    @CsvSource({
        "tcp, TERM, 143, text",
        "udp, INT, 130, text",
        "tcp, HUP, 129, text",
        "udp, TERM, 143, json",
        "tcp, INT, 130, json"
    })
    void verdictsAreLast(String transport, String signal, int status, String format)
            throws IOException {
        SignalIT.assumeHandled(signal);
        try (ServerUnderTest target = ServerUnderTest.of(transport, "echo");
                RunningProcess run =
                        target.client("-i", "20ms", "--format", format)
                                .with("--fail-if", "ok<1", "--fail-if", "failed>=0")
                                .start()) {
            // After a header of two lines.
            run.awaitOut(lines -> lines.size() > 5);
            List<ProcessHandle> children = run.process().descendants().toList();
            ProcessResult ended = run.signal(signal).end();
            assertEquals(status, ended.status(), ended.toString());
            assertEquals("", ended.err());
            assertFalse(run.process().isAlive());
            assertTrue(children.stream().noneMatch(ProcessHandle::isAlive), children.toString());
            if (format.equals("json")) {
                EventList events = EventList.of(ended.out());
                JsonNode thresholds = events.summary().get("thresholds");
                assertEquals(events.total("ok"), thresholds.get(0).get("actual").asLong());
                assertTrue(thresholds.get(0).get("ok").asBoolean());
                assertFalse(thresholds.get(1).get("ok").asBoolean());
                assertEquals(events.total("ok"), events.named("reply").size());
            } else {
                long ok = ended.out().lines().filter(line -> line.contains(": exchange ")).count();
                assertTrue(ok > 2, ended::out);
                assertEquals("FAIL failed>=0: 0", ended.lastLine());
            }
        }
    }

    /** Exchanges in progress at the signal are not counted. */
    @Test
    void doesNotCountAnExchangeInProgress() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                RunningProcess run =
                        ProcessCommand.of("tcp-client", "--service", "echo", "-c", "5")
                                .with("--format", "json")
                                .with("127.0.0.1:" + silent.getLocalPort())
                                .start();
                Socket accepted = silent.accept()) {
            assertEquals('h', accepted.getInputStream().read());
            ProcessResult ended = run.signal("TERM").end();
            assertEquals(143, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            assertEquals(0, events.total("ok"));
            assertEquals(0, events.total("failed"));
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp, json", "udp, json", "tcp, text"})
    void usr1PrintsFiguresAndTheRunContinues(String transport, String format) {
        try (ServerUnderTest target = ServerUnderTest.of(transport, "echo");
                RunningProcess run = target.client("--rate", "500", "--format", format).start()) {
            target.awaitPeer();
            for (int i = 1; i <= 2; i++) {
                int count = i;
                run.signal("USR1");
                Await.holds("told " + i, () -> run.errLines().size() == count);
            }
            List<String> lines = run.errLines();
            String figures = transport + "-client: \\d+ ok, 0 failed, loss (0 %|-), .* in .*";
            assertTrue(lines.stream().allMatch(line -> line.matches(figures)), lines.toString());
            ProcessResult ended = run.signal("TERM").end();
            assertEquals(143, ended.status());
            assertEquals(2, ended.err().lines().count(), ended::err);
            if (format.equals("json")) {
                EventList events = EventList.of(ended.out());
                assertEquals(events.all().size(), events.named("interval").size() + 2, ended::out);
            } else {
                List<String> out = ended.out().lines().toList();
                assertEquals("", out.get(2));
                assertTrue(out.get(3).startsWith("exchanges "), ended::out);
            }
        }
    }
}
