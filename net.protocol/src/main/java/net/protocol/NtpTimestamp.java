package net.protocol;

import java.time.Instant;

/**
 * An instant in the NTP timestamp format (RFC 5905, section 6): 32 bits of seconds, 32 bits of
 * fractions, about 0.23 ns apart. It does not include the era: instants from 1968-01-20 to
 * 2104-02-26 are unambiguous.
 *
 * @param bits seconds since 1900 in the upper half, fractions in the lower one
 */
public record NtpTimestamp(long bits) {
    /** From 1900 to 1970: 70 years, 17 of them leap years. */
    private static final long UNIX_EPOCH_SECONDS = 2_208_988_800L;

    /** Seconds without the upper bit count from 2036-02-07 (RFC 4330, section 3). */
    private static final long ERA_SECONDS = 1L << 32;

    private static final long UPPER_BIT = 1L << 31;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /**
     * Returns the timestamp of an instant.
     *
     * @param time between 1968-01-20 and 2104-02-26; others are mapped to another era
     * @return the nearest timestamp at or before it
     */
    public static NtpTimestamp of(Instant time) {
        long seconds = time.getEpochSecond() + UNIX_EPOCH_SECONDS;
        long fraction = ((long) time.getNano() << 32) / NANOS_PER_SECOND;
        return new NtpTimestamp(seconds << 32 | fraction);
    }

    /**
     * Returns the instant.
     *
     * @return the instant, rounded to the nearest nanosecond
     */
    public Instant instant() {
        long seconds = bits >>> 32;
        if ((seconds & UPPER_BIT) == 0) {
            seconds += ERA_SECONDS;
        }
        long fraction = bits & 0xFFFF_FFFFL;
        long nanos = (fraction * NANOS_PER_SECOND + UPPER_BIT) >>> 32;
        return Instant.ofEpochSecond(seconds - UNIX_EPOCH_SECONDS, nanos);
    }
}
