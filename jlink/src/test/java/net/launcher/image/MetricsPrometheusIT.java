package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real Prometheus scrapes a server and a client of the image. */
class MetricsPrometheusIT {
    @TempDir private Path folder;

    private RunningProcess prometheus(URI server, URI client, int port) throws IOException {
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(
                config,
                """
                global: {scrape_interval: 1s}
                scrape_configs:
                  - job_name: netpair
                    static_configs: [{targets: ['%s', '%s']}]
                """
                        .formatted(server.getAuthority(), client.getAuthority()));
        return ProcessCommand.at(
                        Path.of("prometheus"),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Returns the value of a query, or 0 before the first scrape. */
    private static double query(int port, String query) throws IOException {
        String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
        URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=" + encoded);
        HttpResponse<String> response = MetricsPage.get(uri);
        if (response.statusCode() == HttpURLConnection.HTTP_UNAVAILABLE) {
            // Prometheus starts.
            return 0;
        }
        JsonNode result = new ObjectMapper().readTree(response.body()).at("/data/result");
        return result.isEmpty() ? 0 : result.at("/0/value/1").asDouble();
    }

    @Test
    void prometheusScrapesServerAndClient() throws IOException {
        Assume.success("prometheus", "--version");
        int port = freePort();
        try (RunningProcess server =
                        ProcessCommand.of("tcp-server", "--service", "receive", "--metrics", "0")
                                .with("127.0.0.1", "0")
                                .start();
                RunningProcess client =
                        ProcessCommand.of("tcp-client", "--service", "receive", "--metrics", "0")
                                .with("--rate", "100", "-t", "10m", "--quiet")
                                .with("127.0.0.1:" + server.port())
                                .start();
                RunningProcess prometheus =
                        prometheus(
                                MetricsPage.address(server), MetricsPage.address(client), port)) {
            prometheus.awaitErr("Start listening for connections");
            Await.holds("scraped", () -> query(port, "sum(up)") == 2);
            Await.holds(
                    "a rate from two scrapes",
                    () -> query(port, "rate(netpair_exchanges_total{result=\"ok\"}[10s])") > 50);
            Await.holds(
                    "as many messages",
                    () -> query(port, "rate(netpair_messages_total[10s])") > 50);
            Await.holds(
                    "a percentile",
                    () ->
                            query(
                                            port,
                                            "histogram_quantile(0.5,"
                                                + " rate(netpair_round_trip_seconds_bucket[10s]))")
                                    > 0);
            assertEquals(1, query(port, "count(netpair_build_info{program=\"tcp-client\"})"));
        }
    }
}
