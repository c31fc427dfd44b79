package net.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** All samples, with medians and ratios. */
final class Samples {
    private final List<Sample> all = new ArrayList<>();

    void add(Sample sample) {
        all.add(sample);
        System.err.println(
                "%-10s %-14s %6d #%d %s"
                        .formatted(
                                sample.measure(),
                                sample.contender(),
                                sample.load(),
                                sample.round(),
                                sample.values()));
    }

    List<Sample> all() {
        return all;
    }

    /** Returns the contenders of a measure, in the order of their first sample. */
    List<String> contenders(String measure) {
        return all.stream()
                .filter(sample -> sample.measure().equals(measure))
                .map(Sample::contender)
                .distinct()
                .toList();
    }

    /** Returns the loads of a measure, in ascending order. */
    List<Integer> loads(String measure) {
        return all.stream()
                .filter(sample -> sample.measure().equals(measure))
                .map(Sample::load)
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns the values of all rounds, in ascending order. */
    List<Double> sorted(String measure, String contender, int load, String value) {
        return all.stream()
                .filter(sample -> sample.measure().equals(measure))
                .filter(sample -> sample.contender().equals(contender) && sample.load() == load)
                .filter(sample -> sample.values().containsKey(value))
                .map(sample -> sample.values().get(value))
                .sorted()
                .toList();
    }

    /** Returns the smallest value that at least P percent of the values do not exceed. */
    static double percentile(List<Double> values, double percent) {
        List<Double> sorted = values.stream().sorted().toList();
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1);
    }

    /** Returns the median, if it was measured. */
    OptionalDouble median(String measure, String contender, int load, String value) {
        return median(sorted(measure, contender, load, value));
    }

    /**
     * Returns the median of the ratios of one contender's value to another's in the same round, if
     * both were measured.
     */
    OptionalDouble ratio(String measure, String one, String other, int load, String value) {
        List<Double> ratios = new ArrayList<>();
        for (Sample sample : all) {
            if (sample.measure().equals(measure)
                    && sample.contender().equals(one)
                    && sample.load() == load
                    && sample.values().containsKey(value)) {
                all.stream()
                        .filter(peer -> peer.measure().equals(measure))
                        .filter(peer -> peer.contender().equals(other) && peer.load() == load)
                        .filter(peer -> peer.round() == sample.round())
                        .filter(peer -> peer.values().containsKey(value))
                        .forEach(
                                peer ->
                                        ratios.add(
                                                sample.values().get(value)
                                                        / peer.values().get(value)));
            }
        }
        ratios.sort(null);
        return median(ratios);
    }

    private static OptionalDouble median(List<Double> sorted) {
        int count = sorted.size();
        return count == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2);
    }
}
