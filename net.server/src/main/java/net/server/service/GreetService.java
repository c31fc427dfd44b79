package net.server.service;

import net.protocol.Message;
import net.protocol.Protocol;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * {@link net.protocol.Service#GREET}: sends a greeting and receives one message. The message ends
 * at the peer's FIN, or when bytes have arrived and no more follow for the message gap. The first
 * {@value net.protocol.Protocol#MAX_MESSAGE_BYTES} bytes are kept; a peer that sends more than
 * {@value #MAX_SURPLUS_BYTES} bytes beyond them is reset. A peer that sends nothing is not an
 * error. Bytes that arrived before a reset are recorded, though the sender gets no receipt.
 */
public record GreetService(Duration messageGap) implements NonBlockingService {
    /** Number of bytes beyond a message that are dropped before the peer is reset. */
    public static final int MAX_SURPLUS_BYTES = 64 * 1024;

    private static final int READ_BYTES = 8 * 1024;
    private static final ByteBuffer GREETING = greeting();

    private static ByteBuffer greeting() {
        byte[] bytes = Protocol.SERVER_GREETING.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
    }

    @Override
    public ProtocolHandler newHandler(MessageSink sink) {
        return new GreetHandler(sink);
    }

    @Override
    public int readLimit() {
        return READ_BYTES;
    }

    private static final class GreetHandler implements ProtocolHandler {
        private static final byte[] NONE = {};

        private final MessageSink sink;
        private boolean hasGreeted;

        /** The message so far, truncated. */
        private byte[] kept = NONE;

        private long received;

        GreetHandler(MessageSink sink) {
            this.sink = sink;
        }

        @Override
        public ByteBuffer nextWrite() {
            if (hasGreeted) {
                return NOTHING;
            }
            hasGreeted = true;
            return GREETING.duplicate();
        }

        @Override
        public ByteBuffer onBytes(ByteBuffer bytes) throws IOException {
            received += bytes.remaining();
            keep(bytes);
            if (received > Protocol.MAX_MESSAGE_BYTES + MAX_SURPLUS_BYTES) {
                throw new ProtocolException("message exceeds the limit");
            }
            return NOTHING;
        }

        private void keep(ByteBuffer bytes) {
            int length = kept.length;
            int more = Math.min(bytes.remaining(), Protocol.MAX_MESSAGE_BYTES - length);
            if (more > 0) {
                byte[] longer = new byte[length + more];
                System.arraycopy(kept, 0, longer, 0, length);
                bytes.get(longer, length, more);
                kept = longer;
            }
        }

        @Override
        public void onEnd() throws IOException {
            if (received > 0) {
                sink.add(Message.of(kept, 0, kept.length), received);
            }
        }
    }
}
