package net.server.service;

import net.protocol.NtpTimestamp;
import net.protocol.StampReply;
import net.protocol.StampRequest;
import net.protocol.internal.Sockets;

import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A stateful STAMP Session-Reflector in unauthenticated mode (RFC 8762, section 4.3.1). It numbers
 * the replies to each sender, so that the sender can attribute loss to a direction. Not
 * thread-safe.
 */
public final class StampReflector {
    /** Maximum number of sessions. Senders beyond it are answered in stateless mode. */
    static final int MAX_SESSIONS = 10_000;

    /** Time without packets after which a session may be dropped for a new one. */
    private static final long IN_USE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** REFWAIT of RFC 5357, section 4.2: age at which the numbering of a sender restarts. */
    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(900);

    /** Age above which a reflected reply is not treated as a loop. */
    private static final Duration MAX_LOOP = Duration.ofSeconds(10);

    /** The JDK does not provide the TTL of received datagrams. */
    private static final int UNKNOWN_TTL = 0;

    /** Numbering of the replies to one sender. */
    private static final class SenderState {
        /** Sequence number of the next reply. */
        private int next;

        /** Time of the last packet. */
        private long activeNanos;
    }

    /** In access order. */
    private final LinkedHashMap<InetSocketAddress, SenderState> sessions =
            new LinkedHashMap<>(16, 0.75f, true);

    private final LongSupplier nanoTime;
    private final ByteBuffer reply = ByteBuffer.allocateDirect(Sockets.DATAGRAM_BUFFER_BYTES);

    /** Creates a reflector without sessions. */
    public StampReflector() {
        this(System::nanoTime);
    }

    StampReflector(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Returns the reply to a packet.
     *
     * @return a buffer that is valid until the next call
     * @throws ProtocolException if the packet is too short, or comes from another reflector
     */
    public ByteBuffer reflect(InetSocketAddress peer, Instant receiveTime, ByteBuffer packet)
            throws ProtocolException {
        if (packet.remaining() < StampRequest.MIN_BYTES) {
            throw new ProtocolException("STAMP packet of " + packet.remaining() + " bytes");
        }
        if (isReply(packet.duplicate(), receiveTime)) {
            throw new ProtocolException("STAMP packet of another reflector");
        }
        StampRequest request = StampRequest.from(packet);
        long sequence = sequence(peer, request);
        reply.clear();
        new StampReply(
                        sequence,
                        NtpTimestamp.of(Instant.now()),
                        StampRequest.UNSYNCHRONISED,
                        NtpTimestamp.of(receiveTime),
                        request,
                        UNKNOWN_TTL)
                .writeTo(reply);
        return reply.put(packet).flip();
    }

    /**
     * Returns whether a packet is a recent reply of another reflector to a reply of this one, which
     * would loop forever. A reflector copies the received timestamp into a field in which a sender
     * has zeros or noise.
     */
    private static boolean isReply(ByteBuffer packet, Instant now) {
        Instant copied = StampReply.from(packet).request().time().instant();
        return !copied.isAfter(now) && copied.plus(MAX_LOOP).isAfter(now);
    }

    /**
     * Returns the sequence number of the reply. While all sessions are in use, a new sender gets
     * its own number, as in stateless mode: no session is dropped for others in the middle of a
     * measurement, and the memory is bounded although sender addresses may be forged.
     */
    private long sequence(InetSocketAddress peer, StampRequest request) {
        long now = nanoTime.getAsLong();
        SenderState state = sessions.get(peer);
        if (state == null) {
            if (sessions.size() == MAX_SESSIONS) {
                if (now - sessions.firstEntry().getValue().activeNanos <= IN_USE_NANOS) {
                    return request.sequence();
                }
                sessions.pollFirstEntry();
            }
            state = new SenderState();
            sessions.put(peer, state);
        } else if (now - state.activeNanos > MAX_AGE_NANOS) {
            state.next = 0;
        }
        state.activeNanos = now;
        return Integer.toUnsignedLong(state.next++);
    }
}
