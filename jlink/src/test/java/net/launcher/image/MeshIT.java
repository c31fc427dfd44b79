package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Three hosts that serve and measure each other, and a Prometheus that scrapes all of them. */
@Tag("release")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class MeshIT {
    /** Ordered pairs of hosts, over TCP and UDP; also the number of processes. */
    private static final int PAIRS = 12;

    @TempDir private Path folder;
    private Mesh mesh;
    private PrometheusServer prometheus;

    @BeforeEach
    void start() {
        mesh = Mesh.start(folder);
        prometheus = PrometheusServer.start(mesh.monitor(), folder, Mesh.clients(), Mesh.servers());
        String rates = "rate(netpair_exchanges_total{result=\"ok\"}[10s]) > 0";
        Await.holds("a rate for each pair", () -> prometheus.query(rates).size() == PAIRS);
        Await.holds("all instances", () -> prometheus.query("up == 1").size() == PAIRS);
    }

    @AfterEach
    void close() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (mesh != null) {
            mesh.close();
        }
    }

    @Test
    void seriesShowTheCutLinkAndTheDeadHostWithinTwoScrapes() {
        double cut = now();
        mesh.host("a").sh("ip link set a-b down");
        assertFailing(pairs("a", "b", "b", "a"), PAIRS, cut);
        double repaired = now();
        mesh.host("a").sh("ip link set a-b up");
        Await.holds("recovery", () -> hasAnswers(repaired));
        double killed = now();
        mesh.kill("c");
        assertFailing(pairs("a", "c", "b", "c"), 8, killed);
        assertGone("c");
        for (String name : List.of("a", "b")) {
            for (RunningProcess process : mesh.processes(name)) {
                assertTrue(process.process().isAlive());
            }
        }
    }

    private static double now() {
        return System.currentTimeMillis() / 1000.0;
    }

    /** Returns the names of pairs, over TCP and UDP. */
    private static Set<String> pairs(String... hosts) {
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i < hosts.length; i += 2) {
            pairs.add(hosts[i] + " to " + hosts[i + 1] + ":7007");
            pairs.add(hosts[i] + " to " + hosts[i + 1] + ":8862");
        }
        return pairs;
    }

    /**
     * Expects that of the pairs that are still scraped, these have failures and no answer in the
     * second scrape, and the others have answers in both.
     */
    private void assertFailing(Set<String> failing, int scraped, double since) {
        Await.holds("two scrapes", () -> scrapes(since).size() == scraped);
        scrapes(since)
                .forEach(
                        (pair, scrape) -> {
                            PairCounts before = scrape.get(0);
                            PairCounts first = scrape.get(1);
                            PairCounts second = scrape.get(2);
                            String counts = pair + scrape;
                            if (failing.contains(pair)) {
                                assertEquals(first.ok(), second.ok(), counts);
                                assertTrue(second.failed() > before.failed(), counts);
                            } else {
                                assertTrue(
                                        second.ok() > first.ok() && first.ok() > before.ok(),
                                        counts);
                            }
                        });
        assertTrue(scrapes(since).keySet().containsAll(failing));
    }

    /** Returns the pairs with two scrapes since a time: the last one before, and all later ones. */
    private Map<String, List<PairCounts>> scrapes(double since) {
        Map<String, List<PairCounts>> scrapes = new TreeMap<>();
        PairCounts.of(prometheus.query("netpair_exchanges_total[1m]"))
                .forEach(
                        (pair, counts) -> {
                            if (counts.tailMap(since, false).size() > 1) {
                                double before = counts.floorKey(since);
                                scrapes.put(pair, List.copyOf(counts.tailMap(before).values()));
                            }
                        });
        return scrapes;
    }

    private boolean hasAnswers(double since) {
        return scrapes(since).values().stream()
                        .filter(
                                scrape ->
                                        scrape.getLast().ok() > scrape.get(scrape.size() - 2).ok())
                        .count()
                == PAIRS;
    }

    /**
     * Expects that exactly the instances of a host are down, and have an alert, which is pending
     * for a minute.
     */
    private void assertGone(String host) {
        Set<String> gone =
                Stream.of(Mesh.clients(), Mesh.servers())
                        .flatMap(List::stream)
                        .filter(instance -> instance.startsWith(host))
                        .collect(Collectors.toSet());
        Await.holds(
                "an alert for each instance",
                () -> instances("ALERTS{alertname=\"NetpairInstanceGone\"}").equals(gone));
        assertEquals(gone, instances("up == 0"));
    }

    private Set<String> instances(String expression) {
        return prometheus.query(expression).stream()
                .map(series -> series.at("/metric/instance").asText())
                .collect(Collectors.toSet());
    }

    /** Evaluates what the rules record, and what the dashboard shows. */
    @Test
    void rulesAndPanelsHaveData() {
        ProcessResult greeting = mesh.host("a").launch("tcp-client", "b:8888").run();
        assertEquals(new ProcessResult(0, "hello client!\n", ""), greeting);
        List<String> expressions = new ArrayList<>(Deployment.expressions());
        Pattern.compile("record: (\\S+)")
                .matcher(Deployment.read("prometheus/rules/recording.yml"))
                .results()
                .forEach(match -> expressions.add(match.group(1)));
        for (String expression : expressions) {
            // Panels of faults show only those that there are.
            if (expression.endsWith("> 0")) {
                prometheus.query(expression);
            } else {
                Await.holds(expression, () -> !prometheus.query(expression).isEmpty());
            }
        }
    }
}
