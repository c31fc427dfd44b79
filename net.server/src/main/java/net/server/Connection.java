package net.server;

import net.protocol.Message;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A blocking view of a connection, for a {@link TcpService}. For use by the thread of the service;
 * one further thread may read while the first one writes, or write while it reads. The server
 * closes the connection, and resets it when a limit is reached, which makes blocked calls throw.
 *
 * <p>After an {@link IOException} other than a timeout the connection cannot be used.
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
     * Reads bytes, blocking until some are available. Messages passed to {@link #record} are
     * committed first.
     *
     * @param target the buffer for the bytes
     * @return the number of bytes, or -1 after the peer's FIN
     * @throws IOException if the connection failed or was reset, or messages cannot be recorded
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Reads bytes, blocking until some are available or the timeout expires. Messages passed to
     * {@link #record} are committed first.
     *
     * @param target the buffer for the bytes, backed by an array
     * @param timeout above zero
     * @return the number of bytes, or -1 after the peer's FIN
     * @throws java.net.SocketTimeoutException if the timeout expired; the connection can be used
     * @throws IOException if the connection failed or was reset, or messages cannot be recorded
     */
    int read(ByteBuffer target, Duration timeout) throws IOException;

    /**
     * Writes all bytes, blocking until the system has accepted them. Messages passed to {@link
     * #record} are committed first.
     *
     * @param source the bytes
     * @throws IOException if the connection failed or was reset, or messages cannot be recorded
     */
    void write(ByteBuffer source) throws IOException;

    /**
     * Passes a message from the peer to the server's listener.
     *
     * @param message the message, truncated to {@value net.protocol.Protocol#MAX_MESSAGE_BYTES}
     *     bytes
     * @param received the number of bytes before truncation
     * @throws IOException if it cannot be recorded
     */
    void record(Message message, long received) throws IOException;
}
