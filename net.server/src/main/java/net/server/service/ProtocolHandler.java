package net.server.service;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Protocol state of one connection: consumes received bytes and returns bytes to send. Never
 * blocks.
 */
public interface ProtocolHandler {
    /** An empty buffer: nothing to send. */
    ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Returns the bytes to send at the start, and after all earlier bytes have been sent. */
    default ByteBuffer nextWrite() {
        return NOTHING;
    }

    /**
     * Consumes received bytes.
     *
     * @param bytes valid until this returns
     * @return the bytes to send, which may be a view of the received ones
     * @throws java.net.ProtocolException if the peer violates the protocol
     * @throws IOException if a message cannot be recorded
     */
    ByteBuffer onBytes(ByteBuffer bytes) throws IOException;

    /** Called once after the last bytes, also if the connection failed. */
    default void onEnd() throws IOException {}
}
