package net.client.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Instant;

/** Compares packets with the layouts of RFC 8762, sections 4.2.1 and 4.3.1. */
class StampProbeTest {
    private static final long FROM_1900_TO_1970 = (70 * 365 + 17) * 86_400L;

    private static ByteBuffer copy(ByteBuffer packet) {
        return ByteBuffer.allocate(packet.remaining()).put(packet).flip();
    }

    /** Builds a reply: the sender's fields, and arbitrary fields of the reflector. */
    private static ByteBuffer reflected(ByteBuffer request) {
        ByteBuffer answer = ByteBuffer.allocate(request.remaining());
        for (int i = 0; i < answer.capacity(); i++) {
            answer.put(i, (byte) 0x55);
        }
        for (int i = 0; i < 14; i++) {
            answer.put(24 + i, request.get(i));
        }
        return answer;
    }

    @ParameterizedTest
    @ValueSource(ints = {44, 45, 1000})
    void requestHasConfiguredSize(int size) {
        assertEquals(size, new StampProbe(size).request(0, System.nanoTime()).remaining());
    }

    @Test
    void requestHasSequenceTimestampErrorAndZeros() {
        StampProbe probe = new StampProbe(48);
        long nowNanos = System.nanoTime();
        ByteBuffer request = copy(probe.request(0x0102_0304L, nowNanos));
        Instant time = probe.time(nowNanos);
        assertEquals(0x0102_0304, request.getInt(0));
        assertEquals((int) (time.getEpochSecond() + FROM_1900_TO_1970), request.getInt(4));
        double fraction = Integer.toUnsignedLong(request.getInt(8)) / 4294967296.0;
        assertEquals(time.getNano() / 1e9, fraction, 1e-9);
        // Not synchronized, NTP format, scale 12, multiplier 1.
        assertEquals(0x0c01, request.getShort(12));
        for (int i = 14; i < 48; i++) {
            assertEquals(0, request.get(i));
        }
    }

    @Test
    void timeFollowsMonotonicClock() {
        StampProbe probe = new StampProbe(44);
        long nowNanos = System.nanoTime();
        Instant now = probe.time(nowNanos);
        assertEquals(now.plusNanos(1_500_000_000), probe.time(nowNanos + 1_500_000_000));
        assertEquals(now.minusNanos(1), probe.time(nowNanos - 1));
    }

    @Test
    void readsSequenceOfIntactAnswer() {
        StampProbe probe = new StampProbe(44);
        ByteBuffer answer = reflected(probe.request(7, 1000));
        probe.request(8, 2000);
        assertEquals(7, probe.sequence(answer));
        assertTrue(probe.isIntact(answer, 7, 1000));
        assertEquals(44, answer.remaining());
    }

    /** The packet has only the lower 32 bits. */
    @Test
    void sequencesGoOnPast32Bits() {
        StampProbe probe = new StampProbe(44);
        long wrap = 1L << 32;
        ByteBuffer before = reflected(probe.request(wrap - 1, 1));
        ByteBuffer zero = reflected(probe.request(wrap, 2));
        ByteBuffer five = reflected(probe.request(wrap + 5, 3));
        assertEquals(-1, before.getInt(24));
        assertEquals(0, zero.getInt(24));
        assertEquals(wrap - 1, probe.sequence(before));
        assertEquals(wrap, probe.sequence(zero));
        assertEquals(wrap + 5, probe.sequence(five));
        assertTrue(probe.isIntact(five, wrap + 5, 3));
    }

    @Test
    void unsentSequenceIsNegative() {
        StampProbe probe = new StampProbe(44);
        ByteBuffer answer = reflected(probe.request(3, 1));
        answer.putInt(24, 4);
        assertTrue(probe.sequence(answer) < 0);
    }

    @Test
    void packetOf43BytesHasNoSequence() {
        StampProbe probe = new StampProbe(44);
        ByteBuffer answer = reflected(probe.request(0, 1));
        assertEquals(Probe.UNKNOWN, probe.sequence(answer.slice(0, 43)));
    }

    /** Sequence, time and error estimate of the sender. */
    @ParameterizedTest
    @ValueSource(ints = {24, 27, 28, 35, 36, 37})
    void answerWithOtherFieldsIsNotIntact(int at) {
        StampProbe probe = new StampProbe(44);
        ByteBuffer answer = reflected(probe.request(2, 1000));
        answer.put(at, (byte) (answer.get(at) ^ 1));
        assertFalse(probe.isIntact(answer, 2, 1000));
    }

    @Test
    void answerOfAnotherLengthIsNotIntact() {
        StampProbe probe = new StampProbe(50);
        ByteBuffer answer = reflected(probe.request(2, 1000));
        assertTrue(probe.isIntact(answer, 2, 1000));
        assertFalse(probe.isIntact(answer.slice(0, 49), 2, 1000));
        ByteBuffer longer = ByteBuffer.allocate(51).put(answer).rewind();
        assertFalse(probe.isIntact(longer, 2, 1000));
    }
}
