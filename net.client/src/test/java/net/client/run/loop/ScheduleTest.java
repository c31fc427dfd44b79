package net.client.run.loop;

import static net.client.internal.MonotonicTime.NEVER;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.run.RunConfig;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.time.Duration;

class ScheduleTest {
    private static final long SECOND = 1_000_000_000L;

    /** The origin of the monotonic clock is arbitrary. */
    private static final long START = -5 * SECOND + 17;

    private static RunConfig.Builder echo() {
        ClientConfig client = ClientConfig.of(new Endpoint("127.0.0.1", 7));
        return RunConfig.builder(Transport.TCP, Service.ECHO, client);
    }

    private static Schedule started(RunConfig.Builder config) {
        Schedule schedule = new Schedule(config.build());
        schedule.start(START);
        return schedule;
    }

    @Test
    void durationLimitsTheWarmup() {
        Schedule schedule = started(echo().warmup(1000).duration(Duration.ofSeconds(2)));
        assertEquals(-999, schedule.begin(START));
        assertEquals(-998, schedule.begin(START + 2 * SECOND - 1));
        assertFalse(schedule.isOver(START + 2 * SECOND));
        assertEquals(1, schedule.begin(START + 3 * SECOND));
        assertFalse(schedule.isOver(START + 5 * SECOND - 1));
        assertTrue(schedule.isOver(START + 5 * SECOND));
    }

    /** Each is rounded down to a nanosecond, and rounding errors do not add up. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 1000, 999_983, 9_999_991, 10_000_000})
    void dueTimesOfARateDoNotDrift(int rate) {
        Schedule schedule = started(echo().endless().rate(rate));
        for (int tick = 0; tick < 50_000; tick++) {
            BigInteger nanos =
                    BigInteger.valueOf(tick)
                            .multiply(BigInteger.valueOf(SECOND))
                            .divide(BigInteger.valueOf(rate));
            assertEquals(START + nanos.longValueExact(), schedule.dueNanos());
            schedule.begin(START);
        }
    }

    @Test
    void wholeSecondsOfARateAreExact() {
        Schedule schedule = started(echo().endless().rate(3));
        for (int tick = 0; tick < 3 * 1000; tick++) {
            schedule.pass();
        }
        assertEquals(START + 1000 * SECOND, schedule.dueNanos());
    }

    @Test
    void intervalAppliesToEachConnectionWithTicksEvenlySpaced() {
        Schedule schedule = started(echo().endless().interval(Duration.ofNanos(100)).parallel(3));
        long[] due = {0, 33, 66, 100, 133, 166, 200};
        for (int tick = 0; tick < due.length; tick++) {
            assertEquals(START + due[tick], schedule.dueNanos());
            assertEquals(tick % 3, schedule.flowIndex(3));
            schedule.begin(START);
        }
    }

    @Test
    void droppedTickDoesNotDelayOthers() {
        Schedule schedule = started(echo().interval(Duration.ofSeconds(1)).count(1));
        schedule.pass();
        assertEquals(START + SECOND, schedule.dueNanos());
        assertFalse(schedule.isOver(START));
        assertEquals(1, schedule.begin(START));
    }

    @Test
    void veryLongIntervalDoesNotOverflow() {
        Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
        Schedule schedule =
                started(echo().endless().interval(ages).parallel(RunConfig.MAX_PARALLEL));
        long before = Long.MIN_VALUE;
        for (int tick = 0; tick <= RunConfig.MAX_PARALLEL; tick++) {
            long due = schedule.dueNanos();
            assertTrue(due > before, "tick " + tick + " at " + due);
            before = due;
            schedule.begin(START);
        }
        assertTrue(before < NEVER);
    }

    @Test
    void warmUpHasNumbersBelowOne() {
        Schedule schedule = started(echo().warmup(2).count(2));
        assertEquals(-1, schedule.begin(START));
        assertEquals(0, schedule.begin(START));
        assertEquals(1, schedule.begin(START));
        assertFalse(schedule.isOver(START));
        assertEquals(2, schedule.begin(START));
        assertTrue(schedule.isOver(START));
    }

    @Test
    void maximumCountAllowsAWarmUp() {
        Schedule schedule = started(echo().warmup(2).count(Long.MAX_VALUE));
        schedule.begin(START);
        assertFalse(schedule.isOver(START));
    }

    @Test
    void durationStartsWithTheFirstMeasuredExchange() {
        Schedule schedule = started(echo().warmup(1).duration(Duration.ofNanos(100)));
        schedule.begin(START);
        assertFalse(schedule.isOver(START + 1_000_000));
        schedule.begin(START + 2_000_000);
        assertFalse(schedule.isOver(START + 2_000_099));
        assertTrue(schedule.isOver(START + 2_000_100));
    }

    @Test
    void durationTimesRateIsTheNumberOfTicks() {
        Schedule schedule = started(echo().rate(7).duration(Duration.ofSeconds(2)));
        int begun = 0;
        while (!schedule.isOver(START)) {
            schedule.begin(START);
            begun++;
        }
        assertEquals(14, begun);
    }

    /** 2 Mbit are 178.6 datagrams of 1400 bytes; the first one is due at the start. */
    @Test
    void bandwidthIsARateOfDatagrams() {
        ClientConfig client = ClientConfig.of(new Endpoint("127.0.0.1", 9));
        RunConfig.Builder discard = RunConfig.builder(Transport.UDP, Service.DISCARD, client);
        Duration duration = Duration.ofSeconds(2);
        Schedule schedule = started(discard.bandwidth(1_000_000).duration(duration));
        assertTrue(schedule.isPaced());
        int begun = 0;
        while (!schedule.isOver(START)) {
            assertEquals(START + begun * 11_200_000L, schedule.dueNanos());
            schedule.begin(START);
            begun++;
        }
        assertEquals(179, begun);
    }

    @Test
    void rateLimitsNoBurst() {
        Schedule schedule = started(echo().endless().rate(1000));
        assertEquals(START, schedule.wakeNanos());
        assertEquals(Long.MAX_VALUE, schedule.allowance(START));
        schedule.begin(START);
        schedule.endBurst(START);
        assertEquals(START + 1_000_000, schedule.wakeNanos());
        assertEquals(START + 1_000_000, schedule.scheduledNanos());
        assertEquals(0, schedule.allowance(START + 999_999));
        assertEquals(Long.MAX_VALUE, schedule.allowance(START + 1_000_000));
    }

    @Test
    void warmUpIsNotPartOfTheDuration() {
        Duration duration = Duration.ofSeconds(1);
        Schedule schedule = started(echo().rate(10).warmup(5).duration(duration));
        int begun = 0;
        while (!schedule.isOver(START)) {
            schedule.begin(START);
            begun++;
        }
        assertEquals(15, begun);
    }

    @Test
    void endlessRunIsNeverOver() {
        Schedule schedule = started(echo().endless());
        schedule.begin(START);
        assertFalse(schedule.isOver(START + Long.MAX_VALUE / 2));
    }

    @Test
    void delayOfOneSecondIsCaughtUp() {
        Schedule schedule = started(echo().endless().rate(10));
        schedule.begin(START);
        schedule.wake(SECOND, START + 10 * SECOND);
        assertEquals(START + SECOND / 10, schedule.dueNanos());
        assertEquals(0, schedule.skipped());
    }

    /** The tick at 0 has begun, and the one at 10 s is not missed. */
    @Test
    void longerDelaySkipsMissedTicks() {
        Schedule schedule = started(echo().endless().rate(10));
        schedule.begin(START);
        schedule.wake(SECOND + 1, START + 10 * SECOND);
        assertEquals(START + 10 * SECOND, schedule.dueNanos());
        assertEquals(99, schedule.skipped());
    }

    @Test
    void delayBeyondTheEndSkipsOnlyExistingTicks() {
        Schedule schedule = started(echo().rate(10).duration(Duration.ofSeconds(2)));
        schedule.begin(START);
        schedule.wake(10 * SECOND, START + 10 * SECOND);
        assertTrue(schedule.isOver(START + 10 * SECOND));
        assertEquals(19, schedule.skipped());
    }

    /** A day of 10 million ticks a second, each of which would take a while by itself. */
    @Test
    @Timeout(10)
    void manyTicksAreSkippedAtOnce() {
        Schedule schedule = started(echo().rate(10_000_000).duration(Duration.ofDays(1)));
        schedule.begin(START);
        schedule.wake(10 * SECOND, START + 3600 * SECOND);
        assertEquals(START + 3600 * SECOND, schedule.dueNanos());
        assertEquals(3600L * 10_000_000 - 1, schedule.skipped());
        schedule.end();
        assertEquals(START + 86_400 * SECOND, schedule.dueNanos());
        assertEquals(86_400L * 10_000_000 - 1, schedule.skipped());
    }

    @Test
    void scheduleWithoutTicksSkipsNothing() {
        Schedule schedule = started(echo().endless());
        schedule.begin(START);
        schedule.wake(10 * SECOND, START + 10 * SECOND);
        assertEquals(0, schedule.skipped());
        assertFalse(schedule.isPaced());
    }
}
