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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Clients with several targets. */
class SeveralTargetsIT {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @TempDir private Path folder;

    /** Returns the row of a target in the last table. */
    private static String row(ProcessResult ended, String target) {
        return ended.out()
                .lines()
                .filter(line -> line.startsWith(target + " "))
                .reduce((_, last) -> last)
                .orElseThrow(() -> new AssertionError(ended.toString()));
    }

    /** Returns a number of the summary of all targets, the last event. */
    private static long total(EventList events, String name) {
        JsonNode summary = events.named("summary").getLast();
        assertTrue(summary.has("targets"), summary::toString);
        return summary.get(name).asLong();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void textHasARowForEachTargetAndTheTotal(String transport) throws IOException {
        try (RefusingPort refusing = RefusingPort.of(transport);
                ServerUnderTest one = ServerUnderTest.of(transport, "echo");
                ServerUnderTest two = ServerUnderTest.of(transport, "echo")) {
            String closed = refusing.endpoint();
            ProcessResult ended =
                    one.client("-c", "4", "-i", "1ms", closed).with(two.endpoint()).run();
            assertEquals(1, ended.status(), ended.toString());
            List<String> lines = ended.out().lines().toList();
            List<String> table = lines.subList(lines.size() - 5, lines.size());
            assertTrue(table.get(0).matches("target +ok +failed +loss .*"), ended::out);
            assertTrue(table.get(1).matches(closed + " +0 +4 +100 % .*worst, 4 refused"));
            assertTrue(table.get(2).matches(one.endpoint() + " +4 +0 +0 % .*"), ended::out);
            assertTrue(table.get(3).matches(two.endpoint() + " +4 +0 +0 % .*"), ended::out);
            assertTrue(table.get(4).matches("total +8 +4 +33.3 % .*4 refused"), ended::out);
            assertTrue(ended.err().contains(closed + " failed: connection refused"), ended::err);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void jsonNamesTheTargetOfEachEvent(String transport) throws IOException {
        try (RefusingPort refusing = RefusingPort.of(transport);
                ServerUnderTest server = ServerUnderTest.of(transport, "echo")) {
            String closed = refusing.endpoint();
            ProcessResult ended =
                    server.client("-c", "3", "-i", "1ms", "--format", "json", closed).run();
            assertEquals(1, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            for (String name : List.of("start", "interval", "summary")) {
                Set<String> targets =
                        events.named(name).stream()
                                .filter(event -> event.has("target"))
                                .map(event -> event.get("target").asText())
                                .collect(Collectors.toSet());
                assertEquals(Set.of(server.endpoint(), closed), targets, name);
            }
            for (JsonNode reply : events.named("reply")) {
                assertEquals(server.endpoint(), reply.get("target").asText());
            }
            for (JsonNode error : events.named("error")) {
                assertEquals(closed, error.get("target").asText());
            }
            assertEquals(3, events.named("reply").size());
            assertEquals(3, events.named("error").size());
            List<JsonNode> summaries = events.named("summary");
            assertEquals(3, summaries.size());
            assertEquals(0, summaries.get(0).get("ok").asInt());
            assertEquals(3, summaries.get(1).get("ok").asInt());
            assertEquals(2, total(events, "targets"));
            assertEquals(3, total(events, "ok"));
            assertEquals(3, total(events, "failed"));
        }
    }

    @Test
    void exchangesWithoutAScheduleAreOneForEachTarget() throws IOException {
        try (RefusingPort refusing = RefusingPort.of("tcp");
                ServerUnderTest greet = ServerUnderTest.of("tcp", "greet")) {
            String closed = refusing.endpoint();
            ProcessResult ended = ProcessCommand.of("tcp-client", greet.endpoint(), closed).run();
            assertEquals(1, ended.status(), ended.toString());
            assertTrue(ended.out().startsWith(greet.endpoint() + ": hello client!\n"), ended::out);
            assertTrue(row(ended, closed).endsWith("1 refused"), ended::out);
        }
    }

    @Test
    void thresholdsHoldForEachTarget() throws IOException {
        try (RefusingPort refusing = RefusingPort.of("tcp");
                ServerUnderTest server = ServerUnderTest.of("tcp", "echo")) {
            String closed = refusing.endpoint();
            ProcessCommand client = server.client("-c", "2", "--fail-if", "loss>1%", closed);
            ProcessResult ended = client.run();
            assertEquals(3, ended.status(), ended.toString());
            List<String> lines = ended.out().lines().toList();
            assertEquals(
                    List.of(
                            "FAIL loss>1%: 100 %, " + closed,
                            "ok   loss>1%: 0 %, " + server.endpoint()),
                    lines.subList(lines.size() - 2, lines.size()));
            EventList events = EventList.of(client.with("--format", "json").run().out());
            List<Boolean> verdicts = new ArrayList<>();
            for (JsonNode summary : events.named("summary")) {
                for (JsonNode verdict : summary.path("thresholds")) {
                    verdicts.add(verdict.get("ok").asBoolean());
                }
            }
            assertEquals(List.of(false, true), verdicts);
        }
    }

    /** The connection stays in the backlog, so its exchange lasts until the timeout. */
    @Test
    void silentTargetDelaysNoOther() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, LOOPBACK);
                ServerUnderTest server = ServerUnderTest.of("tcp", "echo");
                RunningProcess run =
                        server.client("-i", "20ms", "--format", "json")
                                .with("127.0.0.1:" + silent.getLocalPort())
                                .start()) {
            run.awaitOut(
                    lines -> lines.stream().filter(line -> line.contains("\"reply\"")).count() > 9);
            ProcessResult ended = run.signal("TERM").end();
            assertEquals(143, ended.status(), ended.toString());
            assertEquals(0, total(EventList.of(ended.out()), "failed"));
        }
    }

    @Test
    void targetsAreReadFromAFile() throws IOException {
        try (ServerUnderTest one = ServerUnderTest.of("udp", "echo");
                ServerUnderTest two = ServerUnderTest.of("udp", "echo")) {
            Path file = folder.resolve("targets");
            Files.writeString(file, "# servers\n" + one.endpoint() + "\n\n" + two.endpoint());
            ProcessResult ended =
                    ProcessCommand.of("udp-client", "--service", "echo", "-c", "2", "@" + file)
                            .run();
            assertEquals(0, ended.status(), ended.toString());
            assertTrue(row(ended, one.endpoint()).contains(" 2 "), ended::out);
            assertTrue(row(ended, "total").contains(" 4 "), ended::out);
        }
    }

    @Test
    void fiveHundredTargetsAreMeasuredAtOnce() throws IOException {
        try (RunningProcess server =
                ProcessCommand.of("tcp-server", "echo=0.0.0.0:0", "--format", "json").start()) {
            StringBuilder targets = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                targets.append("127.0.").append(1 + i / 250).append('.').append(1 + i % 250);
                targets.append(':').append(server.port()).append('\n');
            }
            Path file = Files.writeString(folder.resolve("targets"), targets);
            ProcessResult ended =
                    ProcessCommand.of("tcp-client", "--service", "echo", "-c", "3", "-i", "1s")
                            .with("--timeout", "20s", "--format", "json", "@" + file)
                            .run();
            assertEquals(0, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            assertEquals(501, events.named("summary").size());
            for (JsonNode summary : events.named("summary").subList(0, 500)) {
                assertEquals(3, summary.get("ok").asInt());
            }
            assertEquals(1500, total(events, "ok"));
        }
    }

    /** One of them accepts connections only later. */
    @Test
    void waitsForAllTargets() throws Exception {
        try (RefusingPort refusing = RefusingPort.of("tcp");
                ServerUnderTest ready = ServerUnderTest.of("tcp", "echo")) {
            String later = refusing.endpoint();
            try (RunningProcess client =
                    ProcessCommand.of("tcp-client", "--service", "connect", "--wait", "30s")
                            .with("--verbose", ready.endpoint(), later)
                            .start()) {
                client.awaitErr("connection refused");
                client.awaitErr("connected to " + ready.endpoint());
                client.signal("USR1").awaitErr("waiting for " + later);
                assertTrue(
                        client.errLines().stream()
                                .noneMatch(
                                        line -> line.contains("waiting for " + ready.endpoint())),
                        () -> client.errLines().toString());
                refusing.release();
                try (RunningProcess server = ProcessCommand.of("tcp-server", later).start()) {
                    server.port();
                    ProcessResult ended = client.end();
                    assertEquals(0, ended.status(), ended.toString());
                    assertTrue(row(ended, "total").matches("total +2 +0 .*"), ended::out);
                }
            }
        }
    }

    /** A target whose first exchange has not ended yet is not the worst. */
    @Test
    void statusIsRequestedForAllTargets() throws IOException {
        try (RefusingPort refusing = RefusingPort.of("tcp");
                ServerSocket silent = new ServerSocket(0, 1, LOOPBACK);
                ServerUnderTest server = ServerUnderTest.of("tcp", "echo");
                RunningProcess run =
                        server.client("-i", "40ms", "--timeout", "1h", refusing.endpoint())
                                .with("127.0.0.1:" + silent.getLocalPort())
                                .start()) {
            run.awaitOut(": exchange 2 ");
            run.signal("USR1");
            run.awaitErr("total ");
            assertTrue(
                    run.errLines().stream()
                            .anyMatch(
                                    line ->
                                            line.matches(
                                                    ".*"
                                                            + refusing.endpoint()
                                                            + " .*worst, .*refused")));
            assertEquals(143, run.signal("TERM").end().status());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, a:1 a:1, endpoint must be given once: a:1",
        "tcp, '--service discard a b', --service discard requires a single endpoint: a b",
        "tcp, '--service echo --load 2 a b', --load requires a single endpoint: a b",
        "tcp, '--format raw a b', --format raw requires a single endpoint: a b",
        "tcp, '--service pipe a b', --service pipe requires a single endpoint: a b",
        "udp, '--probe-size a b', --probe-size requires a single endpoint: a b",
        "udp, '--source 127.0.0.1:9 a b', --source with a port requires a single endpoint: a b",
        "tcp, '[::1]:1 [0:0::1]:1', 'endpoint must be given once: [0:0::1]:1'",
        "tcp, '--window 1s a', --window requires more than one exchange",
        "tcp, '--window 10us -c 9 a', '--window must be at least 100us: 10us'",
        "udp, '--lookup-interval 1s a', --lookup-interval requires more than one exchange",
        "udp, '-c 9 --lookup-interval 1ms a', '--lookup-interval must be at least 100ms: 1ms'",
        "udp, '@/nosuch a', '@/nosuch: read /nosuch failed: no such file or directory'"
    })
    void rejectsWhatRequiresASingleTarget(String transport, String args, String message) {
        String client = transport + "-client";
        assertEquals(
                new ProcessResult(
                        2, "", client + ": " + message + " (see " + client + " --help)\n"),
                ProcessCommand.of(client, args.split(" ")).run());
    }
}
