package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/** Metrics of servers ({@code --metrics}): counts by service, and health. */
class MetricsServerIT {
    private static final String GREET = "{transport=\"tcp\",service=\"greet\"}";

    private static RunningProcess server(String transport, String... args) {
        return ProcessCommand.of(transport + "-server", "--metrics", "0").with(args).start();
    }

    /** Returns the port of the ready line with this number, from 0; the services are in order. */
    private static int port(RunningProcess server, int index) {
        Await.holds(
                "ready lines",
                () ->
                        server.errLines().stream()
                                        .filter(line -> line.contains("listening"))
                                        .count()
                                > index);
        String line =
                server.errLines().stream()
                        .filter(each -> each.contains("listening"))
                        .toList()
                        .get(index);
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    private static void run(String client, String service, int port, String... args) {
        ProcessResult ended =
                ProcessCommand.of(client, "--service", service, "--timeout", "20s")
                        .with(args)
                        .with("127.0.0.1:" + port)
                        .run();
        assertEquals(0, ended.status(), ended.toString());
    }

    @Test
    void tcpServerCountsByService() throws IOException {
        try (RunningProcess server = server("tcp", "greet=127.0.0.1:0", "echo=127.0.0.1:0")) {
            run("tcp-client", "greet", port(server, 0), "-c", "5");
            run("tcp-client", "echo", port(server, 1), "-c", "3", "--size", "100");
            try (TcpPeer _ = TcpPeer.greeted(port(server, 0))) {
                Await.holds(
                        "a connection",
                        () ->
                                MetricsPage.of(server).value("netpair_connections_active" + GREET)
                                        == 1);
                MetricsPage page = MetricsPage.of(server);
                String echo = GREET.replace("greet", "echo");
                assertEquals(6, page.value("netpair_connections_total" + GREET));
                assertEquals(5, page.value("netpair_messages_total" + GREET));
                assertEquals(5 * 12, page.value("netpair_received_bytes_total" + GREET));
                assertEquals(6 * 13, page.value("netpair_sent_bytes_total" + GREET));
                assertEquals(5, page.value("netpair_record_seconds_count" + GREET));
                assertEquals(0, page.value("netpair_dropped_total" + GREET));
                assertEquals(0, page.value("netpair_truncated_total" + GREET));
                assertEquals(1, page.value("netpair_connections_total" + echo));
                assertEquals(300, page.value("netpair_received_bytes_total" + echo));
                assertEquals(300, page.value("netpair_sent_bytes_total" + echo));
                assertEquals(0, page.value("netpair_connections_active" + echo));
                assertFalse(page.text().contains("netpair_record_seconds_count" + echo));
                assertEquals(1, page.value("netpair_build_info", "program=\"tcp-server\""));
                assertTrue(page.value("netpair_open_file_descriptors") > 5, page::text);
                assertTrue(page.value("netpair_max_file_descriptors") > 100, page::text);
                assertTrue(page.value("netpair_cpu_seconds_total") > 0, page::text);
                long now = System.currentTimeMillis() / 1000;
                assertEquals(now, page.value("netpair_start_time_seconds"), 60);
            }
        }
    }

    @Test
    void refusalsAndErrorsAreCountedByReason() throws IOException {
        try (RunningProcess server =
                        server("tcp", "--max-connections", "1", "--drain", "0", "127.0.0.1:0");
                TcpPeer first = TcpPeer.greeted(server.port())) {
            try (TcpPeer second = TcpPeer.connect(server.port())) {
                second.awaitEnd();
            } catch (IOException expected) {
                // Reset before the connection was established here.
            }
            Await.holds(
                    "a refusal",
                    () ->
                            MetricsPage.of(server)
                                            .value("netpair_refused_total", "reason=\"limit\"")
                                    == 1);
            first.reset();
            Await.holds(
                    "an error",
                    () ->
                            MetricsPage.of(server).value("netpair_errors_total", "kind=\"reset\"")
                                    == 1);
            MetricsPage page = MetricsPage.of(server);
            assertEquals(1, page.sum("netpair_refused_total"));
            assertEquals(1, page.sum("netpair_errors_total"));
        }
    }

    @Test
    void udpServerCountsByService() {
        try (RunningProcess server = server("udp", "receive=127.0.0.1:0", "echo=127.0.0.1:0")) {
            run("udp-client", "receive", port(server, 0), "-c", "4", "-i", "5ms");
            run("udp-client", "echo", port(server, 1), "-c", "3", "-i", "5ms", "--size", "100");
            String receive = "{transport=\"udp\",service=\"receive\"}";
            String echo = receive.replace("receive", "echo");
            Await.holds(
                    "messages",
                    () -> MetricsPage.of(server).value("netpair_messages_total" + receive) == 4);
            MetricsPage page = MetricsPage.of(server);
            assertEquals(4, page.value("netpair_datagrams_received_total" + receive));
            assertEquals(48, page.value("netpair_received_bytes_total" + receive));
            assertEquals(4, page.value("netpair_record_seconds_count" + receive));
            assertEquals(3, page.value("netpair_datagrams_received_total" + echo));
            assertEquals(300, page.value("netpair_sent_bytes_total" + echo));
            assertFalse(page.text().contains("netpair_connections"), page::text);
        }
    }

    /** While an open connection delays the end, the server is up but not healthy. */
    @Test
    void healthIsBadWhileTheServerDrains() throws IOException {
        try (RunningProcess server = server("tcp", "--drain", "20s", "127.0.0.1:0")) {
            URI health = MetricsPage.address(server).resolve("/healthz");
            try (TcpPeer open = TcpPeer.greeted(server.port())) {
                assertEquals("ok\n", MetricsPage.get(health).body());
                server.signal("TERM");
                Await.holds("503", () -> MetricsPage.get(health).statusCode() == 503);
                assertEquals(1, MetricsPage.of(server).value("netpair_connections_active" + GREET));
                assertEquals("<closed>", open.send("bye").awaitEnd());
            }
            ProcessResult ended = server.end();
            assertEquals(0, ended.status(), ended.toString());
            assertEquals("bye\n", ended.out());
            TcpPeer.awaitRefusal(health.getPort());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void promtoolFindsNoFault(String transport, @TempDir Path folder) throws IOException {
        Assume.success("promtool", "--version");
        try (RunningProcess server = server(transport, "127.0.0.1", "0")) {
            server.port();
            URI uri = MetricsPage.address(server);
            Await.holds(
                    "ready", () -> MetricsPage.get(uri.resolve("/healthz")).statusCode() == 200);
            Path page = folder.resolve("metrics.txt");
            Files.writeString(page, MetricsPage.of(server).text());
            ProcessResult checked =
                    ProcessCommand.sh("promtool check metrics < \"$PAGE\"")
                            .env("PAGE", page.toString())
                            .run();
            assertEquals(0, checked.status(), checked.toString());
            assertEquals("", checked.out() + checked.err());
            HttpResponse<String> open = MetricsPage.get(uri, "Accept", MetricsPage.OPENMETRICS);
            assertTrue(open.body().contains("# UNIT netpair_received_bytes bytes\n"), open::body);
            assertTrue(open.body().endsWith("\n# EOF\n"), open::body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-server", "udp-server"})
    void portInUseExitsWith2(String launcher) throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String port = Integer.toString(other.getLocalPort());
            ProcessResult ended =
                    ProcessCommand.of(launcher, "--metrics", port, "127.0.0.1:0").run();
            assertEquals(2, ended.status(), ended.toString());
            assertEquals("", ended.out());
            assertEquals(
                    "%s: serve metrics on 127.0.0.1:%s failed: address already in use\n"
                            .formatted(launcher, port),
                    ended.err());
        }
    }
}
