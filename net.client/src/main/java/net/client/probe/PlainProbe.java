package net.client.probe;

import java.nio.ByteBuffer;

/** Packet with only the payload, for single exchanges and services without answers. */
public final class PlainProbe implements Probe {
    private final ByteBuffer payload;

    public PlainProbe(ByteBuffer payload) {
        this.payload = direct(payload.remaining()).put(payload).flip();
    }

    /** Allocates a direct buffer, which channels need not copy. */
    static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes);
    }

    @Override
    public ByteBuffer request(long sequence, long nowNanos) {
        return payload.rewind();
    }

    @Override
    public long sequence(ByteBuffer answer) {
        return 0;
    }

    @Override
    public boolean isIntact(ByteBuffer answer, long sequence, long sentNanos) {
        return answer.equals(payload.rewind());
    }
}
