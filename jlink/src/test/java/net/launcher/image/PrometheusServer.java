package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A Prometheus on a host, with the configuration and the rules of the image. */
final class PrometheusServer implements AutoCloseable {
    /** Time between scrapes, and between evaluations of rules. */
    static final int INTERVAL_SECONDS = 2;

    private static final String URL = "http://127.0.0.1:9090";

    private final NetworkNamespace host;
    private final RunningProcess process;

    private PrometheusServer(NetworkNamespace host, RunningProcess process) {
        this.host = host;
        this.process = process;
    }

    /** Starts in a folder, with the metrics endpoints of clients and servers. */
    static PrometheusServer start(
            NetworkNamespace host, Path folder, List<String> clients, List<String> servers) {
        Assume.success("prometheus", "--version");
        Assume.success("promtool", "--version");
        String config = Deployment.read("prometheus/prometheus.yml");
        write(folder, "prometheus.yml", config.replace("15s", INTERVAL_SECONDS + "s"));
        write(folder, "clients.yml", targets(clients));
        write(folder, "servers.yml", targets(servers));
        for (String rules : List.of("rules/recording.yml", "rules/alerts.yml")) {
            write(folder, rules, Deployment.read("prometheus/" + rules));
        }
        String command =
                "cd '%s' && exec prometheus --web.listen-address=127.0.0.1:9090"
                        + " --config.file=prometheus.yml --storage.tsdb.path=data";
        RunningProcess process = host.script(command.formatted(folder)).start();
        process.awaitErr("Server is ready to receive web requests");
        return new PrometheusServer(host, process);
    }

    private static void write(Path folder, String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String targets(List<String> endpoints) {
        return endpoints.stream().collect(Collectors.joining("\", \"", "- targets: [\"", "\"]\n"));
    }

    /** Returns the series of an expression: samples, or ranges of samples. */
    List<JsonNode> query(String expression) {
        ProcessResult ended =
                host.at("promtool").with("query", "-o", "json", "instant", URL, expression).run();
        assertEquals(0, ended.status(), ended::toString);
        JsonNode series = Deployment.json(ended.out());
        return series.valueStream().toList();
    }

    @Override
    public void close() {
        process.close();
    }
}
