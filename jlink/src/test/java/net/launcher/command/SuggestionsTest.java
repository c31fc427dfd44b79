package net.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class SuggestionsTest {
    private static final List<String> NAMES =
            List.of("-c", "--count", "--connect-timeout", "--max-connections", "--rate", "echo");

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "a, '', 1",
        "'', ab, 2",
        "echo, echo, 0",
        "ehco, echo, 1",
        "eco, echo, 1",
        "eecho, echo, 1",
        "acho, echo, 1",
        "kitten, sitting, 3",
        "ca, abc, 3"
    })
    void distanceCountsEditsAndExchanges(String a, String b, int distance) {
        assertEquals(distance, Suggestions.distance(a, b));
        assertEquals(distance, Suggestions.distance(b, a));
    }

    @ParameterizedTest
    @CsvSource({
        "--conut, --count",
        "--Count, --count",
        "-count, --count",
        "--connect-timout, --connect-timeout",
        "--max_conections, --max-connections",
        "--max, --max-connections",
        "--con, --connect-timeout",
        "--rat, --rate",
        "ECHO, echo"
    })
    void closestNameIsFound(String typed, String name) {
        assertEquals("; did you mean " + name + "?", Suggestions.question(typed, NAMES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "--", "-x", "--nope", "--ra", "--rxxe", "greet", "--c"})
    void nothingIsSuggestedForAnotherName(String typed) {
        assertEquals("", Suggestions.question(typed, NAMES));
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65, 100_000})
    void longNameIsNotCompared(int length) {
        String name = "a".repeat(length - 1);
        String expected = length > 64 ? "" : "; did you mean " + name + "?";
        assertEquals(expected, Suggestions.question(name + "b", List.of(name)));
    }
}
