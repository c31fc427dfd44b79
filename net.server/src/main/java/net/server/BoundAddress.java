package net.server;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * An address that a server listens on, with the buffers of its socket.
 *
 * @param local the bound address with the actual port
 * @param receiveBufferBytes size of the receive buffer granted by the system; over TCP that of each
 *     connection
 * @param sendBufferBytes size of the send buffer granted by the system; over TCP that of each
 *     connection
 */
public record BoundAddress(InetSocketAddress local, int receiveBufferBytes, int sendBufferBytes) {
    /** Creates a description. */
    public BoundAddress {
        Objects.requireNonNull(local, "local");
    }
}
