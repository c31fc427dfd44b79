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
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names with several addresses, some unreachable, on a host with its own names. */
class AddressesIT {
    /** The connection attempt delay of RFC 8305. */
    private static final long DELAY_NANOS = 250_000_000;

    /** Packets to 10.1.0.77 are dropped; 192.0.2.1 is a documentation address (RFC 5737). */
    private static final String HOSTS =
            """
            10.1.0.1 both.test v4.test
            fd01::1 both.test slow.test far.test
            10.1.0.77 slow.test
            192.0.2.1 far.test
            """;

    @TempDir private static Path folder;
    @AutoClose private static NetworkNamespace server;
    @AutoClose private static NetworkNamespace client;

    @BeforeAll
    static void joinHosts() throws IOException {
        server = NetworkNamespace.start();
        client = server.join();
        server.with("net0", "10.1.0.1/24", "fd01::1/64");
        client.with("net0", "10.1.0.9/24", "fd01::9/64");
        client.sh("ip neighbor add 10.1.0.77 lladdr 02:00:00:00:00:77 dev net0");
        mount("/etc/hosts", HOSTS);
        mount("/etc/resolv.conf", "nameserver 10.1.0.77\n");
    }

    private static void mount(String file, String text) throws IOException {
        Path source = folder.resolve(Path.of(file).getFileName());
        Files.writeString(source, text);
        client.need("mount --bind " + source + " " + file);
    }

    private static RunningProcess serve(String transport, String endpoint) {
        return server.launch(transport + "-server", "--service", "echo", endpoint).start();
    }

    /** A client with a timeout long enough for a busy machine. */
    private static ProcessCommand echo(String transport, String host, int port, String... args) {
        return client.launch(transport + "-client", "--service", "echo", "--timeout", "20s")
                .with(args)
                .with(host, Integer.toString(port));
    }

    private static JsonNode only(EventList events, String name) {
        assertEquals(1, events.named(name).size(), events::toString);
        return events.named(name).getFirst();
    }

    private static EventList succeed(ProcessCommand launch) {
        ProcessResult ended = launch.with("--format", "json").run();
        assertEquals(0, ended.status(), ended.toString());
        assertEquals("", ended.err());
        return EventList.of(ended.out());
    }

    private static void assertFails(ProcessCommand launch, String kind, String err) {
        ProcessResult ended = launch.with("--format", "json").run();
        assertEquals(1, ended.status(), ended.toString());
        assertEquals(err, ended.err());
        EventList events = EventList.of(ended.out());
        assertEquals(kind, only(events, "error").get("kind").asText());
        assertEquals(1, events.summary().get("errors").get(kind).asInt());
        assertTrue(only(events, "error").has("hint"), ended::out);
    }

    @ParameterizedTest
    @CsvSource({"tcp, connect to", "udp, send to"})
    void usesTheSecondAddressIfTheFirstRefuses(String transport, String verb) {
        try (RunningProcess serving = serve(transport, "[fd01::1]:0")) {
            int port = serving.port();
            assertEquals(
                    new ProcessResult(0, "hello sever!\n", ""),
                    echo(transport, "both.test", port).run());

            EventList events = succeed(echo(transport, "both.test", port));
            JsonNode connection = only(events, "connection");
            assertEquals("[fd01::1]:" + port, connection.get("peer").asText());
            assertEquals(1, connection.get("failures").size());
            JsonNode failure = connection.get("failures").get(0);
            assertEquals("refused", failure.get("kind").asText());
            String refusal = verb + " 10.1.0.1:" + port + " failed: connection refused";
            assertEquals(refusal, failure.get("message").asText());
            assertEquals("[fd01::1]:" + port, only(events, "reply").get("peer").asText());
            assertEquals(transport.equals("udp"), connection.get("connect_ns").isNull());

            ProcessResult verbose = echo(transport, "both.test", port, "--verbose").run();
            String[] lines = verbose.err().split("\n");
            assertEquals(transport + "-client: " + refusal, lines[0]);
            String way = transport.equals("tcp") ? "connected" : "sending";
            assertTrue(
                    lines[1].startsWith(
                            transport + "-client: " + way + " to [fd01::1]:" + port + " from "),
                    verbose::err);
        }
    }

    @Test
    void reportsOnlyTheFirstAddressThatAnswers() {
        try (RunningProcess serving = serve("tcp", "10.1.0.1:0")) {
            EventList events = succeed(echo("tcp", "both.test", serving.port()));
            assertEquals(0, events.named("connection").size());
            assertEquals("10.1.0.1:" + serving.port(), only(events, "reply").get("peer").asText());
        }
    }

    /** The address is selected once per run. */
    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void runReportsTheSelectedAddressOnce(String transport) {
        try (RunningProcess serving = serve(transport, "[fd01::1]:0")) {
            ProcessCommand run =
                    echo(transport, "both.test", serving.port(), "-c", "8", "-P", "2")
                            .with("--rate", "40");
            EventList events = succeed(run);
            assertEquals(8, events.total("ok"));
            only(events, "connection");
            assertEquals("connection", events.all().get(1).get("event").asText());
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp, connect to", "udp, send to"})
    void refusalByAllAddressesListsThem(String transport, String verb) {
        assertFails(
                echo(transport, "both.test", 9),
                "refused",
                "%1$s-client: %2$s 10.1.0.1:9 failed: connection refused; %2$s [fd01::1]:9 failed: connection refused\n"
                        .formatted(transport, verb));
    }

    /** Costs the attempt delay, not the connect timeout. */
    @Test
    void silentAddressDelaysByTheAttemptDelay() {
        try (RunningProcess serving = serve("tcp", "[fd01::1]:0")) {
            EventList events =
                    succeed(
                            echo("tcp", "slow.test", serving.port())
                                    .with("--connect-timeout", "19s"));
            JsonNode reply = only(events, "reply");
            assertEquals("[fd01::1]:" + serving.port(), reply.get("peer").asText());
            long connect = reply.get("connect_ns").asLong();
            assertTrue(connect >= DELAY_NANOS && connect < 60 * DELAY_NANOS, reply::toString);
        }
    }

    /** The only remaining address does not respond. */
    @Test
    void silentAddressIsReportedAsFiltered() {
        assertFails(
                client.launch("tcp-client", "--connect-timeout", "200ms", "10.1.0.77:9"),
                "filtered",
                "tcp-client: connect to 10.1.0.77:9 failed: timed out, no answer of any kind\n");
    }

    @ParameterizedTest
    @CsvSource({"tcp, connect to", "udp, send to"})
    void missingRouteIsReportedAsUnreachable(String transport, String verb) {
        assertFails(
                client.launch(transport + "-client", "192.0.2.1:9"),
                "unreachable",
                "%s-client: %s 192.0.2.1:9 failed: network is unreachable\n"
                        .formatted(transport, verb));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void triesAnotherAddressIfOneIsUnreachable(String transport) {
        try (RunningProcess serving = serve(transport, "[fd01::1]:0")) {
            EventList events = succeed(echo(transport, "far.test", serving.port()));
            JsonNode failures = only(events, "connection").get("failures");
            assertEquals("unreachable", failures.get(0).get("kind").asText());
            assertEquals(1, failures.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void distinguishesASilentResolverFromAnUnknownName(String transport) {
        assertFails(
                client.launch(transport + "-client", "--timeout", "300ms", "nosuch.test:9"),
                "dns_timeout",
                transport
                        + "-client: lookup of nosuch.test:9 failed: timed out, no answer from the"
                        + " resolver\n");
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, -4, 10.1.0.1:",
        "tcp, -6, [fd01::1]:",
        "udp, -4, 10.1.0.1:",
        "udp, -6, [fd01::1]:"
    })
    void usesTheRequestedFamily(String transport, String family, String peer) {
        try (RunningProcess serving = serve(transport, ":0")) {
            EventList events = succeed(echo(transport, "both.test", serving.port(), family));
            assertEquals(peer + serving.port(), only(events, "reply").get("peer").asText());
            assertEquals(0, events.named("connection").size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void reportsANameWithoutAddressOfTheFamily(String transport) {
        assertFails(
                client.launch(transport + "-client", "-6", "--timeout", "20s", "v4.test:9")
                        .with("--source", "fd01::9"),
                "dns",
                transport + "-client: lookup of v4.test:9 failed: no IPv6 address\n");
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, 10.1.0.9, 10.1.0.9:",
        "tcp, 10.1.0.9:4001, 10.1.0.9:4001",
        "tcp, fd01::9, [fd01::9]:",
        "tcp, [fd01::9]:4001, [fd01::9]:4001",
        "udp, 10.1.0.9, 10.1.0.9:",
        "udp, 10.1.0.9:4001, 10.1.0.9:4001",
        "udp, fd01::9, [fd01::9]:",
        "udp, [fd01::9]:4001, [fd01::9]:4001"
    })
    void usesTheSourceAddress(String transport, String source, String seen) {
        try (RunningProcess serving =
                server.launch(transport + "-server", "--format", "json", ":0").start()) {
            int port = serving.port();
            ProcessCommand sending =
                    client.launch(transport + "-client", "both.test", Integer.toString(port))
                            .with("--source", source);
            assertEquals(0, sending.run().status());
            EventList events = EventList.of(serving.awaitOut("\"message\""));
            String peer = events.all().getFirst().get("peer").asText();
            assertTrue(peer.startsWith(seen), peer);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, EF, 10.1.0.1, 10.1.0.9, 0xb8",
        "tcp, AF41, fd01::1, fd01::9, 0x88",
        "tcp, 0, 10.1.0.1, 10.1.0.9, 0x0",
        "udp, EF, 10.1.0.1, 10.1.0.9, 0xb8",
        "udp, 34, fd01::1, fd01::9, 0x88",
        "udp, 0, fd01::1, fd01::9, 0x0"
    })
    void marksPacketsOnTheWire(String transport, String code, String to, String from, String mark) {
        try (RunningProcess serving = serve(transport, ":0");
                RunningProcess wire =
                        server.python("capture.py", transport, serving.port(), "hello sever!")
                                .start()) {
            wire.awaitOut("ready");
            int port = serving.port();
            assertEquals(0, echo(transport, to, port, "--dscp", code).run().status());
            String captured = wire.end().lastLine();
            assertTrue(captured.startsWith(from + " ") && captured.endsWith(" " + mark), captured);
        }
    }
}
