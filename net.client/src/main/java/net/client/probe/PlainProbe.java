package net.client.probe;

import java.nio.ByteBuffer;

/** The payload alone: for one exchange, and for those that are not answered. */
public final class PlainProbe implements Probe {
    private final ByteBuffer payload;

    public PlainProbe(ByteBuffer payload) {
        this.payload = direct(payload.remaining()).put(payload).flip();
    }

    /** A buffer outside of the heap: the channel would copy another one each time. */
    static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes);
    }

    @Override
    public ByteBuffer question(long sequence, long nowNanos) {
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
