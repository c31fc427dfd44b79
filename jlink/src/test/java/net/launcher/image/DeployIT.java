package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The files for Prometheus and Grafana, checked with promtool and against the programs. */
@Tag("release")
class DeployIT {
    private static final Path PROMETHEUS = Deployment.EXAMPLES.resolve("prometheus");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (netpair_\\w+) ");

    @TempDir private Path folder;

    @BeforeEach
    void requirePromtool() {
        Assume.success("promtool", "--version");
    }

    /** Runs promtool, which must succeed, and returns its output. */
    private static String promtool(String... args) {
        ProcessResult ended = ProcessCommand.at(Path.of("promtool"), args).in(PROMETHEUS).run();
        assertEquals(0, ended.status(), ended::toString);
        return ended.out() + ended.err();
    }

    @Test
    void configurationIsValid() {
        promtool("check", "config", "prometheus.yml");
    }

    @Test
    void rulesAreValidAndPassTheirTests() {
        promtool("check", "rules", "rules/recording.yml", "rules/alerts.yml");
        promtool("test", "rules", "tests.yml");
    }

    /** Each alert must fire in a test. */
    @Test
    void rulesTestsCoverEachAlert() {
        String alerts = Deployment.read("prometheus/rules/alerts.yml");
        String tests = Deployment.read("prometheus/tests.yml");
        List<String> names =
                Pattern.compile("- alert: (\\w+)")
                        .matcher(alerts)
                        .results()
                        .map(match -> match.group(1))
                        .toList();
        assertFalse(names.isEmpty());
        for (String name : names) {
            assertTrue(tests.contains("alertname: " + name + "\n        exp_alerts:"), name);
        }
    }

    /** Debian builds promtool without the discovery of Kubernetes. */
    @Test
    void configurationForKubernetesIsValid() throws IOException {
        String config = Deployment.read("kubernetes/prometheus.yml");
        String discovery = "kubernetes_sd_configs: [{role: pod}]";
        assertTrue(config.contains(discovery));
        Path file =
                Files.writeString(
                        folder.resolve("prometheus.yml"),
                        config.replace(discovery, "static_configs: [{targets: [localhost:9464]}]"));
        promtool("check", "config", file.toString());
    }

    /** Rules files, in the subset of YAML that is JSON, with a rule per panel. */
    @Test
    void expressionsOfTheDashboardAreValid() throws IOException {
        List<Object> rules = new ArrayList<>();
        for (String expr : Deployment.expressions()) {
            rules.add(Map.of("record", "panel:" + rules.size(), "expr", expr));
        }
        Object groups = Map.of("groups", List.of(Map.of("name", "dashboard", "rules", rules)));
        Path file =
                Files.writeString(
                        folder.resolve("rules.yml"), new ObjectMapper().writeValueAsString(groups));
        String report = promtool("check", "rules", file.toString());
        assertTrue(report.contains(" " + rules.size() + " rules found"), report);
    }

    /** The metrics of the four programs, and of no others. */
    @Test
    void dashboardShowsEachMetric() {
        Set<String> printed = new TreeSet<>();
        for (String transport : List.of("tcp", "udp")) {
            try (RunningProcess server =
                            ProcessCommand.of(transport + "-server", "--metrics", "0")
                                    .with("echo=127.0.0.1:0", "receive=127.0.0.1:0")
                                    .start();
                    RunningProcess client =
                            ProcessCommand.of(transport + "-client", "--service", "echo")
                                    .with("-i", "100ms", "-t", "1m", "--quiet", "--metrics", "0")
                                    .with("127.0.0.1:" + server.port())
                                    .start()) {
                for (RunningProcess program : List.of(server, client)) {
                    TYPE.matcher(MetricsPage.of(program).text())
                            .results()
                            .forEach(match -> printed.add(match.group(1)));
                }
            }
        }
        assertEquals(printed, Deployment.metrics(Deployment.read("grafana/netpair.json")));
        for (String rules : List.of("rules/recording.yml", "rules/alerts.yml")) {
            Set<String> used = Deployment.metrics(Deployment.read("prometheus/" + rules));
            assertTrue(printed.containsAll(used), used::toString);
        }
    }
}
