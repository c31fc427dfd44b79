package net.protocol;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The request of a Session-Sender in unauthenticated mode (RFC 8762, section 4.2.1):
 *
 * <pre>{@code
 * octets  0  sequence number     4
 *         4  timestamp           8
 *        12  error estimate      2
 *        14  zero               30   ; any bytes may follow in longer packets
 * }</pre>
 *
 * @param sequence from 0 to 2^32 - 1
 * @param time time at which it was sent, by the sender's clock
 * @param errorEstimate from 0 to 65535 (RFC 4656, section 4.1.2)
 */
public record StampRequest(long sequence, NtpTimestamp time, int errorEstimate) {
    /** The minimum length of a request and of its reply, and the default. */
    public static final int MIN_BYTES = 44;

    /** The highest sequence number; the next is 0. */
    public static final long MAX_SEQUENCE = StampReply.MAX_UINT32;

    /**
     * Error estimate of a clock in NTP format that is not known to be synchronized and has a
     * resolution of about 1 us: 1 * 2^(12 - 32) s (RFC 4656, section 4.1.2).
     */
    public static final int UNSYNCHRONISED = 12 << 8 | 1;

    /**
     * Creates a request.
     *
     * @throws IllegalArgumentException if a field does not fit the packet
     */
    public StampRequest {
        StampReply.requireUnsigned("sequence", sequence, StampReply.MAX_UINT32);
        Objects.requireNonNull(time, "time");
        StampReply.requireUnsigned("errorEstimate", errorEstimate, StampReply.MAX_UINT16);
    }

    /**
     * Reads a request.
     *
     * @param packet big-endian, positioned at its start; this consumes {@value #MIN_BYTES} bytes
     * @return the request
     * @throws BufferUnderflowException if fewer bytes remain
     */
    public static StampRequest from(ByteBuffer packet) {
        if (packet.remaining() < MIN_BYTES) {
            throw new BufferUnderflowException();
        }
        int start = packet.position();
        StampRequest request =
                new StampRequest(
                        Integer.toUnsignedLong(packet.getInt()),
                        new NtpTimestamp(packet.getLong()),
                        Short.toUnsignedInt(packet.getShort()));
        packet.position(start + MIN_BYTES);
        return request;
    }

    /**
     * Writes the {@value #MIN_BYTES} bytes of the request.
     *
     * @param packet big-endian
     * @throws java.nio.BufferOverflowException if fewer bytes remain
     */
    public void writeTo(ByteBuffer packet) {
        packet.putInt((int) sequence)
                .putLong(time.bits())
                .putShort((short) errorEstimate)
                .put(new byte[MIN_BYTES - Integer.BYTES - Long.BYTES - Short.BYTES]);
    }
}
