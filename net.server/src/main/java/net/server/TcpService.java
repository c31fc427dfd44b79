package net.server;

import java.io.IOException;

/**
 * User-written service of a TCP server. For example:
 *
 * {@snippet file="net/server/ShoutService.java" region="service"}
 *
 * <p>One instance serves all peers, each on a virtual thread, so it must be thread-safe.
 */
@FunctionalInterface
public interface TcpService {
    /**
     * Serves one peer. After a normal return and once the messages are recorded, the server closes
     * the connection in order, which is the receipt.
     *
     * @param connection the peer's connection, which the server closes
     * @throws java.net.ProtocolException if the peer violates the protocol; it is reset
     * @throws IOException if the connection failed; the peer is reset. Any other exception has the
     *     same effect, and is passed to {@link ServerListener#onFailure}.
     */
    void serve(Connection connection) throws IOException;
}
