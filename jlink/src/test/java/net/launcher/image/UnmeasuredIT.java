package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Figures that were not measured are unknown, and never stand for success. */
class UnmeasuredIT {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static ProcessCommand client(String name, String port, String... args) {
        return ProcessCommand.of(name, args).with("127.0.0.1", port);
    }

    private static EventList events(ProcessCommand client, int status) {
        ProcessResult ended = client.with("--format", "json", "--quiet").run();
        assertEquals(status, ended.status(), ended::toString);
        return EventList.of(ended.out());
    }

    @Test
    void lossOfUnansweredDatagramsIsUnknown() {
        try (ServerUnderTest target = ServerUnderTest.of("udp", "discard")) {
            ProcessResult ended = target.client("--bulk", "-t", "300ms", "--rate", "100").run();
            assertEquals(0, ended.status(), ended::toString);
            assertTrue(ended.out().contains("loss -, "), ended::out);
            assertTrue(ended.out().contains("\nthroughput  sent at "), ended::out);
            assertFalse(ended.out().contains("loss 0"), ended::out);
        }
    }

    /** The server only returns what it receives, and chargen sends nothing. */
    @Test
    void streamWithoutBytesFails() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            String port = Integer.toString(target.server().port());
            EventList events =
                    events(client("tcp-client", port, "--service", "chargen", "-t", "300ms"), 1);
            assertEquals(1, events.total("failed"));
            assertEquals(1, events.summary().get("errors").get("silent").asInt());
            ProcessResult loaded =
                    target.client("-c", "20", "--load", "1", "--load-service", "chargen").run();
            assertEquals(1, loaded.status(), loaded::toString);
        }
    }

    /** The warm-up takes at most the duration of the run, and one timeout. */
    @Test
    void warmUpAgainstASilentServerEnds() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, LOOPBACK)) {
            String port = Integer.toString(silent.getLocalPort());
            EventList events =
                    events(
                            client("tcp-client", port, "--service", "echo", "-t", "500ms")
                                    .with("--warmup", "1000000", "--timeout", "200ms"),
                            1);
            assertTrue(events.total("warmup") <= 3, events::toString);
            assertTrue(events.total("failed") >= 1, events::toString);
        }
    }

    /** Each exchange waits for its timeout. */
    @Test
    void runEndsSoonAfterItsDuration() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, LOOPBACK)) {
            String port = Integer.toString(silent.getLocalPort());
            EventList events =
                    events(
                            client("tcp-client", port, "--service", "echo", "-t", "1s")
                                    .with("--rate", "50", "--timeout", "500ms"),
                            1);
            assertEquals(50, events.total("failed") + events.total("skipped"), events::toString);
            long nanos = events.summary().get("duration_ns").asLong();
            assertTrue(nanos < Duration.ofSeconds(5).toNanos(), events::toString);
        }
    }

    /** The client waits for 5 seconds in vain. */
    @Test
    void lostLastDatagramDoesNotLowerRates() throws IOException {
        AtomicInteger count = new AtomicInteger();
        try (ScriptedUdpServer server =
                new ScriptedUdpServer(
                        (sender, request, peer) -> {
                            if (count.incrementAndGet() < 100) {
                                sender.send(request, peer);
                            }
                        })) {
            EventList events =
                    events(
                            client("udp-client", server.port(), "--service", "echo", "--bulk")
                                    .with("-c", "100", "--rate", "100", "--timeout", "5s"),
                            1);
            assertEquals(1, events.total("lost"));
            long nanos = events.summary().get("duration_ns").asLong();
            assertTrue(nanos < Duration.ofSeconds(3).toNanos(), events::toString);
        }
    }

    @Test
    void restartOfTheReflectorLeavesDirectionsUnknown() {
        RunningProcess first =
                ProcessCommand.of("udp-server", "--service", "stamp", "127.0.0.1:0").start();
        String port = Integer.toString(first.port());
        try (RunningProcess client =
                client("udp-client", port, "--service", "stamp", "--format", "json")
                        .with("-i", "10ms", "--timeout", "2s")
                        .start()) {
            client.awaitOut("\"interval\"");
            first.signal("KILL").end();
            try (RunningProcess _ =
                    ProcessCommand.of("udp-server", "--service", "stamp", "127.0.0.1", port)
                            .start()) {
                client.awaitOut(UnmeasuredIT::isAnsweredAfterErrors);
                EventList events = EventList.of(client.signal("INT").end().out());
                JsonNode summary = events.summary();
                assertTrue(summary.get("lost").asInt() > 0, events::toString);
                assertTrue(summary.get("lost_up").isNull(), events::toString);
                assertTrue(summary.get("lost_down").isNull(), events::toString);
            }
        }
    }

    private static boolean isAnsweredAfterErrors(List<String> lines) {
        return lines.stream()
                        .dropWhile(line -> !line.contains("\"error\""))
                        .filter(line -> line.contains("\"reply\""))
                        .count()
                > 20;
    }

    @Test
    void intervalsAddUpToTheSummary() {
        try (ServerUnderTest target = ServerUnderTest.of("udp", "echo")) {
            EventList events = target.events("--rate", "100", "-t", "1300ms");
            assertEquals(2, events.named("interval").size(), events::toString);
            int ok = 0;
            for (JsonNode interval : events.named("interval")) {
                ok += interval.get("ok").asInt();
            }
            assertEquals(events.total("ok"), ok, events::toString);
        }
    }
}
