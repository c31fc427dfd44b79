package net.launcher.client.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.launcher.client.report.Results;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

class RatesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, -",
        "1, 0, 0 %",
        "0, 1, 100 %",
        "1, 1, 50 %",
        "2, 1, 33.3 %",
        "997, 3, 0.3 %",
        "1, 2, 66.7 %",
        "1, 1999, 99.9 %",
        "2, 1998, 99.9 %",
        "6, 9994, 99.9 %",
        "1, 999999, 99.9 %",
        "99999999, 1, 0.000001 %",
        "80999, 1, 0.00123 %",
        "4611686018427387904, 4611686018427387904, 50 %"
    })
    void lossIsNeverRoundedToZeroOrAll(long ok, long failed, String expected) {
        assertEquals(expected, Rates.loss(Results.of(ok, failed).result()));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, PT10S, 100/s",
        "999, PT10S, 99.9/s",
        "1, PT10S, 0.1/s",
        "0, PT10S, 0/s",
        "50000, PT0.999S, 50050/s",
        "9999, PT100S, 100/s",
        "3, PT1S, 3/s",
        "5, PT0S, -",
        "1, PT0.000000001S, 1000000000/s"
    })
    void rateIsPerSecond(long ok, Duration duration, String expected) {
        assertEquals(expected, Rates.perSecond(ok, duration));
    }
}
