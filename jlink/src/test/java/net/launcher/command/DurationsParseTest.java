package net.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.launcher.command.value.Durations;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

/** Durations as people write them. */
class DurationsParseTest {
    /** Reads the value of an option. */
    @FunctionalInterface
    private interface Parser {
        Duration parse(String option, String text);
    }

    /** What a duration may be, and how that is said. */
    private enum Form {
        ABOVE_ZERO(Durations::parse, ""),
        OR_ZERO(Durations::parseOrZero, ""),
        OR_NONE(Durations::parseOrNone, ", or none");

        private final Parser parser;
        private final String alternative;

        Form(Parser parser, String alternative) {
            this.parser = parser;
            this.alternative = alternative;
        }

        void assertNotATime(String text) {
            assertRefused("a time in us, ms, s, m or h, such as 20ms or 1.5s" + alternative, text);
        }

        void assertNotAboveZero(String text) {
            assertRefused("above zero" + alternative, text);
        }

        void assertRefused(String rule, String text) {
            IllegalArgumentException refusal =
                    assertThrows(
                            IllegalArgumentException.class, () -> parser.parse("--drain", text));
            assertEquals("--drain must be " + rule + ": " + text, refusal.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "500us, PT0.0005S",
        "1us, PT0.000001S",
        "500ms, PT0.5S",
        "1ms, PT0.001S",
        "2s, PT2S",
        "2, PT2S",
        "1m, PT1M",
        "90, PT1M30S",
        "007s, PT7S",
        "60000ms, PT1M",
        "24h, PT24H",
        "0.25, PT0.25S",
        ".5, PT0.5S",
        "1.5s, PT1.5S",
        "1.50ms, PT0.0015S",
        "0.5us, PT0.0000005S",
        "1.25m, PT1M15S",
        "0.1h, PT6M",
        "1.000000001, PT1.000000001S",
        // Rounded up to nanoseconds, so that nothing above zero becomes zero.
        "0.0000000001s, PT0.000000001S",
        "1.0000000001s, PT1.000000001S",
        // The most that 2^63 - 1 nanoseconds hold.
        "9223372036854775us, PT9223372036.854775S",
        "9223372036854ms, PT9223372036.854S",
        "9223372036s, PT9223372036S",
        "9223372036, PT9223372036S",
        "153722867m, PT153722867M",
        "2562047.75h, PT2562047H45M",
        "9223372036.854775807s, PT9223372036.854775807S"
    })
    void unitTellsTheDuration(String text, Duration expected) {
        for (Form form : Form.values()) {
            assertEquals(expected, form.parser.parse("--timeout", text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
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
                "1H",
                "1d",
                "1hr",
                "1S",
                "1M",
                "1MS",
                "1min",
                "1ns",
                "1u",
                "1US",
                "us",
                "1ss",
                "1s2",
                "1.",
                "1.s",
                ".",
                ".s",
                "1.5.5",
                "1..5",
                "-0.5",
                "1.٣",
                "1,5",
                "1e3",
                "0x10",
                "1_000",
                "PT1S",
                "-0",
                "+0",
                "٠",
                "0none",
                "None",
                "NONE",
                "none ",
                "1none",
                "𝟏s",
                "1ｓ",
                "ſ",
                "1µs",
                "\u200b1s"
            })
    void anythingElseIsRefusedWithOptionAndValue(String text) {
        for (Form form : Form.values()) {
            form.assertNotATime(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854776us",
                "9223372036855ms",
                "9223372037s",
                "9223372037",
                "153722868m",
                "9223372036854775807ms",
                "9223372036854775808",
                "99999999999999999999999999s",
                "9223372036854775808ms",
                "18446744073709551616",
                "2562048h",
                "9223372036.8547758071s",
                "9999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999.5h"
            })
    void timeIsAtMostTheMaximum(String text) {
        for (Form form : Form.values()) {
            form.assertRefused("at most 292 years", text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0us", "0ms", "0s", "00m", "0h", "0.0", ".0s"})
    void zeroIsATimeWhereItMeansAtOnce(String text) {
        assertEquals(Duration.ZERO, Durations.parseOrZero("--drain", text));
        Form.ABOVE_ZERO.assertNotAboveZero(text);
        Form.OR_NONE.assertNotAboveZero(text);
    }

    @Test
    void noneIsATimeWhereItMeansNoLimit() {
        assertEquals(Duration.ZERO, Durations.parseOrNone("--idle-timeout", "none"));
        Form.ABOVE_ZERO.assertNotATime("none");
        Form.OR_ZERO.assertNotATime("none");
    }
}
