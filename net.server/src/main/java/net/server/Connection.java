package net.server;

import net.protocol.Message;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A peer's connection, as a service sees it. For use by the thread that serves it; one other thread
 * may read meanwhile, or write. The server closes it, and aborts it when a limit is reached: what
 * blocks then throws. After an exception, but for a time-out, there is nothing left to do with it:
 * whatever the service does next, the peer is reset.
 */
public interface Connection {
    /**
     * Returns the server's address.
     *
     * @return the one the peer connected to
     */
    InetSocketAddress local();

    /**
     * Returns the client's address.
     *
     * @return the one the peer connected from
     */
    InetSocketAddress peer();

    /**
     * Reads what has come, or waits for it. Messages taken before are recorded first.
     *
     * @param target gets the bytes
     * @return how many, or -1 after the peer's FIN
     * @throws IOException if the connection is broken or aborted, or messages cannot be recorded
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Reads what has come, or waits for it for a time. Messages taken before are recorded first.
     *
     * @param target gets the bytes; has an array
     * @param timeout above zero
     * @return how many bytes, or -1 after the peer's FIN
     * @throws java.net.SocketTimeoutException if nothing came in time; the connection is as it was
     * @throws IOException if the connection is broken or aborted, or messages cannot be recorded
     */
    int read(ByteBuffer target, Duration timeout) throws IOException;

    /**
     * Writes all bytes, waiting for the peer to take them. Messages taken before are recorded
     * first.
     *
     * @param source the bytes
     * @throws IOException if the connection is broken or aborted, or messages cannot be recorded
     */
    void write(ByteBuffer source) throws IOException;

    /**
     * Takes a message from the peer, for the server's listener.
     *
     * @param message its first bytes, at most {@value net.protocol.Protocol#MAX_MESSAGE_BYTES}
     * @param received how many came in all
     * @throws IOException if it cannot be recorded
     */
    void take(Message message, long received) throws IOException;
}
