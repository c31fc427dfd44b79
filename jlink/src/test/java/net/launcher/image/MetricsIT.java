package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Metrics of clients ({@code --metrics}): what they count, and both formats. */
class MetricsIT {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    /** Size of the default message. */
    private static final int MESSAGE_BYTES = 12;

    /** Returns a TCP peer that echoes some messages and is silent then. */
    private static ServerSocket echo(int messages) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        Thread.ofVirtual()
                .start(
                        () -> {
                            try (Socket socket = server.accept()) {
                                for (int i = 0; i < messages; i++) {
                                    socket.getOutputStream()
                                            .write(
                                                    socket.getInputStream()
                                                            .readNBytes(MESSAGE_BYTES));
                                }
                                socket.getInputStream().readAllBytes();
                            } catch (IOException expected) {
                                // The client has ended.
                            }
                        });
        return server;
    }

    /** Echoes datagrams, except the fifth; the seventh twice. */
    private static DatagramSocket lossyEcho() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                for (int i = 1; true; i++) {
                                    DatagramPacket packet = new DatagramPacket(new byte[64], 64);
                                    socket.receive(packet);
                                    int answers = i == 5 ? 0 : i == 7 ? 2 : 1;
                                    for (int n = 0; n < answers; n++) {
                                        socket.send(packet);
                                    }
                                }
                            } catch (IOException expected) {
                                // The test is over.
                            }
                        });
        return socket;
    }

    @Test
    void tcpClientCountsItsExchanges() throws IOException {
        try (ServerSocket peer = echo(20);
                RunningProcess client =
                        ProcessCommand.of("tcp-client", "--service", "echo", "--metrics", "0")
                                .with("-c", "21", "--timeout", "25s")
                                .with("127.0.0.1:" + peer.getLocalPort())
                                .start()) {
            String ok = "result=\"ok\"";
            Await.holds(
                    "20 exchanges",
                    () -> MetricsPage.of(client).value("netpair_exchanges_total", ok) == 20);
            MetricsPage page = MetricsPage.of(client);
            String own =
                    "{target=\"127.0.0.1:"
                            + peer.getLocalPort()
                            + "\",transport=\"tcp\",service=\"echo\"}";
            assertEquals(20 * MESSAGE_BYTES, page.value("netpair_sent_bytes_total", own));
            assertEquals(20 * MESSAGE_BYTES, page.value("netpair_received_bytes_total", own));
            assertEquals(20, page.value("netpair_round_trip_seconds_count", own));
            assertEquals(20, page.value("netpair_round_trip_seconds_bucket", "le=\"+Inf\""));
            assertEquals(1, page.value("netpair_connect_seconds_count", own));
            assertEquals(0, page.value("netpair_exchanges_total", "result=\"timeout\""));
            assertEquals(0, page.value("netpair_exchanges_total", "result=\"refused\""));
            assertEquals(0, page.value("netpair_address_changes_total", own));
            assertEquals(1, page.value("netpair_build_info", "program=\"tcp-client\""));
            assertEquals(130, client.signal("INT").end().status());
        }
    }

    @Test
    void udpClientCountsLossAndDuplicates() throws IOException {
        try (DatagramSocket peer = lossyEcho();
                RunningProcess client =
                        ProcessCommand.of("udp-client", "--service", "echo", "--metrics", "0")
                                .with("-i", "20ms", "-c", "100000", "--timeout", "2s", "--quiet")
                                .with("--format", "json", "127.0.0.1:" + peer.getLocalPort())
                                .start()) {
            Await.holds(
                    "a loss",
                    () ->
                            MetricsPage.of(client)
                                            .value(
                                                    "netpair_datagrams_lost_total",
                                                    "direction=\"unknown\"")
                                    == 1);
            MetricsPage page = MetricsPage.of(client);
            assertEquals(1, page.value("netpair_exchanges_total", "result=\"timeout\""));
            assertEquals(1, page.value("netpair_datagrams_duplicated_total"));
            assertEquals(0, page.value("netpair_datagrams_reordered_total"));
            assertEquals(0, page.value("netpair_datagrams_late_total"));
            assertEquals(0, page.value("netpair_datagrams_corrupt_total"));
            assertEquals(0, page.value("netpair_datagrams_lost_total", "direction=\"up\""));
            assertEquals(0, page.value("netpair_datagrams_lost_total", "direction=\"down\""));
            ProcessResult ended = client.signal("INT").end();
            EventList events = EventList.of(ended.out());
            assertEquals(1, events.total("lost"));
            assertEquals(1, events.total("duplicates"));
            double sent = page.value("netpair_datagrams_sent_total");
            assertTrue(sent > 20 && sent <= events.total("sent"), ended::out);
        }
    }

    @Test
    void bulkRunsCountBytes() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "discard");
                RunningProcess client =
                        target.client("-t", "1m", "-b", "8M", "--metrics", "0").start()) {
            Await.holds(
                    "megabytes",
                    () -> MetricsPage.of(client).value("netpair_sent_bytes_total") > 1e6);
            MetricsPage page = MetricsPage.of(client);
            assertEquals(0, page.value("netpair_received_bytes_total"));
            assertEquals(0, page.sum("netpair_exchanges_total"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void bothFormatsHaveTheSameSamples(String transport) {
        try (ServerUnderTest target = ServerUnderTest.of(transport, "echo");
                RunningProcess client =
                        target.client("-c", "1000", "-i", "1h", "--metrics", "0").start()) {
            URI uri = MetricsPage.address(client);
            Await.holds(
                    "an exchange",
                    () ->
                            MetricsPage.of(client).value("netpair_exchanges_total", "result=\"ok\"")
                                    == 1);
            HttpResponse<String> plain = MetricsPage.get(uri);
            HttpResponse<String> open = MetricsPage.get(uri, "Accept", MetricsPage.OPENMETRICS);
            assertEquals(
                    "text/plain; version=0.0.4; charset=utf-8",
                    plain.headers().firstValue("Content-Type").orElseThrow());
            assertEquals(
                    "application/openmetrics-text; version=1.0.0; charset=utf-8",
                    open.headers().firstValue("Content-Type").orElseThrow());
            assertTrue(open.body().endsWith("\n# EOF\n"), open::body);
            assertEquals(samples(plain.body()), samples(open.body()));
        }
    }

    /** Returns the samples of a run, without those of the process, which change. */
    private static List<String> samples(String body) {
        List<String> samples = body.lines().filter(line -> line.contains("{target=")).toList();
        assertTrue(samples.size() > 20, body);
        return samples;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void promtoolFindsNoFault(String transport, @TempDir Path folder) throws IOException {
        Assume.success("promtool", "--version");
        try (ServerUnderTest target = ServerUnderTest.of(transport, "echo");
                RunningProcess client =
                        target.client("-c", "1000", "-i", "1h", "--metrics", "0").start()) {
            Path page = folder.resolve("metrics.txt");
            Files.writeString(page, MetricsPage.of(client).text());
            ProcessResult checked =
                    ProcessCommand.sh("promtool check metrics < \"$PAGE\"")
                            .env("PAGE", page.toString())
                            .run();
            assertEquals(0, checked.status(), checked.toString());
            assertEquals("", checked.out() + checked.err());
        }
    }

    @Test
    void singleExchangeMayHaveMetrics() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended = target.client("--metrics", "[::1]:0").run();
            assertEquals(0, ended.status(), ended.toString());
            assertTrue(
                    ended.err().matches("tcp-client: metrics on http://\\[::1]:\\d+/metrics\n"),
                    ended::err);
        }
    }

    /** The exchanges are those of the run under load. */
    @Test
    void loadRunHasMetrics() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo");
                RunningProcess client =
                        target.client("--load", "1", "-c", "20", "--format", "json")
                                .with("--rate", "10", "--metrics", "0")
                                .start()) {
            Await.holds(
                    "exchanges under load",
                    () -> MetricsPage.of(client).sum("netpair_exchanges_total") >= 5);
            EventList events = EventList.of(client.end().out());
            assertEquals(20, events.total("ok"));
        }
    }

    @Test
    void portInUseExitsWith2() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
            String endpoint = "127.0.0.1:" + other.getLocalPort();
            ProcessResult ended =
                    ProcessCommand.of("tcp-client", "--metrics", endpoint, "127.0.0.1:1").run();
            assertEquals(2, ended.status(), ended.toString());
            assertEquals("", ended.out());
            assertEquals(
                    "tcp-client: serve metrics on "
                            + endpoint
                            + " failed: address already in use\n",
                    ended.err());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "udp-client --metrics 65536, '--metrics: port must be a number from 0 to 65535: 65536'",
        "tcp-client --service pipe --metrics 0, --metrics cannot be used with --service pipe",
        "udp-client --probe-size --metrics 0, --metrics cannot be used with --probe-size"
    })
    void invalidUseExitsWith2(String line, String message) {
        String[] words = line.split(" ");
        ProcessResult ended =
                ProcessCommand.of(words[0])
                        .with(List.of(words).subList(1, words.length).toArray(String[]::new))
                        .run();
        assertEquals(2, ended.status(), ended.toString());
        assertEquals("%s: %s (see %1$s --help)\n".formatted(words[0], message), ended.err());
    }
}
