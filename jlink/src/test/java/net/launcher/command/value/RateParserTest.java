package net.launcher.command.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rates per second, as people write them. */
class RateParserTest {
    private static final int MAX = 10_000_000;

    private static void assertRefused(String rule, String text) {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> RateParser.parse("--rate", text, MAX));
        assertEquals("--rate must be " + rule + ": " + text, refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "007, 7",
        "999, 999",
        "1k, 1000",
        "2.5k, 2500",
        "0.001k, 1",
        ".5M, 500000",
        "9999999, 9999999",
        "10000000, 10000000",
        "10M, 10000000",
        "0.01G, 10000000"
    })
    void suffixesArePowersOf1000(String text, long rate) {
        assertEquals(rate, RateParser.parse("--rate", text, MAX));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0k",
                "0.5",
                "10000001",
                "10000.001k",
                "11M",
                "1G",
                "9223372036854775808",
                "99999999999999999999999999G"
            })
    void rateIsInRange(String text) {
        assertRefused("a rate from 1 to 10000000 per second", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1.0001k", "9999999.9"})
    void rateIsAWholeNumber(String text) {
        assertRefused("a whole number per second", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "k", "-1", "+1", "1 ", " 1", "1 k", "1K", "1m", "1g", "1kk", "1Mbps",
                "1/s", "٣", "1٣", "１", "𝟏k", "1.", ".", "1e3", "0x10", "1_000", "1,000", "max"
            })
    void anythingElseIsRefused(String text) {
        assertRefused("a rate such as 100, 1k or 2.5M", text);
    }
}
