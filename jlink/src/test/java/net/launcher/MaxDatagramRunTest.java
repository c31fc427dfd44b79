package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** The search for the largest datagram, from the command line to the exit status. */
class MaxDatagramRunTest {
    private static RunningLauncher client(String args) {
        return RunningLauncher.start(new UdpClientLauncher(), ("--probe-size " + args).split(" "));
    }

    private static void assertRefused(String message, String args) throws Exception {
        try (RunningLauncher client = client(args + " 127.0.0.1:9")) {
            assertEquals(2, client.status());
            assertEquals("udp-client: " + message + " (see udp-client --help)\n", client.err());
            assertEquals("", client.out());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--message hi",
                "--file /none",
                "--size 5",
                "--count 5",
                "--duration 1s",
                "--interval 1s",
                "--rate 5",
                "--parallel 2",
                "--warmup 1",
                "--wait 5s",
                "--load 1",
                "--fail-if ok<1",
                "--report run.html",
                "--metrics 0",
                "--quiet"
            })
    void rejectsOptionsThatTheSearchSets(String args) throws Exception {
        String name = args.split(" ")[0];
        assertRefused(name + " cannot be used with --probe-size", args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"receive", "stamp", "discard"})
    void rejectsServicesOtherThanEcho(String service) throws Exception {
        assertRefused("--probe-size requires --service echo", "--service " + service);
    }

    @Test
    void rejectsFormatRaw() throws Exception {
        assertRefused("--format must be text or json with --probe-size: raw", "--format raw");
    }

    @Test
    void isUnknownToTcpClient() throws Exception {
        try (RunningLauncher client =
                RunningLauncher.start(new TcpClientLauncher(), "--probe-size")) {
            assertEquals(2, client.status());
            assertEquals(
                    "tcp-client: --probe-size is an option of udp-client (see tcp-client --help)\n",
                    client.err());
        }
    }

    private static RunningLauncher echo() {
        return RunningLauncher.start(new UdpServerLauncher(), "--service=echo", "127.0.0.1", "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--service echo ", "--timeout 20s --dscp EF --source 127.0.0.1 "})
    void printsTheLargestSizeAsALine(String args) throws Exception {
        try (RunningLauncher server = echo();
                RunningLauncher client = client(args + "127.0.0.1:" + server.port())) {
            assertEquals(0, client.status(), client::err);
            assertEquals(
                    "largest payload to 127.0.0.1:"
                            + server.port()
                            + ": 65507 B (packet of 65535 B), not fragmented; maximum of UDP\n",
                    client.out());
            assertEquals("", client.err());
        }
    }

    @Test
    void writesStartSizeAndSummaryEvents() throws Exception {
        try (RunningLauncher server = echo();
                RunningLauncher client = client("--format json 127.0.0.1:" + server.port())) {
            assertEquals(0, client.status(), client::err);
            List<JsonNode> events = Events.parse(client.out());
            assertEquals(List.of("start", "size", "summary"), Events.names(events));
            assertEquals(65_507, events.get(1).get("largest_bytes").asInt());
            JsonNode summary = events.getLast();
            assertEquals(2, summary.get("ok").asInt());
            assertEquals(0, summary.get("failed").asInt());
            assertEquals(65_508, summary.get("bytes_sent").asInt());
            assertEquals(65_508, summary.get("bytes_received").asInt());
        }
    }

    /** RFC 919, section 7: broadcast, which a socket must enable. */
    @ParameterizedTest
    @CsvSource({
        "127.255.255.255:9, 2, permission",
        "--source 192.0.2.1 127.0.0.1:9, 2, local",
        "nosuch.invalid:9, 1, dns"
    })
    void localFailureExitsWith2(String args, int status, String kind) throws Exception {
        try (RunningLauncher client = client("--format json " + args)) {
            assertEquals(status, client.status(), client::err);
            List<JsonNode> events = Events.parse(client.out());
            assertEquals(List.of("start", "error", "summary"), Events.names(events));
            assertEquals(kind, events.get(1).get("kind").asText());
            assertEquals(
                    "udp-client: " + events.get(1).get("message").asText() + "\n", client.err());
            assertTrue(events.getLast().get("failed").asInt() <= 1, client::out);
        }
    }
}
