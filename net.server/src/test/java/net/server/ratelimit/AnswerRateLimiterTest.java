package net.server.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.server.access.RefusalReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** Rates of answers. The clock stands still unless a test advances it. */
class AnswerRateLimiterTest {
    private static final int MAX_ECHOES = 400;
    private static final long SALT = 8;
    private static final long SECOND_NANOS = 1_000_000_000;

    /** Different lengths, so that none is an echo. */
    private static final ByteBuffer QUESTION = ByteBuffer.allocate(12);

    private static final ByteBuffer ANSWER = ByteBuffer.allocate(11);

    /** Close to the overflow of the clock. */
    private long nowNanos = Long.MAX_VALUE - 1;

    private AnswerRateLimiter rate(int perSecond) {
        return new AnswerRateLimiter(perSecond, false, () -> nowNanos, SALT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10_000, 99_999})
    void allowsABurstOfOneSecond(int perSecond) {
        AnswerRateLimiter rate = rate(perSecond);
        assertGets(perSecond, rate, "192.0.2.1");
        nowNanos += SECOND_NANOS;
        assertGets(perSecond, rate, "192.0.2.1");
    }

    /** The interval is 1/N s, rounded up to nanoseconds. */
    @ParameterizedTest
    @CsvSource({"1, 1000000000", "3, 333333334", "7, 142857143", "10000, 100000"})
    void refillsOneAnswerAfterItsInterval(int perSecond, long shareNanos) {
        AnswerRateLimiter rate = rate(perSecond);
        assertGets(perSecond, rate, "192.0.2.1");
        nowNanos += shareNanos - 1;
        assertGets(0, rate, "192.0.2.1");
        nowNanos += 1;
        assertGets(1, rate, "192.0.2.1");
    }

    /** A third of a second is no whole number of nanoseconds. */
    @Test
    void refillsWithoutRoundingLoss() {
        AnswerRateLimiter rate = rate(3);
        assertGets(3, rate, "192.0.2.1");
        int answers = 0;
        for (int i = 0; i < 300_000; i++) {
            nowNanos += 10_000;
            answers += isAnswered(rate, "192.0.2.1") ? 1 : 0;
        }
        assertEquals(9, answers);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10_000, 100_000})
    void longSilenceFillsTheBucketOnce(int perSecond) {
        AnswerRateLimiter rate = rate(perSecond);
        assertGets(perSecond, rate, "192.0.2.1");
        for (int years : new int[] {1, 30, 290}) {
            nowNanos += Duration.ofDays(365L * years).toNanos();
            assertGets(perSecond, rate, "192.0.2.1");
        }
    }

    @Test
    void highestRateDoesNotOverflow() {
        AnswerRateLimiter rate = rate(1_000_000_000);
        assertTrue(isAnswered(rate, "192.0.2.1"));
        for (long silence : new long[] {0, 1, SECOND_NANOS - 1, SECOND_NANOS, SECOND_NANOS + 1}) {
            nowNanos += silence;
            assertTrue(isAnswered(rate, "192.0.2.1"));
        }
        nowNanos += Duration.ofDays(365 * 290).toNanos();
        for (int i = 0; i < 1000; i++) {
            assertTrue(isAnswered(rate, "192.0.2.1"));
        }
    }

    @Test
    void agreesWithExactArithmetic() {
        Random random = new Random(8);
        for (int round = 0; round < 300; round++) {
            int perSecond = 1 + random.nextInt(1 << random.nextInt(1, 30));
            AnswerRateLimiter rate = rate(perSecond);
            BigInteger cost = BigInteger.valueOf(SECOND_NANOS);
            BigInteger full = cost.multiply(BigInteger.valueOf(perSecond));
            BigInteger credit = full;
            for (int i = 0; i < 300; i++) {
                long passed = random.nextLong(1L << random.nextInt(1, 40));
                nowNanos += passed;
                BigInteger earned =
                        BigInteger.valueOf(passed).multiply(BigInteger.valueOf(perSecond));
                credit = credit.add(earned).min(full);
                boolean isLeft = credit.compareTo(cost) >= 0;
                assertEquals(isLeft, isAnswered(rate, "192.0.2.1"), perSecond + " a second");
                credit = isLeft ? credit.subtract(cost) : credit;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0, 192.0.2.255",
        "0.0.0.1, 0.0.0.2",
        "255.255.254.1, 255.255.254.129",
        "2001:db8:0:ff00::, 2001:db8:0:ffff:ffff:ffff:ffff:ffff",
        "::2, 0:0:0:00ff:ffff:ffff:ffff:ffff",
        "fe80::1, fe80::2",
    })
    void addressesOfANetworkShareTheRate(String first, String last) {
        AnswerRateLimiter rate = rate(2);
        assertTrue(isAnswered(rate, first));
        assertTrue(isAnswered(rate, last));
        assertFalse(isAnswered(rate, first));
        assertFalse(isAnswered(rate, last));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.255, 192.0.3.0",
        "192.0.2.0, 192.0.1.255",
        "1.0.2.1, 129.0.2.1",
        "192.0.2.1, 192.128.2.1",
        "2001:db8:0:ff:ffff:ffff:ffff:ffff, 2001:db8:0:100::",
        "2001:db8::1, a001:db8::1",
        "0:0:0:100::1, 0:1::1",
        "0.192.0.1, 0:0:c0::1",
        "192.0.2.1, 0:0:c000:200::1",
        "192.0.2.1, 0:4:c000:200::1",
        "192.0.2.1, c000:200::1",
        "192.0.2.1, 2002:c000:201::1",
    })
    void networksHaveSeparateRates(String one, String other) {
        AnswerRateLimiter rate = rate(2);
        assertGets(2, rate, one);
        assertGets(2, rate, other);
        assertGets(0, rate, one);
    }

    @Test
    void portsShareTheRate() {
        AnswerRateLimiter rate = rate(2);
        assertEquals(Optional.empty(), refusal(rate, address("192.0.2.1", 1024)));
        assertEquals(Optional.empty(), refusal(rate, address("192.0.2.1", 65_535)));
        assertEquals(Optional.of(RefusalReason.RATE), refusal(rate, address("192.0.2.1", 5000)));
    }

    @Test
    void otherNetworksDoNotRestoreTheRate() {
        AnswerRateLimiter rate = rate(1);
        assertGets(1, rate, network(0));
        for (int i = 1; i < 65_536; i++) {
            isAnswered(rate, network(i));
        }
        assertGets(0, rate, network(0));
    }

    /** Some share a bucket by chance: about 725 of 10,000. */
    @Test
    void fewNetworksShareABucket() {
        AnswerRateLimiter rate = rate(1);
        int answered = 0;
        for (int i = 0; i < 10_000; i++) {
            answered += isAnswered(rate, network(i)) ? 1 : 0;
        }
        assertTrue(answered > 9000, answered + " of 10,000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "127.255.255.254", "::1"})
    void loopbackIsLimitedOnlyIfConfigured(String host) {
        AnswerRateLimiter sparing = new AnswerRateLimiter(1, false, () -> nowNanos, SALT);
        for (int i = 0; i < 3 * MAX_ECHOES; i++) {
            assertTrue(isAnswered(sparing, host));
        }
        assertGets(1, sparing, "192.0.2.1");
        AnswerRateLimiter limiting = new AnswerRateLimiter(1, true, () -> nowNanos, SALT);
        assertGets(1, limiting, host);
        assertGets(1, limiting, "192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "192.0.2.1", "2001:db8::1"})
    void breaksLoopsOnTheLoopback(String host) {
        AnswerRateLimiter rate = rate(MAX_ECHOES + 2);
        InetSocketAddress peer = address(host, 5000);
        for (int i = 0; i < MAX_ECHOES; i++) {
            assertEquals(Optional.empty(), rate.refusal(peer, QUESTION, QUESTION));
        }
        assertEquals(Optional.of(RefusalReason.LOOP), rate.refusal(peer, QUESTION, QUESTION));
        assertEquals(Optional.empty(), refusal(rate, peer));
        assertEquals(Optional.empty(), refusal(rate, peer));
        boolean isSpared = peer.getAddress().isLoopbackAddress();
        assertEquals(
                isSpared ? Optional.empty() : Optional.of(RefusalReason.RATE), refusal(rate, peer));
    }

    @Test
    void breaksLoopsOfNetworksSeparately() {
        AnswerRateLimiter rate = rate(3 * MAX_ECHOES);
        InetSocketAddress one = address("192.0.2.1", 5000);
        InetSocketAddress other = address("2001:db8::1", 5000);
        for (int i = 0; i < MAX_ECHOES; i++) {
            assertEquals(Optional.empty(), rate.refusal(one, QUESTION, QUESTION));
            assertEquals(Optional.empty(), rate.refusal(other, QUESTION, QUESTION));
        }
        assertEquals(Optional.of(RefusalReason.LOOP), rate.refusal(one, QUESTION, QUESTION));
        assertEquals(Optional.of(RefusalReason.LOOP), rate.refusal(other, QUESTION, QUESTION));
    }

    /** Checks that an address gets a number of answers, and then is refused. */
    private static void assertGets(int answers, AnswerRateLimiter rate, String host) {
        InetSocketAddress peer = address(host, 5000);
        for (int i = 0; i < answers; i++) {
            assertEquals(Optional.empty(), refusal(rate, peer), host + " answer " + i);
        }
        assertEquals(Optional.of(RefusalReason.RATE), refusal(rate, peer), host);
        assertEquals(Optional.of(RefusalReason.RATE), refusal(rate, peer), host);
    }

    private static boolean isAnswered(AnswerRateLimiter rate, String host) {
        return refusal(rate, address(host, 5000)).isEmpty();
    }

    private static Optional<RefusalReason> refusal(AnswerRateLimiter rate, InetSocketAddress peer) {
        return rate.refusal(peer, QUESTION, ANSWER);
    }

    private static String network(int i) {
        return "10." + i / 256 + "." + i % 256 + ".1";
    }

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }
}
