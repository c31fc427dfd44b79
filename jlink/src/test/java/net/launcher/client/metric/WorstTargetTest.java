package net.launcher.client.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.client.run.RunResult;
import net.launcher.client.report.Results;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

class WorstTargetTest {
    /** Each target is its number of successful and of failed exchanges; -1 means none. */
    @ParameterizedTest
    @CsvSource({
        "5/0 4/1 3/2, 2",
        "5/0 0/1 0/9, 1",
        "0/0 5/0 4/1, 2",
        "4/1 0/0 5/0, 0",
        "4/1 4/1 0/0, -1",
        "0/0 0/5 0/0, -1",
        "0/0 0/0 0/0, -1"
    })
    void isOneWithExchanges(String targets, int worst) {
        List<RunResult> results = new ArrayList<>();
        for (String target : targets.split(" ")) {
            String[] counts = target.split("/");
            results.add(Results.of(Long.parseLong(counts[0]), Long.parseLong(counts[1])).result());
        }
        OptionalInt expected = worst < 0 ? OptionalInt.empty() : OptionalInt.of(worst);
        assertEquals(expected, WorstTarget.index(results));
    }
}
