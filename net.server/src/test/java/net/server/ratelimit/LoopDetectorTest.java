package net.server.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Returned answers. The clock stands still unless a test advances it. */
class LoopDetectorTest {
    private static final int MAX = 400;
    private static final int MAX_REPEATS = 10_000;
    private static final long GAP_NANOS = Duration.ofMillis(100).toNanos();
    private static final InetSocketAddress PEER = address("192.0.2.1", 5000);
    private static final ByteBuffer HELLO = bytes("hello sever!");

    /** Close to the overflow of the clock. */
    private long nowNanos = Long.MAX_VALUE - 1;

    private final LoopDetector detector = new LoopDetector();

    @Test
    void limitsAreAsExpected() {
        assertEquals(MAX, LoopDetector.MAX_ECHOES);
        assertEquals(MAX_REPEATS, LoopDetector.MAX_REPEATS);
    }

    @Test
    void refusesTheLastEcho() {
        assertFalse(echo(PEER, HELLO), "the first");
        assertEchoesAreAnswered(MAX - 1);
        assertTrue(echo(PEER, HELLO), "the 400th echo");
    }

    /** At once, or after its time-out. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000_000})
    void clientThatContinuesLosesFewAnswers(long pauseNanos) {
        for (int max : new int[] {MAX, MAX, MAX_REPEATS, MAX_REPEATS}) {
            assertFalse(echo(PEER, HELLO), "the first");
            assertEchoesAreAnswered(max - 1);
            assertTrue(echo(PEER, HELLO), "echo " + max);
            nowNanos += pauseNanos;
        }
    }

    @Test
    void otherAnswerIsRefusedEarlyAgain() {
        for (int i = 0; i < 2 * (MAX + 1); i++) {
            echo(PEER, HELLO);
        }
        nowNanos += GAP_NANOS + 1;
        ByteBuffer other = bytes("other");
        assertFalse(echo(PEER, other));
        for (int i = 0; i < MAX - 1; i++) {
            assertFalse(echo(PEER, other));
        }
        assertTrue(echo(PEER, other));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_507})
    void breaksLoopsOfAnyLength(int length) {
        ByteBuffer payload = ByteBuffer.allocateDirect(length).asReadOnlyBuffer();
        for (int i = 0; i < MAX; i++) {
            assertFalse(echo(PEER, payload));
        }
        assertTrue(echo(PEER, payload));
        assertEquals(0, payload.position());
        assertEquals(length, payload.limit());
    }

    /** Gaps of 100 ms, or one of 1 ns more. */
    @Test
    void gapAbove100MillisecondsRestartsTheCount() {
        assertFalse(echo(PEER, HELLO));
        for (int i = 0; i < MAX - 1; i++) {
            nowNanos += GAP_NANOS;
            assertFalse(echo(PEER, HELLO));
        }
        nowNanos += GAP_NANOS + 1;
        assertFalse(echo(PEER, HELLO), "the first");
        assertEchoesAreAnswered(MAX - 1);
        nowNanos += GAP_NANOS;
        assertTrue(echo(PEER, HELLO));
    }

    @Test
    void slowRepetitionsAreNotRefused() {
        for (int i = 0; i < 5 * MAX; i++) {
            nowNanos += GAP_NANOS + 1;
            assertFalse(echo(PEER, HELLO));
        }
    }

    @Test
    void otherPayloadsAndPeersAreNotEchoes() {
        assertFalse(echo(PEER, HELLO));
        assertEchoesAreAnswered(MAX - 1);
        for (int i = 0; i < 2 * MAX; i++) {
            assertFalse(echo(PEER, bytes("hello server")), "same length");
            assertFalse(echo(PEER, bytes("hello sever")), "shorter");
            assertFalse(echo(PEER, bytes("hello sever!\0")), "longer");
            assertFalse(echo(address("192.0.2.1", 5001), HELLO), "other port");
            assertFalse(echo(address("192.0.2.2", 5000), HELLO), "other address");
        }
        assertTrue(echo(PEER, HELLO), "nor did they end what was watched");
    }

    /** An answer that is not returned is no longer tracked. */
    @Test
    void tracksAnotherAnswerAfterSilence() {
        assertFalse(echo(PEER, bytes("once")));
        nowNanos += GAP_NANOS + 1;
        assertFalse(echo(PEER, HELLO));
        assertEchoesAreAnswered(MAX - 1);
        assertTrue(echo(PEER, HELLO));
    }

    @Test
    void breaksSeveralLoopsOneAfterTheOther() {
        InetSocketAddress other = address("192.0.2.7", 7000);
        for (int i = 0; i < MAX; i++) {
            assertFalse(echo(PEER, HELLO));
            assertFalse(echo(other, HELLO));
        }
        assertTrue(echo(PEER, HELLO));
        for (int i = 0; i < MAX; i++) {
            assertFalse(echo(other, HELLO));
        }
        assertTrue(echo(other, HELLO));
    }

    /** A peer that echoes, while the answers of this server differ. */
    @Test
    void tracksAnswersThatDifferFromTheRequest() {
        ByteBuffer question = number(0);
        for (int i = 0; i < MAX; i++) {
            ByteBuffer answer = number(i + 1);
            assertFalse(detector.addAnswer(PEER, question, answer, nowNanos));
            question = answer;
        }
        assertTrue(detector.addAnswer(PEER, question, number(-1), nowNanos));
    }

    /** A client that repeats its request to a reflector. */
    @Test
    void repeatedRequestIsNoEchoIfTheAnswerDiffers() {
        for (int i = 0; i < 3 * MAX; i++) {
            assertFalse(detector.addAnswer(PEER, HELLO, number(i), nowNanos));
        }
    }

    private void assertEchoesAreAnswered(int count) {
        for (int i = 0; i < count; i++) {
            assertFalse(echo(PEER, HELLO), "echo " + i);
        }
    }

    private boolean echo(InetSocketAddress peer, ByteBuffer payload) {
        return detector.addAnswer(peer, payload, payload, nowNanos);
    }

    private static ByteBuffer number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(0, number);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }
}
