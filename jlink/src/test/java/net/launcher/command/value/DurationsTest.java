package net.launcher.command.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

/** Durations as people read them. */
class DurationsTest {
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

    @ParameterizedTest
    @CsvSource({
        "0, 0.0000 ms",
        "49, 0.0000 ms",
        "50, 0.0001 ms",
        "512, 0.0005 ms",
        "34149, 0.0341 ms",
        "99949, 0.0999 ms",
        "99950, 0.100 ms",
        "214499, 0.214 ms",
        "999499, 0.999 ms",
        "999500, 1.00 ms",
        "1240000, 1.24 ms",
        "9994999, 9.99 ms",
        "9995000, 10.0 ms",
        "31200000, 31.2 ms",
        "99949999, 99.9 ms",
        "99950000, 100 ms",
        "312345678, 312 ms",
        "999499999, 999 ms",
        "999500000, 999.5 ms",
        "999950000, 1.00 s",
        "1240000000, 1.24 s",
        "61000000000, 1 min 1 s"
    })
    void measuredTimeHasThreeDigits(long nanos, String expected) {
        assertEquals(expected, Durations.precise(nanos));
    }

    @ParameterizedTest
    @CsvSource({
        "30100, 0.0301",
        "1000000000, 1000",
        "1234567890, 1235",
        "9223372036854775807, 9223372036855"
    })
    void millisecondsHaveNoOtherUnit(long nanos, String expected) {
        assertEquals(expected, Durations.millis(nanos));
    }
}
