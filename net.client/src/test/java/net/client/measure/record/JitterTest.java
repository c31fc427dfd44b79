package net.client.measure.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.OptionalDouble;

class JitterTest {
    @Test
    void requiresTwoValues() {
        Jitter jitter = new Jitter();
        assertEquals(OptionalDouble.empty(), jitter.nanos());
        jitter.record(500);
        assertEquals(OptionalDouble.empty(), jitter.nanos());
        jitter.record(500);
        assertEquals(OptionalDouble.of(0), jitter.nanos());
        jitter.record(500);
        assertEquals(OptionalDouble.of(0), jitter.nanos());
    }

    /** 0 + (1600 - 0)/16 = 100; + (900 - 100)/16 = 150; + (150 - 150)/16 = 150. */
    @Test
    void changesBySixteenthOfDifference() {
        Jitter jitter = of(10_000, 11_600);
        assertEquals(OptionalDouble.of(100), jitter.nanos());
        jitter.record(10_700);
        assertEquals(OptionalDouble.of(150), jitter.nanos());
        jitter.record(10_850);
        assertEquals(OptionalDouble.of(150), jitter.nanos());
        jitter.record(10_850);
        assertEquals(OptionalDouble.of(140.625), jitter.nanos());
    }

    @Test
    void usesAbsoluteDifference() {
        assertEquals(of(100, 900).nanos(), of(900, 100).nanos());
        assertEquals(OptionalDouble.of(50), of(900, 100).nanos());
    }

    @Test
    void keepsFractions() {
        assertEquals(OptionalDouble.of(1 / 16.0), of(0, 1).nanos());
    }

    /** With a constant difference d, the n-th value is d * (1 - (15/16)^n). */
    @Test
    void convergesToConstantDifference() {
        Jitter jitter = of(1000);
        for (int i = 1; i <= 200; i++) {
            jitter.record(i % 2 == 0 ? 1000 : 33_000);
            double expected = 32_000 * (1 - Math.pow(15 / 16.0, i));
            assertEquals(expected, jitter.nanos().getAsDouble(), 1e-6);
        }
    }

    @Test
    void dependsOnOrderOfArrival() {
        assertEquals(OptionalDouble.of(100), of(0, 0, 1600).nanos());
        assertEquals(OptionalDouble.of(93.75), of(0, 1600, 1600).nanos());
    }

    private static Jitter of(long... roundTrips) {
        Jitter jitter = new Jitter();
        for (long nanos : roundTrips) {
            jitter.record(nanos);
        }
        return jitter;
    }
}
