package net.server;

import net.protocol.NtpTimestamp;
import net.protocol.StampReply;
import net.protocol.StampRequest;
import net.server.ratelimit.LruCache;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Reflects test packets with times and a count of its own for each sender, so that loss on the way
 * there and on the way back can be told apart: a stateful Session-Reflector in unauthenticated mode
 * (RFC 8762, section 4.3.1).
 */
final class StampService implements UdpService {
    /** The most senders whose count is kept; the one longest silent goes first. */
    static final int MAX_SESSIONS = 10_000;

    /** How long a silent sender's count is kept: REFWAIT of RFC 5357, section 4.2. */
    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(900);

    /** An answer of ours that takes longer to come back is none that harms. */
    private static final Duration MAX_LOOP = Duration.ofSeconds(10);

    /** The JDK does not tell with which one a datagram came. */
    private static final int UNKNOWN_TTL = 0;

    /** The next number for a sender, and when it last sent. */
    private static final class Session {
        private int next;
        private long activeNanos;
    }

    private final LruCache<InetSocketAddress, Session> sessions =
            new LruCache<>(MAX_SESSIONS, any -> new Session());

    private final LongSupplier nanoTime;
    private final ByteBuffer reply = ByteBuffer.allocateDirect(UdpServer.MAX_DATAGRAM_BYTES);

    StampService() {
        this(System::nanoTime);
    }

    /** Takes the age of counts from a clock. */
    StampService(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void serve(Datagram datagram) throws IOException {
        ByteBuffer packet = datagram.payload();
        if (packet.remaining() < StampRequest.MIN_BYTES) {
            throw new ProtocolException("STAMP packet of " + packet.remaining() + " bytes");
        }
        if (isReflected(packet.duplicate(), datagram.time())) {
            throw new ProtocolException("STAMP packet of another reflector");
        }
        StampRequest request = StampRequest.from(packet);
        long sequence = Integer.toUnsignedLong(session(datagram.peer()).next++);
        reply.clear();
        new StampReply(
                        sequence,
                        NtpTimestamp.of(Instant.now()),
                        StampRequest.UNSYNCHRONISED,
                        NtpTimestamp.of(datagram.time()),
                        request,
                        UNKNOWN_TTL)
                .writeTo(reply);
        datagram.answer(reply.put(packet).flip());
    }

    /**
     * Tells whether a packet is an answer to one of ours, which would go to and fro for ever: where
     * a reflector repeats our time, a sender has zeros, or noise at most.
     */
    private static boolean isReflected(ByteBuffer packet, Instant now) {
        Instant repeated = StampReply.from(packet).request().time().instant();
        return !repeated.isAfter(now) && repeated.plus(MAX_LOOP).isAfter(now);
    }

    private Session session(InetSocketAddress peer) {
        long now = nanoTime.getAsLong();
        Session session = sessions.get(peer);
        if (now - session.activeNanos > MAX_AGE_NANOS) {
            session.next = 0;
        }
        session.activeNanos = now;
        return session;
    }
}
