package net.client.probe;

import java.nio.ByteBuffer;

/**
 * Packet layout of the echo service, big-endian:
 *
 * <pre>{@code
 * octets  0  token of the run  8   ; random
 *         8  sequence          8   ; per socket
 *        16  payload
 * }</pre>
 */
public final class EchoProbe implements Probe {
    private static final int SEQUENCE_AT = Long.BYTES;
    private static final int PAYLOAD_AT = 2 * Long.BYTES;

    private final long token;
    private final ByteBuffer packet;

    public EchoProbe(long token, ByteBuffer payload) {
        this.token = token;
        this.packet = PlainProbe.direct(PAYLOAD_AT + payload.remaining());
        packet.putLong(token).putLong(0).put(payload).flip();
    }

    @Override
    public ByteBuffer request(long sequence, long nowNanos) {
        return packet.rewind().putLong(SEQUENCE_AT, sequence);
    }

    @Override
    public long sequence(ByteBuffer answer) {
        boolean isOurs =
                answer.remaining() >= PAYLOAD_AT && answer.getLong(answer.position()) == token;
        return isOurs ? answer.getLong(answer.position() + SEQUENCE_AT) : UNKNOWN;
    }

    @Override
    public boolean isIntact(ByteBuffer answer, long sequence, long sentNanos) {
        return answer.equals(request(sequence, sentNanos));
    }
}
