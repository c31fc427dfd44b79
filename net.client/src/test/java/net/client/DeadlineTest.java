package net.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.SocketTimeoutException;
import java.time.Duration;

class DeadlineTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long MILLI = 1_000_000;

    @Test
    void leftNanosCountsDownFromTheDuration() {
        Deadline deadline = Deadline.in(HOUR);
        long first = deadline.leftNanos();
        long second = deadline.leftNanos();
        assertTrue(first <= HOUR.toNanos());
        assertTrue(first > HOUR.minusMinutes(5).toNanos());
        assertTrue(second <= first);
    }

    @Test
    void leftMillisRoundsUp() throws SocketTimeoutException {
        // Times go by between the calls, so what is asked lies between two readings.
        for (int i = 0; i < 10_000; i++) {
            Deadline deadline = new Deadline(System.nanoTime(), HOUR.toNanos() + i * 100L);
            long before = deadline.leftNanos();
            long millis = deadline.leftMillis();
            long after = deadline.leftNanos();
            assertTrue(millis * MILLI >= after, "rounded down");
            assertTrue(millis * MILLI < before + MILLI, "more than rounded up");
        }
    }

    /** Each deadline lies less than a millisecond ahead, unless the thread is held up. */
    @Test
    void leftMillisIsNeverZero() {
        int early = 0;
        for (int i = 0; i < 10_000; i++) {
            Deadline deadline = new Deadline(System.nanoTime(), MILLI - 1);
            try {
                assertEquals(1, deadline.leftMillis());
                early++;
            } catch (SocketTimeoutException held) {
                assertTrue(deadline.leftNanos() <= 0);
            }
        }
        assertTrue(early > 0, "held up each time");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE / 2})
    void leftMillisThrowsOnceTheTimeIsUp(long nanos) {
        Deadline deadline = new Deadline(System.nanoTime(), nanos);
        Exception thrown = assertThrows(SocketTimeoutException.class, deadline::leftMillis);
        assertEquals("timed out", thrown.getMessage());
        assertTrue(deadline.leftNanos() <= 0);
    }

    @Test
    void longestTimeIsTheLongestOfASocket() throws SocketTimeoutException {
        Deadline deadline = Deadline.in(Duration.ofSeconds(Long.MAX_VALUE));
        assertEquals(Integer.MAX_VALUE, deadline.leftMillis());
        assertTrue(deadline.leftNanos() > 0);
        assertEquals(Integer.MAX_VALUE, Deadline.in(Duration.ofDays(25)).leftMillis());
        assertTrue(Deadline.in(Duration.ofDays(24)).leftMillis() < Integer.MAX_VALUE);
    }

    @Test
    void orInKeepsTheEarlier() {
        Deadline deadline = Deadline.in(HOUR);
        assertSame(deadline, deadline.orIn(HOUR.plusHours(1)));
        assertSame(deadline, deadline.orIn(Duration.ofSeconds(Long.MAX_VALUE)));
        Deadline earlier = deadline.orIn(Duration.ofMinutes(1));
        assertNotSame(deadline, earlier);
        assertTrue(earlier.leftNanos() <= Duration.ofMinutes(1).toNanos());
    }

    @Test
    void orInKeepsADeadlineThatHasPassed() {
        Deadline past = new Deadline(System.nanoTime() - MILLI, 1);
        assertSame(past, past.orIn(HOUR));
    }

    /** The clock's values have no sign that means anything, and wrap. */
    @Test
    void clockMayWrap() {
        Deadline deadline = new Deadline(System.nanoTime() - Long.MAX_VALUE, Long.MAX_VALUE);
        assertTrue(deadline.leftNanos() <= 0);
    }
}
