package net.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

class StampReplyTest {
    private static final NtpTimestamp SENT = new NtpTimestamp(0x83AA_7E80_4000_0001L);
    private static final NtpTimestamp RECEIVED = new NtpTimestamp(0x83AA_7E80_5000_0002L);
    private static final NtpTimestamp ANSWERED = new NtpTimestamp(0x83AA_7E80_6000_0003L);
    private static final StampRequest REQUEST = new StampRequest(0x01020304, SENT, 0x8c01);

    /** RFC 8762, section 4.3.1, written out by hand. */
    private static final byte[] PACKET =
            HexFormat.of()
                    .parseHex(
                            "a1a2a3a4" // sequence number
                                    + "83aa7e8060000003" // timestamp
                                    + "0c01" // error estimate
                                    + "0000" // MBZ
                                    + "83aa7e8050000002" // receive timestamp
                                    + "01020304" // Session-Sender sequence number
                                    + "83aa7e8040000001" // Session-Sender timestamp
                                    + "8c01" // Session-Sender error estimate
                                    + "0000" // MBZ
                                    + "ff" // Session-Sender TTL
                                    + "000000"); // MBZ

    private final StampReply reply =
            new StampReply(0xA1A2_A3A4L, ANSWERED, 0x0c01, RECEIVED, REQUEST, 255);

    @Test
    void replyIsAsLongAsRequest() {
        assertEquals(StampRequest.MIN_BYTES, PACKET.length);
    }

    @Test
    void writesFieldsOfTheRfc() {
        byte[] written = new byte[46];
        Arrays.fill(written, (byte) -1);
        ByteBuffer buffer = ByteBuffer.wrap(written, 1, 44);
        reply.writeTo(buffer);
        assertArrayEquals(PACKET, Arrays.copyOfRange(written, 1, 45));
        assertEquals(-1, written[0]);
        assertEquals(-1, written[45]);
        assertEquals(45, buffer.position());
    }

    @Test
    void readsFieldsOfTheRfc() {
        ByteBuffer buffer = ByteBuffer.wrap(PACKET);
        assertEquals(reply, StampReply.from(buffer));
        assertEquals(44, buffer.position());
    }

    @Test
    void readLeavesBytesAfterPacket() {
        ByteBuffer buffer = ByteBuffer.wrap(Arrays.copyOf(PACKET, 1500));
        assertEquals(reply, StampReply.from(buffer));
        assertEquals(1456, buffer.remaining());
    }

    /** MBZ fields are ignored on receipt: RFC 8762, section 4.3.1. */
    @Test
    void readIgnoresMustBeZeroFields() {
        byte[] packet = PACKET.clone();
        for (int mbz : new int[] {14, 15, 38, 39, 41, 42, 43}) {
            packet[mbz] = -1;
        }
        assertEquals(reply, StampReply.from(ByteBuffer.wrap(packet)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 43})
    void rejectsShorterPacket(int length) {
        ByteBuffer packet = ByteBuffer.wrap(PACKET, 0, length);
        assertThrows(BufferUnderflowException.class, () -> StampReply.from(packet));
        assertEquals(0, packet.position());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 43})
    void rejectsShorterBuffer(int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        assertThrows(BufferOverflowException.class, () -> reply.writeTo(buffer));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL})
    void sequenceIsUnsigned(long sequence) {
        assertComesBack(new StampReply(sequence, ANSWERED, 0, RECEIVED, REQUEST, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0x7FFF, 0x8000, 0xFFFF})
    void errorEstimateIsUnsigned(int errorEstimate) {
        assertComesBack(new StampReply(0, ANSWERED, errorEstimate, RECEIVED, REQUEST, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255})
    void senderTtlIsUnsigned(int senderTtl) {
        assertComesBack(new StampReply(0, ANSWERED, 0, RECEIVED, REQUEST, senderTtl));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x1_0000_0000L})
    void rejectsSequenceOutOfRange(long sequence) {
        assertRejected(
                "sequence must be from 0 to 4294967295: " + sequence,
                () -> new StampReply(sequence, ANSWERED, 0, RECEIVED, REQUEST, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void rejectsErrorEstimateOutOfRange(int errorEstimate) {
        assertRejected(
                "errorEstimate must be from 0 to 65535: " + errorEstimate,
                () -> new StampReply(0, ANSWERED, errorEstimate, RECEIVED, REQUEST, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void rejectsSenderTtlOutOfRange(int senderTtl) {
        assertRejected(
                "senderTtl must be from 0 to 255: " + senderTtl,
                () -> new StampReply(0, ANSWERED, 0, RECEIVED, REQUEST, senderTtl));
    }

    @Test
    void rejectsNull() {
        assertThrows(
                NullPointerException.class, () -> new StampReply(0, null, 0, RECEIVED, REQUEST, 0));
        assertThrows(
                NullPointerException.class, () -> new StampReply(0, ANSWERED, 0, null, REQUEST, 0));
        assertThrows(
                NullPointerException.class,
                () -> new StampReply(0, ANSWERED, 0, RECEIVED, null, 0));
    }

    private static void assertComesBack(StampReply reply) {
        ByteBuffer packet = ByteBuffer.allocate(44);
        reply.writeTo(packet);
        assertEquals(reply, StampReply.from(packet.flip()));
    }

    private static void assertRejected(String message, Runnable creation) {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, creation::run);
        assertEquals(message, thrown.getMessage());
    }
}
