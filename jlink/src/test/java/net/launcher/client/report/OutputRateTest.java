package net.launcher.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.run.RunConfig;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

class OutputRateTest {
    private static final ClientConfig CLIENT = ClientConfig.of(new Endpoint("localhost", 1));

    private static RunConfig run(Long count, Duration interval, Integer rate, int parallel) {
        RunConfig.Builder run =
                RunConfig.builder(Transport.UDP, Service.ECHO, CLIENT).parallel(parallel);
        if (count != null) {
            run.count(count);
        } else {
            run.endless();
        }
        if (interval != null) {
            run.interval(interval);
        }
        if (rate != null) {
            run.rate(rate);
        }
        return run.build();
    }

    @ParameterizedTest
    @CsvSource({
        "100,,, 1, true",
        "101,,, 1, false",
        "100,, 101, 9, true",
        "101,, 100, 9, true",
        "101,, 101, 1, false",
        ",, 100, 1, true",
        ",, 101, 1, false",
        ",,, 1, false",
        ", PT0.01S,, 1, true",
        ", PT0.009999999S,, 1, false",
        ", PT0.04S,, 4, true",
        ", PT0.039999999S,, 4, false",
        ", PT1S,, 100, true",
        ", PT1S,, 101, false",
        "101, PT1S,, 1, true",
        ", PT2562047H,, 10000, true"
    })
    void listsUpTo100ExchangesInTotalOrPerSecond(
            Long count, Duration interval, Integer rate, int parallel, boolean isReadable) {
        RunConfig run = run(count, interval, rate, parallel);
        assertEquals(isReadable, OutputRate.isReadable(run, 1, false));
    }

    @ParameterizedTest
    @CsvSource({
        "20,,, 1, true",
        "21,,, 1, false",
        "20,, 11, 9, true",
        "21,, 10, 9, true",
        "21,, 11, 1, false",
        ",, 10, 1, true",
        ",, 11, 1, false",
        ", PT0.1S,, 1, true",
        ", PT0.099999999S,, 1, false",
        ", PT0.4S,, 4, true",
        ", PT0.399999999S,, 4, false"
    })
    void listsUpTo20InTotalOr10PerSecondWhereAProgressLineReplacesThem(
            Long count, Duration interval, Integer rate, int parallel, boolean isReadable) {
        RunConfig run = run(count, interval, rate, parallel);
        assertEquals(isReadable, OutputRate.isReadable(run, 1, true));
    }

    /** Throughput is reported every second, except for a few datagrams of discard. */
    @Test
    void bulkRunsAreNotListed() {
        RunConfig.Builder echo = RunConfig.builder(Transport.UDP, Service.ECHO, CLIENT);
        assertFalse(OutputRate.isReadable(echo.bulk().rate(1).endless().build(), 1, false));
        assertFalse(
                OutputRate.isReadable(
                        RunConfig.of(Transport.TCP, Service.DISCARD, CLIENT), 1, false));
        RunConfig.Builder discard = RunConfig.builder(Transport.UDP, Service.DISCARD, CLIENT);
        assertTrue(OutputRate.isReadable(discard.rate(1).endless().build(), 1, false));
        assertFalse(OutputRate.isReadable(discard.rate(101).build(), 1, false));
        RunConfig.Builder paced = RunConfig.builder(Transport.UDP, Service.DISCARD, CLIENT);
        assertFalse(OutputRate.isReadable(paced.bandwidth(8).count(2).build(), 1, false));
    }

    @Test
    void targetsShareTheLines() {
        RunConfig.Builder echo = RunConfig.builder(Transport.TCP, Service.ECHO, CLIENT);
        RunConfig counted = echo.count(50).build();
        assertTrue(OutputRate.isReadable(counted, 2, false));
        assertFalse(OutputRate.isReadable(counted, 3, false));
        RunConfig.Builder open = RunConfig.builder(Transport.TCP, Service.ECHO, CLIENT);
        RunConfig rated = open.rate(50).endless().build();
        assertTrue(OutputRate.isReadable(rated, 2, false));
        assertFalse(OutputRate.isReadable(rated, 3, false));
        RunConfig.Builder slow = RunConfig.builder(Transport.TCP, Service.ECHO, CLIENT);
        RunConfig every = slow.interval(Duration.ofMillis(20)).endless().build();
        assertTrue(OutputRate.isReadable(every, 2, false));
        assertFalse(OutputRate.isReadable(every, 3, false));
    }
}
