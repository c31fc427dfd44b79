package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

/** Durations as people write and read them. */
class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "1ms, PT0.001S",
        "2s, PT2S",
        "2, PT2S",
        "1m, PT1M",
        "90, PT1M30S",
        "007s, PT7S",
        "60000ms, PT1M",
        // The most that 2^63 - 1 nanoseconds hold.
        "9223372036854ms, PT9223372036.854S",
        "9223372036s, PT9223372036S",
        "9223372036, PT9223372036S",
        "153722867m, PT153722867M"
    })
    void unitTellsTheDuration(String text, Duration expected) {
        assertEquals(expected, Durations.parse("--timeout", text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036855ms",
                "9223372037s",
                "9223372037",
                "153722868m",
                "9223372036854775807ms",
                "9223372036854775808",
                "99999999999999999999999999s",
                "0",
                "0ms",
                "0s",
                "00m",
                "-1",
                "+1",
                "-1s",
                "٣",
                "٣s",
                "1٣s",
                "１s",
                "",
                " ",
                " 1",
                "1 ",
                "1 s",
                "1\n",
                "s",
                "ms",
                "1h",
                "1S",
                "1M",
                "1MS",
                "1min",
                "1us",
                "1ss",
                "1s2",
                "1.5s",
                "1,5",
                "1e3",
                "0x10",
                "1_000",
                "PT1S"
            })
    void anythingElseIsRefusedWithOptionAndValue(String text) {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class, () -> Durations.parse("--timeout", text));
        assertEquals(
                "--timeout must be a time above zero such as 500ms, 2s or 1m: " + text,
                refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0.00 ms",
        "PT0.000001S, 0.00 ms",
        "PT0.00000499S, 0.00 ms",
        "PT0.000005S, 0.01 ms",
        "PT0.001234S, 1.23 ms",
        "PT0.00999S, 9.99 ms",
        "PT0.01S, 10.0 ms",
        "PT0.12345S, 123.5 ms",
        "PT0.9999S, 999.9 ms",
        "PT1S, 1.00 s",
        "PT1.234S, 1.23 s",
        "PT59.99S, 59.99 s",
        "PT60S, 1 min 0 s",
        "PT90.4S, 1 min 30 s",
        "PT119.4S, 1 min 59 s",
        "PT3600S, 60 min 0 s"
    })
    void textHasAUnitThatSuits(Duration duration, String expected) {
        assertEquals(expected, Durations.text(duration));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.009994999S, 9.99 ms",
        "PT0.009995S, 10.0 ms",
        "PT0.009999999S, 10.0 ms",
        "PT0.999949999S, 999.9 ms",
        "PT0.99995S, 1.00 s",
        "PT0.999999999S, 1.00 s",
        "PT59.994999999S, 59.99 s",
        "PT59.995S, 1 min 0 s",
        "PT59.999999999S, 1 min 0 s",
        "PT119.499999999S, 1 min 59 s",
        "PT119.5S, 2 min 0 s",
        "PT3599.999S, 60 min 0 s"
    })
    void roundingCarriesIntoTheNextUnit(Duration duration, String expected) {
        assertEquals(expected, Durations.text(duration));
    }
}
