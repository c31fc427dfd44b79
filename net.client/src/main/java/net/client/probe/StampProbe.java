package net.client.probe;

import net.protocol.NtpTimestamp;
import net.protocol.StampReply;
import net.protocol.StampRequest;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A STAMP test packet in unauthenticated mode (RFC 8762, section 4.2.1). Its time, which the answer
 * repeats, serves as the token of the run.
 */
public final class StampProbe implements Probe {
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();
    private final ByteBuffer packet;
    private long last;

    public StampProbe(int bytes) {
        this.packet = PlainProbe.direct(bytes);
    }

    /**
     * Returns the time of day at a time of the monotonic clock, whatever has been set meanwhile.
     */
    public Instant time(long nanos) {
        return start.plusNanos(nanos - startNanos);
    }

    @Override
    public ByteBuffer question(long sequence, long nowNanos) {
        last = Math.max(last, sequence);
        packet.clear();
        request(sequence, nowNanos).writeTo(packet);
        return packet.rewind();
    }

    private StampRequest request(long sequence, long nanos) {
        return new StampRequest(
                sequence & StampRequest.MAX_SEQUENCE,
                NtpTimestamp.of(time(nanos)),
                StampRequest.UNSYNCHRONISED);
    }

    @Override
    public long sequence(ByteBuffer answer) {
        if (answer.remaining() < StampRequest.MIN_BYTES) {
            return UNKNOWN;
        }
        // The packet has the lower 32 bits: the latest sequence that ends with them.
        return last - (last - reply(answer).request().sequence() & StampRequest.MAX_SEQUENCE);
    }

    @Override
    public boolean isIntact(ByteBuffer answer, long sequence, long sentNanos) {
        return answer.remaining() == packet.capacity()
                && reply(answer).request().equals(request(sequence, sentNanos));
    }

    /** Returns the fields of an answer that has them. */
    public static StampReply reply(ByteBuffer answer) {
        return StampReply.from(answer.duplicate());
    }
}
