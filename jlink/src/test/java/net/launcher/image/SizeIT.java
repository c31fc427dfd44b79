package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The search for the largest datagram, on the local machine. */
class SizeIT {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    /** The largest payload of an IPv4 packet of 65,535 bytes (RFC 791). */
    private static final int MAX = 65_507;

    private static ProcessCommand probe(String... args) {
        return ProcessCommand.of("udp-client", "--probe-size").with(args);
    }

    /** A server that drops larger datagrams. */
    private static ScriptedUdpServer dropping(int largest) throws IOException {
        return new ScriptedUdpServer(
                (server, request, client) -> {
                    if (request.length <= largest) {
                        server.send(request, client);
                    }
                });
    }

    @Test
    void loopbackPassesAnyDatagram() {
        try (ServerUnderTest target = ServerUnderTest.of("udp", "echo")) {
            assertEquals(
                    new ProcessResult(
                            0,
                            "largest payload to "
                                    + target.endpoint()
                                    + ": 65507 B (packet of 65535 B), not fragmented; maximum of"
                                    + " UDP\n",
                            ""),
                    probe(target.endpoint()).run());
        }
    }

    @Test
    void findsTheLargestIfLargerOnesAreDropped() throws IOException {
        try (ScriptedUdpServer server = dropping(MAX - 1)) {
            ProcessResult ended = probe("--format", "json", "127.0.0.1", server.port()).run();
            assertEquals(0, ended.status(), ended.toString());
            assertEquals("", ended.err());
            EventList events = EventList.of(ended.out());
            assertEquals(MAX - 1, events.named("size").getFirst().get("largest_bytes").asInt());
            assertEquals(MAX, events.named("size").getFirst().get("smallest_lost_bytes").asInt());
            assertEquals(3, events.total("failed"));
            assertEquals(3, events.total("lost"));
            assertEquals(3, events.all().size());
        }
    }

    /** Its buffer size is an option; longer datagrams are truncated. */
    @ParameterizedTest
    @CsvSource({"65536, 65507", "1000, 1000"})
    void socatReturnsUpToItsBufferSize(int buffer, int largest) {
        Assume.success("sh", "-c", "command -v socat");
        String server = "exec socat -b " + buffer + " UDP4-RECVFROM:7007,fork PIPE";
        try (NetworkNamespace host = NetworkNamespace.start();
                RunningProcess socat = host.script(server).start()) {
            ProcessCommand probe = host.launch("udp-client", "--service", "echo", "127.0.0.1:7007");
            Await.holds("answers", () -> probe.run().status() == 0);
            ProcessResult ended =
                    host.launch("udp-client", "--probe-size", "127.0.0.1:7007")
                            .with("--format", "json")
                            .run();
            assertEquals(0, ended.status(), ended.toString());
            assertEquals(
                    largest,
                    EventList.of(ended.out())
                            .named("size")
                            .getFirst()
                            .get("largest_bytes")
                            .asInt());
            assertTrue(socat.process().isAlive());
        }
    }

    @Test
    void refusalExitsWith1() throws IOException {
        // Bound and connected to itself, so that it receives no datagrams.
        try (DatagramSocket holder = new DatagramSocket(0, LOOPBACK)) {
            holder.connect(LOOPBACK, holder.getLocalPort());
            String endpoint = "127.0.0.1:" + holder.getLocalPort();
            String message = "send to " + endpoint + " failed: connection refused";
            assertEquals(
                    new ProcessResult(1, "", "udp-client: " + message + "\n"),
                    probe(endpoint).run());
            assertFailed("refused", 1, message, probe(endpoint, "--format", "json").run());
        }
    }

    @Test
    void silenceExitsWith1() throws IOException {
        try (DatagramSocket silent = new DatagramSocket(0, LOOPBACK)) {
            String endpoint = "127.0.0.1:" + silent.getLocalPort();
            String message = "exchange with " + endpoint + " failed: no answer in time";
            ProcessCommand probe = probe("--timeout", "20ms", "--format", "json", endpoint);
            assertFailed("timeout", 3, message, probe.run());
        }
    }

    private static void assertFailed(String kind, int count, String message, ProcessResult ended) {
        assertEquals(1, ended.status(), ended.toString());
        assertEquals("udp-client: " + message + "\n", ended.err());
        EventList events = EventList.of(ended.out());
        assertEquals(3, events.all().size(), ended::out);
        assertEquals("start", events.all().getFirst().get("event").asText());
        assertEquals(kind, events.named("error").getFirst().get("kind").asText());
        assertEquals(message, events.named("error").getFirst().get("message").asText());
        assertEquals(0, events.total("ok"));
        assertEquals(count, events.total("failed"));
        assertEquals(count, events.total("sent"));
        assertEquals(count, events.summary().get("errors").get(kind).asInt());
    }

    /** At the first datagram, and at a later one. */
    @ParameterizedTest
    @CsvSource({"INT, 130, 0, json", "TERM, 143, 1, json", "INT, 130, 0, text"})
    void signalEndsTheSearch(String signal, int status, int largest, String format)
            throws Exception {
        SignalIT.assumeHandled(signal);
        CountDownLatch requested = new CountDownLatch(1);
        ScriptedUdpServer.Script script =
                (server, request, client) -> {
                    if (request.length <= largest) {
                        server.send(request, client);
                    } else {
                        requested.countDown();
                    }
                };
        try (ScriptedUdpServer server = new ScriptedUdpServer(script);
                RunningProcess run =
                        probe("--format", format, "127.0.0.1", server.port()).start()) {
            assertTrue(requested.await(30, TimeUnit.SECONDS));
            ProcessResult ended = run.signal(signal).end();
            assertEquals(status, ended.status(), ended.toString());
            assertEquals(
                    "udp-client: exchange with 127.0.0.1:"
                            + server.port()
                            + " failed: interrupted\n",
                    ended.err());
            if (format.equals("text")) {
                assertEquals("", ended.out());
                return;
            }
            EventList events = EventList.of(ended.out());
            assertEquals(List.of(), events.named("size"));
            assertEquals("interrupted", events.named("error").getFirst().get("kind").asText());
            assertEquals(largest, events.total("ok"));
        }
    }

    @Test
    void showsAndClearsTheCurrentSize() throws IOException {
        try (ScriptedUdpServer server = dropping(MAX - 1)) {
            ProcessResult ended = onTerminal("2", server.port(), "text");
            assertEquals(0, ended.status(), ended.toString());
            assertTrue(ended.out().contains(": 65506 B (packet of "), ended::out);
            Matcher shown = Pattern.compile("\r {24}\rtrying (\\d+) B").matcher(ended.err());
            List<Integer> sizes =
                    shown.results().map(match -> Integer.parseInt(match.group(1))).toList();
            assertEquals(List.of(1, MAX, MAX, MAX), sizes.subList(0, 4));
            assertEquals(MAX - 1, sizes.getLast());
            // No other output remains.
            assertEquals("\r" + " ".repeat(24) + "\r", shown.replaceAll(""));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, text", "1, text", "2, json"})
    void showsTheCurrentSizeOnlyOnTerminals(String streams, String format) throws IOException {
        try (ScriptedUdpServer server = dropping(MAX)) {
            ProcessResult ended = onTerminal(streams, server.port(), format);
            assertEquals(0, ended.status(), ended.toString());
            assertTrue(!(ended.out() + ended.err()).contains("trying"), ended::toString);
        }
    }

    private static ProcessResult onTerminal(String streams, String port, String format) {
        return ProcessCommand.python(
                        "terminal.py", streams, ProcessCommand.bin("udp-client"), "--probe-size")
                .with("--timeout", "20s", "--format", format, "127.0.0.1", port)
                .run();
    }
}
