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

    private void add(String contender, int clients, int round, double rate) {
        Map<String, Double> values = Map.of("per_second", rate, "p99_ns", 1e6);
        samples.add(new Sample(LoadMeasures.EXCHANGE, contender, clients, round, values));
    }
}
