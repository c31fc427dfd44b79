package net.client.run.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class PacerTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    /** The origin of the monotonic clock is arbitrary. */
    private static final long START = -3 * SECOND + 17;

    /** A number of units sent at a time since the start. */
    private record Burst(long nanos, long units) {}

    private final List<Burst> bursts = new ArrayList<>();

    /** Wakes up late. */
    private final Random random = new Random(1);

    private static Pacer started(long bitsPerSecond, long bytes) {
        Pacer pacer = Pacer.ofBandwidth(bitsPerSecond, bytes);
        pacer.start(START);
        return pacer;
    }

    /** Sends all that is allowed until a time since the start; wakes up to 60 us late. */
    private void run(Pacer pacer, long fromNanos, long toNanos) {
        long nowNanos = START + fromNanos;
        while (nowNanos < START + toNanos) {
            long units = pacer.allowance(nowNanos);
            if (units > 0) {
                bursts.add(new Burst(nowNanos - START, units));
                pacer.onSent(units);
                pacer.endBurst(nowNanos);
            }
            nowNanos = Math.max(nowNanos, pacer.wakeNanos()) + random.nextLong(60_000);
        }
    }

    private long sum() {
        return bursts.stream().mapToLong(Burst::units).sum();
    }

    private static long bytesIn(long nanos, long bitsPerSecond) {
        return BigInteger.valueOf(bitsPerSecond)
                .multiply(BigInteger.valueOf(nanos))
                .divide(BigInteger.valueOf(8 * SECOND))
                .longValueExact();
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                1_000,
                9_973,
                1_000_000,
                99_999_989,
                1_000_000_000,
                9_999_999_967L,
                100_000_000_000L
            })
    void burstsAreAtMostAMillisecondAndKeepTheRate(long bitsPerSecond) {
        run(started(bitsPerSecond, 1), 0, 2 * SECOND);
        long max = Math.max(bytesIn(MILLI, bitsPerSecond), 1);
        for (Burst burst : bursts) {
            assertTrue(burst.units <= max, burst::toString);
        }
        // The bytes due since the last tick, and the one due at the start.
        long expected = bytesIn(2 * SECOND, bitsPerSecond);
        assertEquals(expected, sum(), bytesIn(MILLI, bitsPerSecond) + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 100_000_000, 1_000_000_000})
    void ticksAreHalfAMillisecondApart(long bitsPerSecond) {
        run(started(bitsPerSecond, 1), 0, SECOND);
        for (int i = 1; i < bursts.size(); i++) {
            long gap = bursts.get(i).nanos - bursts.get(i - 1).nanos;
            assertTrue(gap >= 500_000 && gap < 560_001, gap + " ns at " + i);
        }
    }

    /** A byte each 8 ms: no tick is shorter. */
    @Test
    void slowStreamSendsSingleBytes() {
        run(started(1_000, 1), 0, SECOND);
        assertEquals(125, bursts.size());
        for (int i = 0; i < bursts.size(); i++) {
            assertEquals(1, bursts.get(i).units);
            long lateNanos = bursts.get(i).nanos - i * 8 * MILLI;
            assertTrue(lateNanos >= 0 && lateNanos < 560_000, lateNanos + " ns at " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 999_983, 9_999_999_967L, 100_000_000_000L})
    void dueTimesDoNotDrift(long bitsPerSecond) {
        Pacer pacer = started(bitsPerSecond, 1);
        BigInteger sent = BigInteger.ZERO;
        for (int i = 0; i < 50_000; i++) {
            long bytes = random.nextLong(12_500_000);
            pacer.onSent(bytes);
            sent = sent.add(BigInteger.valueOf(bytes));
            BigInteger nanos =
                    sent.multiply(BigInteger.valueOf(8 * SECOND))
                            .divide(BigInteger.valueOf(bitsPerSecond));
            if (nanos.bitLength() > 62) {
                return;
            }
            assertEquals(START + nanos.longValueExact(), pacer.dueNanos());
        }
    }

    /** In any window there are at most twice the bytes of the rate, and one burst. */
    @Test
    void stallIsCaughtUpAtTwiceTheRate() {
        long rate = 80_000_000;
        Pacer pacer = started(rate, 1);
        run(pacer, 0, SECOND);
        run(pacer, SECOND + 100 * MILLI, 2 * SECOND);
        long max = bytesIn(MILLI, rate);
        for (int i = 0; i < bursts.size(); i++) {
            long units = 0;
            for (int j = i; j < Math.min(i + 300, bursts.size()); j++) {
                long limit = 2 * bytesIn(bursts.get(j).nanos - bursts.get(i).nanos, rate) + max;
                units += bursts.get(j).units;
                assertTrue(units <= limit, i + " to " + j + ": " + units + " of " + limit);
            }
        }
        assertEquals(bytesIn(2 * SECOND, rate), sum(), max);
        long inTime =
                bursts.stream()
                        .filter(burst -> burst.nanos <= SECOND + 230 * MILLI)
                        .mapToLong(Burst::units)
                        .sum();
        assertEquals(bytesIn(SECOND + 230 * MILLI, rate), inTime, max);
    }

    @Test
    void bytesLateByMoreThanASecondAreDropped() {
        long rate = 8_000_000;
        Pacer pacer = started(rate, 1);
        run(pacer, 0, SECOND);
        pacer.dropLate(START + 11 * SECOND);
        assertEquals(START + 10 * SECOND, pacer.dueNanos());
        run(pacer, 11 * SECOND, 14 * SECOND);
        // Of 14 seconds, 9 are lost.
        assertEquals(bytesIn(5 * SECOND, rate), sum(), 2 * bytesIn(MILLI, rate));
    }

    @Test
    void bytesLateByASecondAreKept() {
        Pacer pacer = started(8_000_000, 1);
        pacer.dropLate(START + SECOND);
        assertEquals(START, pacer.dueNanos());
    }

    /** 1400 bytes at 1 Mbit/s last 11.2 ms, and when catching up 5.6 ms. */
    @Test
    void datagramsOfALowRateAreSentOneByOne() {
        Pacer pacer = started(1_000_000, 1400);
        run(pacer, 0, SECOND);
        run(pacer, SECOND + 100 * MILLI, 2 * SECOND);
        for (int i = 1; i < bursts.size(); i++) {
            assertEquals(1, bursts.get(i).units);
            long gap = bursts.get(i).nanos - bursts.get(i - 1).nanos;
            assertTrue(gap >= 5_600_000, gap + " ns at " + i);
        }
        // The first at the start, and one for each full 11.2 ms.
        assertEquals(1 + 2_000 * MILLI / 11_200_000, sum());
    }

    /** 89 datagrams of 1400 bytes last 0.9968 ms at 1 Gbit/s. */
    @Test
    void datagramsOfAHighRateAreSentInTicks() {
        Pacer pacer = started(1_000_000_000, 1400);
        assertEquals(0, pacer.allowance(START + 499_999));
        // One at the start, and one for each full 11.2 us.
        assertEquals(1 + 44, pacer.allowance(START + 500_000));
        assertEquals(89, pacer.allowance(START + 5 * MILLI));
    }

    @Test
    void latencyCountsFromTheTickOrFromTheDueTimeOfLateUnits() {
        Pacer pacer = started(1_000_000_000, 1400);
        assertEquals(START + 500_000, pacer.scheduledNanos());
        pacer.onSent(89);
        // 89 * 11.2 us is before the end of the burst: the next one is late.
        pacer.endBurst(START + 10 * MILLI);
        assertEquals(START + 996_800, pacer.scheduledNanos());
        assertEquals(START + 10 * MILLI + 996_800 / 2, pacer.wakeNanos());
        pacer.skip(900);
        pacer.onSent(11);
        pacer.endBurst(START + 11 * MILLI);
        // 1000 * 11.2 us is after the burst: the next tick is half a millisecond after it.
        assertEquals(START + 11_500_000, pacer.scheduledNanos());
        assertEquals(START + 11_500_000, pacer.wakeNanos());
    }

    /** Units of 8/7 ns: their due times are rounded down to 0, 1, 2, 3, 4, 5, 6 and 8 ns. */
    @Test
    void skipsTheUnitsDueBeforeATime() {
        for (int nanos = 0; nanos <= 20; nanos++) {
            Pacer skipped = started(7_000_000_000L, 1);
            Pacer stepped = started(7_000_000_000L, 1);
            long count = 0;
            while (stepped.dueNanos() < START + nanos) {
                stepped.skip(1);
                count++;
            }
            assertEquals(count, skipped.skipUntil(START + nanos));
            assertEquals(stepped.dueNanos(), skipped.dueNanos());
            // The fraction of a nanosecond is kept, too.
            stepped.skip(6);
            skipped.skip(6);
            assertEquals(stepped.dueNanos(), skipped.dueNanos());
            assertEquals(0, skipped.skipUntil(START));
        }
    }

    @Test
    void burstWithoutUnitsDelaysNothing() {
        Pacer pacer = started(1_000_000_000, 1);
        pacer.endBurst(START + 400_000);
        assertEquals(START + 500_000, pacer.wakeNanos());
    }

    @Test
    void unlimitedPacerSendsWhateverIsDue() {
        Pacer pacer = Pacer.unlimited(4, SECOND);
        pacer.start(START);
        assertEquals(Long.MAX_VALUE, pacer.allowance(START));
        pacer.onSent(1);
        pacer.skip(1);
        pacer.endBurst(START);
        assertEquals(START + SECOND / 2, pacer.scheduledNanos());
        assertEquals(0, pacer.allowance(START + SECOND / 2 - 1));
        assertEquals(Long.MAX_VALUE, pacer.allowance(START + SECOND / 2));
    }
}
