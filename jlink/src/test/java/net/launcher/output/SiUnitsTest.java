package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

/** Bytes and bit rates in powers of 1000. */
class SiUnitsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1, 1 B",
        "999, 999 B",
        "1000, 1.00 kB",
        "1004, 1.00 kB",
        "1005, 1.01 kB",
        "9994, 9.99 kB",
        "9995, 10.0 kB",
        "99949, 99.9 kB",
        "99950, 100 kB",
        "999499, 999 kB",
        "999500, 1.00 MB",
        "4612345678, 4.61 GB",
        "9223372036854775807, 9.22 EB"
    })
    void formatsBytesWithThreeDigits(long bytes, String text) {
        assertEquals(text, SiUnits.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT1S, 0 bit/s",
        "1, PT1S, 8 bit/s",
        "124, PT1S, 992 bit/s",
        "125, PT1S, 1.00 kbit/s",
        "125000000, PT2S, 500 Mbit/s",
        "4612345678, PT1S, 36.9 Gbit/s",
        "5, PT0S, -"
    })
    void formatsRatesWithThreeDigits(long bytes, Duration duration, String text) {
        assertEquals(text, SiUnits.bitRate(bytes, duration));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1 bit/s",
        "999, 999 bit/s",
        "1000, 1 kbit/s",
        "1001, 1.001 kbit/s",
        "100000000, 100 Mbit/s",
        "123456789, 123.456789 Mbit/s",
        "2500000000, 2.5 Gbit/s",
        "9223372036854775807, 9.223372036854775807 Ebit/s"
    })
    void formatsExactRatesWithAllDigits(long bitsPerSecond, String text) {
        assertEquals(text, SiUnits.exactBitRate(bitsPerSecond));
    }
}
