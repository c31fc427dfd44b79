package net.server;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A running server; it cannot be started again. Safe for use by several threads; whoever started it
 * closes it.
 */
public sealed interface Server extends AutoCloseable permits TcpServer, UdpServer {
    /** The grace time of {@code close} unless told otherwise. */
    Duration DEFAULT_DRAIN = Duration.ofSeconds(5);

    /**
     * Returns where the server listens.
     *
     * @return the bound address, with the real port, also after {@code close}
     */
    InetSocketAddress local();

    /**
     * Tells whether the server lets peers in.
     *
     * @return false once {@code close} has been called
     */
    boolean isOpen();

    /**
     * Returns the counters as they stand, also after {@code close}.
     *
     * @return a snapshot
     */
    ServerStats stats();

    /**
     * Ends the server: no new peers, what is under way goes on to its own end for the grace time,
     * the rest is cut off, and the threads have ended, but for those whose listener does not
     * return. Blocks until then. An interrupt ends the grace time, and is set again. A second call
     * does nothing. A listener that calls this waits for itself, the grace time through.
     */
    @Override
    void close();
}
