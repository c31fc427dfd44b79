package net.client.probe;

import java.nio.ByteBuffer;

/**
 * Packet with only the payload, to which any datagram is an answer. Each request must have its own
 * socket, so that the answer cannot be that to an earlier one.
 */
public final class AnyAnswerProbe implements Probe {
    private final PlainProbe packet;
    private long last = UNKNOWN;

    public AnyAnswerProbe(ByteBuffer payload) {
        this.packet = new PlainProbe(payload);
    }

    @Override
    public ByteBuffer request(long sequence, long nowNanos) {
        last = sequence;
        return packet.request(sequence, nowNanos);
    }

    @Override
    public long sequence(ByteBuffer answer) {
        return last;
    }

    @Override
    public boolean isIntact(ByteBuffer answer, long sequence, long sentNanos) {
        return true;
    }
}
