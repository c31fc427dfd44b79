package net.launcher.command.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Numbers of things, as people write them. */
class CountParserTest {
    private static void assertRefused(String text, long max) {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> CountParser.parse("--count", text, max));
        String bound = max == Long.MAX_VALUE ? "2^63-1" : "" + max;
        assertEquals(
                "--count must be a number from 1 to " + bound + ": " + text, refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 9223372036854775807, 1",
        "007, 10, 7",
        "10, 10, 10",
        "1, 1, 1",
        "2147483647, 2147483647, 2147483647",
        "9223372036854775806, 9223372036854775807, 9223372036854775806",
        "9223372036854775807, 9223372036854775807, 9223372036854775807",
        "00000000000000000000000000000001, 1, 1"
    })
    void digitsAreTheNumber(String text, long max, long expected) {
        assertEquals(expected, CountParser.parse("--count", text, max));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10",
        "11, 10",
        "2, 1",
        "2147483648, 2147483647",
        "4294967297, 2147483647",
        "9223372036854775807, 9223372036854775806",
        "9223372036854775808, 9223372036854775807",
        "18446744073709551617, 9223372036854775807",
        "99999999999999999999999999999999999999, 10"
    })
    void numberOutOfRangeIsRefused(String text, long max) {
        assertRefused(text, max);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "-1", "+1", "-0", "1 ", " 1", "1\n", "٣", "1٣", "１", "𝟏", "1.0", "1e3",
                "0x10", "1_000", "1,000", "1K", "1k", "1M", "one", "none", "--", "\u200b1"
            })
    void anythingButAsciiDigitsIsRefused(String text) {
        assertRefused(text, Long.MAX_VALUE);
    }

    @Test
    void leastIsWhatTheOptionSays() {
        assertEquals(0, CountParser.parse("--hops", "0", 0, 255));
        assertEquals(0, CountParser.parse("--hops", "000", 0, 255));
        assertEquals(255, CountParser.parse("--hops", "255", 0, 255));
        assertEquals(3, CountParser.parse("--hops", "3", 3, 3));
        for (String text : List.of("256", "-0", "-1", "", "99999999999999999999")) {
            assertRefused("--hops must be a number from 0 to 255: " + text, text, 0, 255);
        }
        assertRefused("--hops must be a number from 3 to 4: 2", "2", 3, 4);
        assertRefused("--hops must be a number from 3 to 4: 5", "5", 3, 4);
    }

    private static void assertRefused(String message, String text, long min, long max) {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> CountParser.parse("--hops", text, min, max));
        assertEquals(message, refusal.getMessage());
    }
}
