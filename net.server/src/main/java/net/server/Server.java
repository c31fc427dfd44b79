package net.server;

import net.protocol.Endpoint;
import net.server.access.AddressFilter;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * A running server; it cannot be started again. Safe for use by several threads; whoever started it
 * closes it.
 */
public interface Server extends AutoCloseable {
    /** The grace time of {@code close} unless told otherwise. */
    Duration DEFAULT_DRAIN = Duration.ofSeconds(5);

    /**
     * Returns where the server listens: the first of {@link #locals}.
     *
     * @return the bound address, with the real port, also after {@code close}
     */
    default InetSocketAddress local() {
        return locals().getFirst();
    }

    /**
     * Returns {@link #local} as an endpoint, for clients to connect or send to.
     *
     * @return the bound address, numeric, with the real port, also after {@code close}
     */
    default Endpoint endpoint() {
        return Endpoint.of(local());
    }

    /**
     * Returns all the addresses where the server listens, each with a socket of its own. Those of a
     * UDP server that answers on all addresses come and go with this machine's.
     *
     * @return the bound addresses in the order of the endpoints, at least one, with the real port,
     *     also after {@code close}
     */
    List<InetSocketAddress> locals();

    /**
     * Takes another filter. It decides on peers that come from now on; connections go on.
     *
     * @param filter in place of the one before
     */
    void replaceFilter(AddressFilter filter);

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
