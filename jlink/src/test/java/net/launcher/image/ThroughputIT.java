package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Throughput, against servers of the image and third-party servers. */
class ThroughputIT {
    private static final String DISCARD_PORT = "9";
    private static final String CHARGEN_PORT = "19";

    private static final String XINETD =
            """
            defaults
            {
                instances = 60
            }
            service discard
            {
                type = INTERNAL
                socket_type = stream
                protocol = tcp
                port = 9
                user = root
                wait = no
            }
            service chargen
            {
                type = INTERNAL
                socket_type = stream
                protocol = tcp
                port = 19
                user = root
                wait = no
            }
            """;

    @TempDir private static Path folder;
    @AutoClose private static NetworkNamespace host;
    @AutoClose private static RunningProcess xinetd;

    @BeforeAll
    static void startHost() throws IOException {
        host = NetworkNamespace.start();
        Path file = Files.writeString(folder.resolve("xinetd.conf"), XINETD);
        Path log = folder.resolve("xinetd.log");
        xinetd = serve("xinetd -dontfork -f " + file + " -filelog " + log);
    }

    private static RunningProcess serve(String command) {
        return host.script("exec " + command).start();
    }

    private static void need(String tool) {
        Assume.success("sh", "-c", "command -v " + tool);
    }

    /** The totals of summary and intervals are the sums of their streams. */
    private static void assertSums(EventList events) {
        for (String bytes : List.of("bytes_sent", "bytes_received")) {
            long total = events.total(bytes);
            assertEquals(total, sum(events.summary().get("streams"), bytes), events::toString);
            assertEquals(total, sum(events.named("interval"), bytes), events::toString);
        }
    }

    private static long sum(Iterable<JsonNode> parts, String name) {
        long sum = 0;
        for (JsonNode part : parts) {
            sum += part.get(name).asLong();
        }
        return sum;
    }

    private static long serverTotal(ServerUnderTest target, String name) {
        return EventList.of(target.server().signal("TERM").end().out()).total(name);
    }

    private static ServerUnderTest serveJson(String transport, String service) {
        return new ServerUnderTest(
                transport,
                service,
                ProcessCommand.of(transport + "-server", "--service", service, "--format", "json")
                        .with("127.0.0.1", "0")
                        .start());
    }

    @ParameterizedTest
    @CsvSource({
        "discard, -t 1500ms -P 3, 3",
        "discard, --bytes 100M, 1",
        "discard, --bytes 1M -s 100, 1",
        "chargen, --bytes 50M -P 2, 2",
        "chargen, -t 300ms, 1",
        "echo, --bulk --bytes 20M -P 2, 2",
        "echo, --bulk -t 300ms -s 1000, 1"
    })
    void figuresAreConsistentWithTheServer(String service, String args, int streams) {
        try (ServerUnderTest target = serveJson("tcp", service)) {
            EventList events = target.events(args.split(" "));
            assertEquals(streams, events.total("ok"), events::toString);
            assertEquals(streams, events.summary().get("streams").size());
            assertSums(events);
            JsonNode start = events.all().getFirst();
            assertTrue(start.get("bulk").asBoolean());
            long sent = events.total("bytes_sent");
            long received = events.total("bytes_received");
            long moved = service.equals("chargen") ? received : sent;
            assertTrue(moved > 0);
            if (!start.get("bytes").isNull()) {
                assertEquals(start.get("bytes").asLong(), moved);
            }
            if (service.equals("echo")) {
                assertEquals(sent, received);
            }
            assertRate(events, "up", sent, service.equals("chargen"));
            assertRate(events, "down", received, service.equals("discard"));
            assertEquals(sent, serverTotal(target, "bytes_received"));
        }
    }

    private static void assertRate(EventList events, String name, long bytes, boolean isNone) {
        JsonNode rate = events.summary().get(name + "_bits_per_second");
        assertEquals(isNone, rate.isNull(), events::toString);
        if (!isNone) {
            assertEquals(8e9 * bytes / events.total("duration_ns"), rate.asDouble(), 1);
        }
    }

    @Test
    void textHasALinePerSecondAndTheStreams() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "discard")) {
            ProcessResult ended = target.client("-t", "1200ms", "-P", "2").run();
            assertEquals(0, ended.status(), ended.toString());
            assertEquals("", ended.err());
            List<String> lines = ended.out().lines().toList();
            String figures = " +[0-9.]+ [kMG]?B +[0-9.]+ [kMG]?bit/s";
            assertTrue(lines.get(2).matches(" seconds +stream +up"), ended::out);
            assertTrue(lines.get(3).matches(" +[0-9.]+ +1" + figures), ended::out);
            assertTrue(lines.get(4).matches(" +[0-9.]+ +2" + figures), ended::out);
            assertTrue(lines.get(5).matches(" +[0-9.]+ +sum" + figures), ended::out);
            for (String stream : List.of("1", "2", "sum")) {
                String row = " +" + stream + figures + " in .*";
                assertEquals(1, lines.stream().filter(line -> line.matches(row)).count(), row);
            }
            assertTrue(ended.out().contains("\nstreams     2 ok, 0 failed in 1."), ended::out);
            assertTrue(ended.out().contains("\nthroughput  up "), ended::out);
        }
    }

    @Test
    void quietPrintsOnlyTheSummary() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "chargen")) {
            ProcessResult ended = target.client("-t", "1200ms", "--quiet").run();
            assertEquals(0, ended.status(), ended.toString());
            assertTrue(!ended.out().contains("seconds "), ended::out);
            assertTrue(ended.out().contains("\nthroughput  down "), ended::out);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "discard, up<1, 0",
        "discard, up>1.5k, 3",
        "discard, down<1, 2",
        "discard, down>1G, 2",
        "chargen, down<1k, 0",
        "chargen, down>=1, 3",
        "chargen, up<1, 2"
    })
    void thresholdsDetermineTheStatus(String service, String expression, int status) {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", service)) {
            ProcessResult ended = target.client("--bytes", "1M", "--fail-if", expression).run();
            assertEquals(status, ended.status(), ended.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void signalPrintsAPartialSummary(String signal, int status) {
        try (ServerUnderTest target = serveJson("tcp", "discard");
                RunningProcess client = target.client("--format", "json", "-t", "1m").start()) {
            client.awaitOut("\"interval\"");
            ProcessResult ended = client.signal(signal).end();
            assertEquals(status, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            assertTrue(events.total("bytes_sent") > 0);
            assertTrue(events.total("up_bits_per_second") > 0);
            assertSums(events);
        }
    }

    @Test
    void killedServerIsAFailureWithTheBytesSoFar() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "chargen");
                RunningProcess client = target.client("--format", "json", "-t", "1m").start()) {
            client.awaitOut("\"interval\"");
            target.server().signal("TERM").end();
            ProcessResult ended = client.end();
            assertEquals(1, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            assertEquals(1, events.total("failed"));
            assertTrue(events.total("bytes_received") > 0);
        }
    }

    @Test
    void udpDiscardKeepsTheRate() {
        try (ServerUnderTest target = serveJson("udp", "discard")) {
            EventList events = target.events("--rate", "400", "-t", "1s", "-s", "1400", "-P", "2");
            assertEquals(400, events.total("ok"));
            assertEquals(560_000, events.total("bytes_sent"));
            assertTrue(events.summary().get("down_bits_per_second").isNull());
            assertTrue(events.summary().get("lost").isNull());
            target.server().awaitTotals(" from 400 datagrams, ");
            assertEquals(560_000, serverTotal(target, "bytes_received"));
        }
    }

    @Test
    void udpDiscardByCountReportsExchanges() {
        try (ServerUnderTest target = ServerUnderTest.of("udp", "discard")) {
            ProcessResult ended = target.client("-c", "3").run();
            assertEquals(0, ended.status(), ended.toString());
            assertTrue(ended.out().contains("exchanges   3 ok, 0 failed"), ended::out);
            assertTrue(!ended.out().contains("seconds"), ended::out);
        }
    }

    @Test
    void udpEchoReportsBothDirections() {
        try (ServerUnderTest target = ServerUnderTest.of("udp", "echo")) {
            ProcessResult ended =
                    target.client("--bulk", "--rate", "500", "-t", "1200ms", "-s", "1000").run();
            assertEquals(0, ended.status(), ended.toString());
            List<String> lines = ended.out().lines().toList();
            assertTrue(lines.get(2).matches(" seconds +datagrams +up +down.*"), ended::out);
            assertTrue(ended.out().contains("\nbytes       600000 sent, 600000 received\n"));
            assertTrue(ended.out().contains(" 600 received, 0 lost, "), ended::out);
        }
    }

    @Test
    void udpDiscardSendsAtTheMaximumRate() {
        try (ServerUnderTest target = ServerUnderTest.of("udp", "discard")) {
            EventList events = target.events("--rate", "max", "-t", "200ms", "-s", "60000");
            assertEquals(60_000 * events.total("sent"), events.total("bytes_sent"));
            assertTrue(events.total("sent") > 100, events::toString);
        }
    }

    private static EventList foreign(String service, String port, String... args) {
        ProcessCommand probe =
                host.launch("tcp-client", "--service", service, "--bytes", "1", "127.0.0.1", port);
        Await.holds("answers", () -> probe.run().status() == 0);
        ProcessResult ended =
                host.launch("tcp-client", "--service", service, "--format", "json")
                        .with("--timeout", "20s", "127.0.0.1", port)
                        .with(args)
                        .run();
        assertEquals(0, ended.status(), ended.toString());
        return EventList.of(ended.out());
    }

    @ParameterizedTest
    @CsvSource({"--bytes 64M, 1", "-t 300ms -P 4, 4"})
    void xinetdDiscards(String args, int streams) {
        need("xinetd");
        EventList events = foreign("discard", DISCARD_PORT, args.split(" "));
        assertEquals(streams, events.total("ok"));
        assertSums(events);
    }

    @ParameterizedTest
    @CsvSource({"--bytes 16M, 1", "-t 300ms -P 4, 4"})
    void xinetdGenerates(String args, int streams) {
        need("xinetd");
        EventList events = foreign("chargen", CHARGEN_PORT, args.split(" "));
        assertEquals(streams, events.total("ok"));
        assertSums(events);
    }

    @ParameterizedTest
    @CsvSource({
        "ncat, ncat -l 127.0.0.1 7021 --recv-only, 7021",
        "socat, 'socat -u TCP-LISTEN:7022,bind=127.0.0.1,reuseaddr -', 7022"
    })
    void thirdPartySinkCountsTheSameBytes(String tool, String command, String port) {
        need(tool);
        try (RunningProcess sink = host.script(command + " | wc -c").start()) {
            ProcessCommand client =
                    host.launch("tcp-client", "--service", "discard", "--format", "json")
                            .with("--bytes", "12345678", "127.0.0.1", port);
            ProcessResult[] ended = new ProcessResult[1];
            Await.holds(
                    "listens",
                    () -> {
                        ended[0] = client.run();
                        return ended[0].status() == 0;
                    });
            assertEquals(12_345_678, EventList.of(ended[0].out()).total("bytes_sent"));
            assertEquals("12345678", sink.end().out().strip());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ncat, 'ncat -k -l 127.0.0.1 7023 --send-only -c \"cat /dev/zero\"', 7023",
        "socat, 'socat -U TCP-LISTEN:7024,bind=127.0.0.1,reuseaddr,fork OPEN:/dev/zero', 7024"
    })
    void readsFromAThirdPartySource(String tool, String command, String port) {
        need(tool);
        try (RunningProcess _ = serve(command)) {
            EventList events = foreign("chargen", port, "--bytes", "20M");
            assertEquals(20 * 1024 * 1024, events.total("bytes_received"));
        }
    }
}
