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

class StampRequestTest {
    private static final NtpTimestamp TIME = new NtpTimestamp(0x83AA_7E80_4000_0001L);

    /** RFC 8762, section 4.2.1, written out by hand. */
    private static final byte[] PACKET =
            HexFormat.of()
                    .parseHex(
                            "01020304" // sequence number
                                    + "83aa7e8040000001" // timestamp
                                    + "8c01" // error estimate
                                    + "000000000000000000000000000000" // MBZ, 30 octets
                                    + "000000000000000000000000000000");

    private final StampRequest request = new StampRequest(0x01020304, TIME, 0x8c01);

    @Test
    void requestHas44Octets() {
        assertEquals(44, StampRequest.MIN_BYTES);
        assertEquals(44, PACKET.length);
    }

    @Test
    void writesFieldsOfTheRfc() {
        byte[] written = new byte[44];
        ByteBuffer buffer = ByteBuffer.wrap(written);
        request.writeTo(buffer);
        assertArrayEquals(PACKET, written);
        assertEquals(44, buffer.position());
    }

    @Test
    void writesZeroesInMustBeZeroFields() {
        byte[] written = new byte[46];
        Arrays.fill(written, (byte) -1);
        request.writeTo(ByteBuffer.wrap(written, 1, 44));
        assertArrayEquals(PACKET, Arrays.copyOfRange(written, 1, 45));
        assertEquals(-1, written[0]);
        assertEquals(-1, written[45]);
    }

    @Test
    void readsFieldsOfTheRfc() {
        ByteBuffer buffer = ByteBuffer.wrap(PACKET);
        assertEquals(request, StampRequest.from(buffer));
        assertEquals(44, buffer.position());
    }

    @Test
    void readLeavesBytesAfterPacket() {
        ByteBuffer buffer = ByteBuffer.allocate(50).put(new byte[3]).put(PACKET).flip().position(3);
        buffer.limit(50);
        assertEquals(request, StampRequest.from(buffer));
        assertEquals(47, buffer.position());
        assertEquals(3, buffer.remaining());
    }

    /** MBZ fields are ignored on receipt: RFC 8762, section 4.2.1. */
    @Test
    void readIgnoresMustBeZeroFields() {
        byte[] packet = PACKET.clone();
        Arrays.fill(packet, 14, 44, (byte) -1);
        assertEquals(request, StampRequest.from(ByteBuffer.wrap(packet)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 43})
    void rejectsShorterPacket(int length) {
        ByteBuffer packet = ByteBuffer.wrap(PACKET, 0, length);
        assertThrows(BufferUnderflowException.class, () -> StampRequest.from(packet));
        assertEquals(0, packet.position());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 43})
    void rejectsShorterBuffer(int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        assertThrows(BufferOverflowException.class, () -> request.writeTo(buffer));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL})
    void sequenceIsUnsigned(long sequence) {
        assertComesBack(new StampRequest(sequence, TIME, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0x7FFF, 0x8000, 0xFFFF})
    void errorEstimateIsUnsigned(int errorEstimate) {
        assertComesBack(new StampRequest(0, TIME, errorEstimate));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x1_0000_0000L})
    void rejectsSequenceOutOfRange(long sequence) {
        IllegalArgumentException thrown =
                assertThrows(
                        IllegalArgumentException.class, () -> new StampRequest(sequence, TIME, 0));
        assertEquals("sequence must be from 0 to 4294967295: " + sequence, thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void rejectsErrorEstimateOutOfRange(int errorEstimate) {
        IllegalArgumentException thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new StampRequest(0, TIME, errorEstimate));
        assertEquals(
                "errorEstimate must be from 0 to 65535: " + errorEstimate, thrown.getMessage());
    }

    @Test
    void rejectsNull() {
        assertThrows(NullPointerException.class, () -> new StampRequest(0, null, 0));
    }

    private static void assertComesBack(StampRequest request) {
        ByteBuffer packet = ByteBuffer.allocate(44);
        request.writeTo(packet);
        assertEquals(request, StampRequest.from(packet.flip()));
    }
}
