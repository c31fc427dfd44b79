package net.protocol;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The reply of a Session-Reflector in unauthenticated mode (RFC 8762, section 4.3.1):
 *
 * <pre>{@code
 * octets  0  sequence number                 4
 *         4  timestamp                       8
 *        12  error estimate                  2
 *        14  zero                            2
 *        16  receive timestamp               8
 *        24  Session-Sender sequence number  4
 *        28  Session-Sender timestamp        8
 *        36  Session-Sender error estimate   2
 *        38  zero                            2
 *        40  Session-Sender TTL              1
 *        41  zero                            3   ; longer packets repeat the rest of the request
 * }</pre>
 *
 * @param sequence the reflector's own count, from 0 to 2^32 - 1
 * @param time time at which the reply was sent, by the reflector's clock
 * @param errorEstimate of the reflector, from 0 to 65535 (RFC 4656, section 4.1.2)
 * @param receiveTime time at which the request was received, by the reflector's clock
 * @param request fields of the request, repeated in the reply
 * @param senderTtl the time to live of the received request, from 0 to 255; 0 if the reflector does
 *     not know it
 */
public record StampReply(
        long sequence,
        NtpTimestamp time,
        int errorEstimate,
        NtpTimestamp receiveTime,
        StampRequest request,
        int senderTtl) {

    static final long MAX_UINT32 = 0xFFFF_FFFFL;
    static final int MAX_UINT16 = 0xFFFF;
    private static final int MAX_UINT8 = 0xFF;

    /**
     * Creates a reply.
     *
     * @throws IllegalArgumentException if a field does not fit the packet
     */
    public StampReply {
        requireUnsigned("sequence", sequence, MAX_UINT32);
        Objects.requireNonNull(time, "time");
        requireUnsigned("errorEstimate", errorEstimate, MAX_UINT16);
        Objects.requireNonNull(receiveTime, "receiveTime");
        Objects.requireNonNull(request, "request");
        requireUnsigned("senderTtl", senderTtl, MAX_UINT8);
    }

    static void requireUnsigned(String name, long value, long max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + " must be from 0 to " + max + ": " + value);
        }
    }

    /**
     * Reads a reply.
     *
     * @param packet big-endian, positioned at its start; this consumes {@value
     *     StampRequest#MIN_BYTES} bytes
     * @return the reply
     * @throws BufferUnderflowException if fewer bytes remain
     */
    public static StampReply from(ByteBuffer packet) {
        if (packet.remaining() < StampRequest.MIN_BYTES) {
            throw new BufferUnderflowException();
        }
        long sequence = Integer.toUnsignedLong(packet.getInt());
        NtpTimestamp time = new NtpTimestamp(packet.getLong());
        int errorEstimate = Short.toUnsignedInt(packet.getShort());
        packet.getShort();
        NtpTimestamp receiveTime = new NtpTimestamp(packet.getLong());
        StampRequest request =
                new StampRequest(
                        Integer.toUnsignedLong(packet.getInt()),
                        new NtpTimestamp(packet.getLong()),
                        Short.toUnsignedInt(packet.getShort()));
        packet.getShort();
        // The TTL and the zero octets after it.
        int senderTtl = packet.getInt() >>> 24;
        return new StampReply(sequence, time, errorEstimate, receiveTime, request, senderTtl);
    }

    /**
     * Writes the {@value StampRequest#MIN_BYTES} bytes of the reply.
     *
     * @param packet big-endian
     * @throws java.nio.BufferOverflowException if fewer bytes remain
     */
    public void writeTo(ByteBuffer packet) {
        packet.putInt((int) sequence).putLong(time.bits()).putShort((short) errorEstimate);
        packet.putShort((short) 0);
        packet.putLong(receiveTime.bits());
        packet.putInt((int) request.sequence())
                .putLong(request.time().bits())
                .putShort((short) request.errorEstimate());
        packet.putShort((short) 0);
        packet.putInt(senderTtl << 24);
    }
}
