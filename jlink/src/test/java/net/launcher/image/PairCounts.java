package net.launcher.image;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The exchanges of a client with a target until a scrape. */
record PairCounts(double ok, double failed) {
    private static PairCounts of(boolean isOk, double count) {
        return isOk ? new PairCounts(count, 0) : new PairCounts(0, count);
    }

    private PairCounts plus(PairCounts other) {
        return new PairCounts(ok + other.ok, failed + other.failed);
    }

    /**
     * Returns the counts of each pair, named like {@code a to b:7007}, by the time of the scrape.
     *
     * @param series ranges of {@code netpair_exchanges_total}
     */
    static Map<String, NavigableMap<Double, PairCounts>> of(List<JsonNode> series) {
        Map<String, NavigableMap<Double, PairCounts>> pairs = new TreeMap<>();
        for (JsonNode range : series) {
            JsonNode labels = range.get("metric");
            String host = labels.get("instance").asText().split(":")[0];
            boolean isOk = labels.get("result").asText().equals("ok");
            NavigableMap<Double, PairCounts> counts =
                    pairs.computeIfAbsent(
                            host + " to " + labels.get("target").asText(), any -> new TreeMap<>());
            for (JsonNode value : range.get("values")) {
                counts.merge(
                        value.get(0).asDouble(),
                        of(isOk, value.get(1).asDouble()),
                        PairCounts::plus);
            }
        }
        return pairs;
    }
}
