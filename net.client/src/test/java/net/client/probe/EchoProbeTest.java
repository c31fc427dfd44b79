package net.client.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

class EchoProbeTest {
    private static final long TOKEN = 0x8182_8384_8586_8788L;

    private final EchoProbe probe =
            new EchoProbe(TOKEN, ByteBuffer.wrap("hi".getBytes(StandardCharsets.UTF_8)));

    private byte[] request(long sequence) {
        ByteBuffer request = probe.request(sequence, 0);
        byte[] bytes = new byte[request.remaining()];
        request.get(bytes);
        return bytes;
    }

    @Test
    void requestIsTokenSequenceAndPayloadBigEndian() {
        byte[] expected = {
            (byte) 0x81,
            (byte) 0x82,
            (byte) 0x83,
            (byte) 0x84,
            (byte) 0x85,
            (byte) 0x86,
            (byte) 0x87,
            (byte) 0x88,
            0x01,
            0x02,
            0x03,
            0x04,
            0x05,
            0x06,
            0x07,
            0x08,
            'h',
            'i'
        };
        assertArrayEquals(expected, request(0x0102_0304_0506_0708L));
    }

    @Test
    void readsSequenceOfAnswer() {
        ByteBuffer answer = ByteBuffer.wrap(request(77));
        assertEquals(77, probe.sequence(answer));
        assertEquals(18, answer.remaining());
        assertTrue(probe.isIntact(answer, 77, 0));
    }

    /** Independent of later requests, and of the position in the buffer. */
    @Test
    void readsAnswerFromBufferPosition() {
        ByteBuffer answer = ByteBuffer.allocate(30).position(5).put(request(3));
        answer.limit(answer.position()).position(5);
        request(4);
        assertEquals(3, probe.sequence(answer));
        assertTrue(probe.isIntact(answer, 3, 0));
    }

    @Test
    void answerOfAnotherRunHasNoSequence() {
        byte[] answer = request(1);
        answer[7] ^= 1;
        assertEquals(Probe.UNKNOWN, probe.sequence(ByteBuffer.wrap(answer)));
    }

    @Test
    void headerIsShortestAnswerWithSequence() {
        byte[] answer = request(9);
        assertEquals(9, probe.sequence(ByteBuffer.wrap(answer, 0, 16)));
        assertEquals(Probe.UNKNOWN, probe.sequence(ByteBuffer.wrap(answer, 0, 15)));
        assertEquals(Probe.UNKNOWN, probe.sequence(ByteBuffer.allocate(0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17})
    void changedPayloadIsNotIntact(int at) {
        byte[] answer = request(5);
        answer[at] ^= 0x20;
        assertFalse(probe.isIntact(ByteBuffer.wrap(answer), 5, 0));
    }

    @Test
    void otherLengthIsNotIntact() {
        byte[] answer = request(5);
        assertFalse(probe.isIntact(ByteBuffer.wrap(answer, 0, 17), 5, 0));
        ByteBuffer longer = ByteBuffer.allocate(19).put(answer).rewind();
        assertFalse(probe.isIntact(longer, 5, 0));
    }

    @Test
    void plainAnswerHasSequenceZero() {
        PlainProbe plain = new PlainProbe(ByteBuffer.wrap(new byte[] {1, 2}));
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2}), plain.request(0, 0));
        assertEquals(0, plain.sequence(ByteBuffer.allocate(0)));
        assertTrue(plain.isIntact(ByteBuffer.wrap(new byte[] {1, 2}), 0, 0));
        assertFalse(plain.isIntact(ByteBuffer.wrap(new byte[] {1, 3}), 0, 0));
        assertFalse(plain.isIntact(ByteBuffer.wrap(new byte[] {1}), 0, 0));
        assertEquals(2, plain.request(0, 0).remaining());
    }
}
