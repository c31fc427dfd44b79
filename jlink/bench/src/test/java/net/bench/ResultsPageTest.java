package net.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;

class ResultsPageTest {
    @TempDir private Path folder;
    private final Samples samples = new Samples();

    @Test
    void writesTablesGoalsAndCharts() throws Exception {
        for (int round = 1; round <= 3; round++) {
            for (int clients : new int[] {1, 64}) {
                add(Contenders.NETPAIR, clients, round, 30_000 + 1000 * round);
                add(Contenders.C, clients, round, 40_000);
            }
        }
        new ResultsPage(samples, folder).write("a machine\n", 3, 1.5);
        String page = Files.readString(folder.resolve("RESULTS.md"));
        assertTrue(page.contains("a machine"), page);
        assertTrue(page.contains("| netpair | 32.0 (31.0–33.0) | 32.0 (31.0–33.0) |"), page);
        assertTrue(
                page.contains(
                        "| exchanges a second to C epoll, 64 clients | at least 0.75 | 0.80 | yes"
                                + " |"),
                page);
        assertTrue(
                page.contains(
                        "| exchanges a second to C epoll, 1000 clients | at least 0.75 | - |"),
                page);
        assertTrue(page.contains("(exchange.svg)"), page);

        Document picture =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(folder.resolve("exchange.svg").toFile());
        // Two contenders with two medians each.
        assertEquals(4, picture.getElementsByTagName("circle").getLength());
        String text = picture.getDocumentElement().getTextContent();
        assertTrue(text.contains(Contenders.NETPAIR) && text.contains(Contenders.C), text);
    }

    @Test
    void writesSeveralValuesOfAContenderInARow() throws Exception {
        String measure = StartMeasures.WORK;
        for (int round = 1; round <= 2; round++) {
            Map<String, Double> counts = Map.of("classes", 100.0 * round, "system_calls", 7.0);
            samples.add(new Sample(measure, Contenders.NETPAIR, 0, round, counts));
        }
        new ResultsPage(samples, folder).write("a machine\n", 2, 1);
        String page = Files.readString(folder.resolve("RESULTS.md"));
        assertTrue(page.contains("| | classes loaded | not from the cache |"), page);
        assertTrue(page.contains("| netpair | 150 (100–200) | - | - | 7.00 (7.00–7.00) |"), page);
    }

    @Test
    void comparesLossesWithTheRelayInTheWorstRound() throws Exception {
        for (int round = 1; round <= 3; round++) {
            Map<String, Double> counts = Map.of("difference", round == 2 ? 1.0 : 0);
            samples.add(new Sample(InstrumentMeasures.LOSS, Contenders.NETPAIR, 0, round, counts));
        }
        assertTrue(
                Goals.table(samples).contains("worst round | at most 0.00 | 1.00 | no |"),
                () -> Goals.table(samples));
    }

    @Test
    void comparesMedianRoundTripsInEitherDirection() {
        Map<String, Double> ours = Map.of("p50_ns", 30_000.0, "lateness_ns", 50_000.0);
        samples.add(new Sample(InstrumentMeasures.RATE, Contenders.NETPAIR, 0, 1, ours));
        Map<String, Double> theirs = Map.of("p50_ns", 55_000.0);
        samples.add(new Sample(InstrumentMeasures.RATE, InstrumentMeasures.SOCKPERF, 0, 1, theirs));
        String goals = Goals.table(samples);
        assertTrue(
                goals.contains("sockperf's, 1,000 a second | at most 20.00 | 25.00 | no"), goals);
        assertTrue(goals.contains("lateness, 1,000 a second | at most 60.00 | 50.00 | yes"), goals);
    }

    @Test
    void comparesTheFirstSecondsAndTheLater() {
        for (String part : new String[] {CurveMeasures.START, CurveMeasures.STEADY}) {
            double rate = part.equals(CurveMeasures.START) ? 80 : 110;
            String measure = CurveMeasures.EXCHANGE + part;
            Map<String, Double> ours = Map.of("per_second", rate, "p99_ns", 12.0);
            Map<String, Double> theirs = Map.of("per_second", 100.0, "p99_ns", 10.0);
            samples.add(new Sample(measure, Contenders.NETPAIR, 64, 1, ours));
            samples.add(new Sample(measure, Contenders.C, 64, 1, theirs));
        }
        String goals = Goals.table(samples);
        assertTrue(goals.contains("| exchanges in the first 2 s to C epoll, 64 clients"), goals);
        assertTrue(goals.contains("| at least 0.85 | 0.80 | no |"), goals);
        assertTrue(goals.contains("| at most 1.50 | 1.20 | yes |"), goals);
        assertTrue(goals.contains("| at least 1.00 | 1.10 | yes |"), goals);
        assertTrue(goals.contains("| at most 1.10 | 1.20 | no |"), goals);
    }

    private void add(String contender, int clients, int round, double rate) {
        Map<String, Double> values = Map.of("per_second", rate, "p99_ns", 1e6);
        samples.add(new Sample(LoadMeasures.EXCHANGE, contender, clients, round, values));
    }
}
