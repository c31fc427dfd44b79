package net.server;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * A socket that a server listens on.
 *
 * @param local the bound address, with the real port
 * @param receiveBufferBytes what the system granted; over TCP for each connection
 * @param sendBufferBytes what the system granted; over TCP for each connection
 */
public record BoundAddress(InetSocketAddress local, int receiveBufferBytes, int sendBufferBytes) {
    /** Creates a description. */
    public BoundAddress {
        Objects.requireNonNull(local, "local");
    }
}
