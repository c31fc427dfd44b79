package net.client.probe;

import net.protocol.NtpTimestamp;
import net.protocol.StampReply;
import net.protocol.StampRequest;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * STAMP test packet in unauthenticated mode (RFC 8762, section 4.2.1). Its timestamp, which the
 * answer repeats, identifies the run.
 */
public final class StampProbe implements Probe {
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();
    private final ByteBuffer packet;
    private long last;

    public StampProbe(int bytes) {
        this.packet = PlainProbe.direct(bytes);
    }

    /** Converts a monotonic time to the time of day, unaffected by later changes of the clock. */
    public Instant time(long nanos) {
        return start.plusNanos(nanos - startNanos);
    }

    @Override
    public ByteBuffer request(long sequence, long nowNanos) {
        last = Math.max(last, sequence);
        packet.clear();
        stampRequest(sequence, nowNanos).writeTo(packet);
        return packet.rewind();
    }

    private StampRequest stampRequest(long sequence, long nanos) {
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
        // The packet carries the lower 32 bits: take the latest sequence that ends with them.
        return last - (last - reply(answer).request().sequence() & StampRequest.MAX_SEQUENCE);
    }

    @Override
    public boolean isIntact(ByteBuffer answer, long sequence, long sentNanos) {
        return answer.remaining() == packet.capacity()
                && reply(answer).request().equals(stampRequest(sequence, sentNanos));
    }

    /** Decodes an answer that is long enough. */
    public static StampReply reply(ByteBuffer answer) {
        return StampReply.from(answer.duplicate());
    }
}
