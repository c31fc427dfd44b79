package net.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of things, as people write them. */
class CountsTest {
    private static void assertRefused(String text, long max) {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class, () -> Counts.parse("--count", text, max));
        assertEquals(
                "--count must be a number from 1 to " + max + ": " + text, refusal.getMessage());
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
        assertEquals(expected, Counts.parse("--count", text, max));
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
}
