package net.server;

import net.protocol.Message;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A blocking view of a connection, for a {@link TcpService}. It is used by the thread of the
 * service; one other thread may read or write at the same time. The server closes the connection,
 * and resets it when a limit is reached, which makes blocked calls throw.
 *
 * <p>After an exception other than a timeout the connection cannot be used, and the peer is reset
 * whatever the service does.
 */
public interface Connection {
    /**
     * Returns the server's address.
     *
     * @return the address that the peer connected to
     */
    InetSocketAddress local();

    /**
     * Returns the client's address.
     *
     * @return the address that the peer connected from
     */
    InetSocketAddress peer();

    /**
     * Reads bytes, blocking until some are available. Commits recorded messages first.
     *
     * @param target the buffer for the bytes
     * @return the number of bytes, or -1 after the peer's FIN
     * @throws IOException if the connection failed or was reset, or messages cannot be recorded
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Reads bytes, blocking until some are available or the timeout expires. Commits recorded
     * messages first.
     *
     * @param target the buffer for the bytes, backed by an array
     * @param timeout above zero
     * @return the number of bytes, or -1 after the peer's FIN
     * @throws java.net.SocketTimeoutException if the timeout expired; the connection can be used
     * @throws IOException if the connection failed or was reset, or messages cannot be recorded
     */
    int read(ByteBuffer target, Duration timeout) throws IOException;

    /**
     * Writes all bytes, blocking until the system has accepted them. Commits recorded messages
     * first.
     *
     * @param source the bytes
     * @throws IOException if the connection failed or was reset, or messages cannot be recorded
     */
    void write(ByteBuffer source) throws IOException;

    /**
     * Passes a message from the peer to the server's listener.
     *
     * @param message its first bytes, at most {@value net.protocol.Protocol#MAX_MESSAGE_BYTES}
     * @param received the number of bytes before truncation
     * @throws IOException if it cannot be recorded
     */
    void record(Message message, long received) throws IOException;
}
