package net.server;

import net.protocol.Message;
import net.protocol.Protocol;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Greets, takes one message: {@link net.protocol.Service#GREET}. */
record GreetService(Duration messageGap) implements NonBlockingService {
    /** How much a peer may send beyond a message before it is cut off. */
    static final int MAX_SURPLUS_BYTES = 64 * 1024;

    private static final int APPETITE_BYTES = 8 * 1024;
    private static final ByteBuffer GREETING = greeting();

    GreetService {
        if (!messageGap.isPositive()) {
            throw new IllegalArgumentException("messageGap must be above zero: " + messageGap);
        }
    }

    private static ByteBuffer greeting() {
        byte[] bytes = Protocol.SERVER_GREETING.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
    }

    @Override
    public Duration lastGap() {
        return messageGap;
    }

    @Override
    public ProtocolHandler begin(Taker taker) {
        return new Greeting(taker);
    }

    @Override
    public int appetite() {
        return APPETITE_BYTES;
    }

    /** The one message of a peer, and how much of it has come. */
    private static final class Greeting implements ProtocolHandler {
        private static final byte[] NONE = {};

        private final Taker taker;
        private boolean hasGreeted;
        private byte[] kept = NONE;
        private long received;

        Greeting(Taker taker) {
            this.taker = taker;
        }

        @Override
        public ByteBuffer next() {
            if (hasGreeted) {
                return NOTHING;
            }
            hasGreeted = true;
            return GREETING.duplicate();
        }

        @Override
        public ByteBuffer hear(ByteBuffer bytes) throws IOException {
            received += bytes.remaining();
            keep(bytes);
            if (received > Protocol.MAX_MESSAGE_BYTES + MAX_SURPLUS_BYTES) {
                throw new ProtocolException("peer sends without end");
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
        public void end() throws IOException {
            if (received > 0) {
                taker.take(Message.of(kept, 0, kept.length), received);
            }
        }
    }
}
