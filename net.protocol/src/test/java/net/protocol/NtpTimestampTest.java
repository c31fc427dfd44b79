package net.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.SplittableRandom;

class NtpTimestampTest {
    private static final long SEED = 8762;

    /** The dates of RFC 5905, figure 4, and the limits of the range. */
    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 2208988800",
        "1972-01-01T00:00:00Z, 2272060800",
        "1999-12-31T00:00:00Z, 3155587200",
        "2036-02-07T06:28:15Z, 4294967295",
        "2036-02-07T06:28:16Z, 0",
        "2036-02-08T00:00:00Z, 63104",
        "1968-01-20T03:14:08Z, 2147483648",
        "2104-02-26T09:42:23Z, 2147483647",
    })
    void countsSecondsOfEra(Instant time, long seconds) {
        NtpTimestamp timestamp = new NtpTimestamp(seconds << 32);
        assertEquals(timestamp, NtpTimestamp.of(time));
        assertEquals(time, timestamp.instant());
    }

    @Test
    void eraStartsIn1900() {
        // 0x83AA7E80 is the start of 1970 (RFC 868).
        assertEquals(0x83AA_7E80_0000_0000L, NtpTimestamp.of(Instant.EPOCH).bits());
    }

    /** Fractions of 2^-32 s, rounded down. */
    @ParameterizedTest
    @CsvSource({
        "0, 0x00000000",
        "1, 0x00000004",
        "125000000, 0x20000000",
        "250000000, 0x40000000",
        "500000000, 0x80000000",
        "999999999, 0xFFFFFFFB",
    })
    void countsFractionsOfSecond(int nanos, String fraction) {
        Instant time = Instant.ofEpochSecond(0, nanos);
        NtpTimestamp timestamp = NtpTimestamp.of(time);
        assertEquals(0x83AA_7E80L, timestamp.bits() >>> 32);
        assertEquals(Long.decode(fraction), timestamp.bits() & 0xFFFF_FFFFL);
        assertEquals(time, timestamp.instant());
    }

    @Test
    void lastFractionRoundsUpToTheNextSecond() {
        NtpTimestamp last = new NtpTimestamp(0x83AA_7E80_FFFF_FFFFL);
        assertEquals(Instant.ofEpochSecond(1), last.instant());
    }

    @Test
    void lastInstantOfEraPrecedesFirstOfNext() {
        Instant last = Instant.parse("2036-02-07T06:28:15.999999999Z");
        Instant first = Instant.parse("2036-02-07T06:28:16Z");
        assertEquals(0xFFFF_FFFF_FFFF_FFFBL, NtpTimestamp.of(last).bits());
        assertEquals(last, NtpTimestamp.of(last).instant());
        assertEquals(0, NtpTimestamp.of(first).bits());
        assertEquals(first, NtpTimestamp.of(first).instant());
    }

    @Test
    void instantsOutsideRangeMapToAnotherEra() {
        long eraSeconds = 1L << 32;
        Instant before = Instant.parse("1968-01-20T03:14:07Z");
        Instant after = Instant.parse("2104-02-26T09:42:24Z");
        assertEquals(before.plusSeconds(eraSeconds), NtpTimestamp.of(before).instant());
        assertEquals(after.minusSeconds(eraSeconds), NtpTimestamp.of(after).instant());
    }

    @Test
    void roundTripIsExactToTheNanosecond() {
        long first = Instant.parse("1968-01-20T03:14:08Z").getEpochSecond();
        long end = Instant.parse("2104-02-26T09:42:24Z").getEpochSecond();
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 200_000; i++) {
            Instant time =
                    Instant.ofEpochSecond(
                            random.nextLong(first, end), random.nextInt(1_000_000_000));
            assertEquals(time, NtpTimestamp.of(time).instant());
        }
    }

    @Test
    void laterInstantsHaveLargerTimestamps() {
        Instant time = Instant.parse("2026-01-31T12:00:00.123456789Z");
        long bits = NtpTimestamp.of(time).bits();
        long next = NtpTimestamp.of(time.plusNanos(1)).bits();
        // 4.29 fractions per nanosecond.
        assertEquals(4.5, next - bits, 0.5);
    }
}
