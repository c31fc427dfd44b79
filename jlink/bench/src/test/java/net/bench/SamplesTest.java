package net.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

class SamplesTest {
    private final Samples samples = new Samples();

    @Test
    void medianOfAnEvenCountIsTheMeanOfTheMiddleTwo() {
        add("ours", 1, 30);
        assertEquals(OptionalDouble.of(30), median("ours"));
        add("ours", 2, 10);
        assertEquals(OptionalDouble.of(20), median("ours"));
        add("ours", 3, 11);
        assertEquals(OptionalDouble.of(11), median("ours"));
        assertEquals(List.of(10.0, 11.0, 30.0), samples.sorted("echo", "ours", 64, "rate"));
    }

    @Test
    void ratioIsTheMedianOfRatiosWithinRounds() {
        // A machine that slows down affects both equally: the ratio within each round is 2.
        for (int round = 1; round <= 4; round++) {
            add("ours", round, 200.0 / round);
            add("other", round, 100.0 / round);
        }
        assertEquals(OptionalDouble.of(2), samples.ratio("echo", "ours", "other", 64, "rate"));
    }

    @Test
    void percentileIsTheValueAtTheNearestRank() {
        List<Double> values = List.of(40.0, 10.0, 30.0, 20.0);
        assertEquals(10, Samples.percentile(values, 0));
        assertEquals(20, Samples.percentile(values, 50));
        assertEquals(30, Samples.percentile(values, 51));
        assertEquals(40, Samples.percentile(values, 99));
    }

    @Test
    void missingMeasurementsAreEmpty() {
        add("ours", 1, 30);
        assertEquals(OptionalDouble.empty(), median("other"));
        assertEquals(OptionalDouble.empty(), samples.ratio("echo", "ours", "other", 64, "rate"));
        assertEquals(OptionalDouble.empty(), samples.median("echo", "ours", 1, "rate"));
        assertEquals(OptionalDouble.empty(), samples.median("echo", "ours", 64, "p99"));
    }

    @Test
    void listsContendersInOrderOfFirstSampleAndLoadsAscending() {
        add("b", 1, 1);
        add("a", 1, 1);
        samples.add(new Sample("echo", "b", 8, 1, Map.of("rate", 1.0)));
        samples.add(new Sample("other", "c", 1, 1, Map.of("rate", 1.0)));
        assertEquals(List.of("b", "a"), samples.contenders("echo"));
        assertEquals(List.of(8, 64), samples.loads("echo"));
    }

    private void add(String contender, int round, double rate) {
        samples.add(new Sample("echo", contender, 64, round, Map.of("rate", rate)));
    }

    private OptionalDouble median(String contender) {
        return samples.median("echo", contender, 64, "rate");
    }
}
