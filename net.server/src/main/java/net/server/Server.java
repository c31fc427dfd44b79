package net.server;

import net.protocol.Endpoint;
import net.server.access.AddressFilter;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * A running server. It cannot be restarted; the caller of {@code start} closes it. Thread-safe.
 *
 * <p>Programs that use a server may implement this interface to replace it in their tests.
 */
public interface Server extends AutoCloseable {
    /** Default grace time of {@code close}. */
    Duration DEFAULT_DRAIN = Duration.ofSeconds(5);

    /**
     * Returns the first address of {@link #locals}.
     *
     * @return the bound address with the actual port, also after {@code close}
     */
    default InetSocketAddress local() {
        return locals().getFirst();
    }

    /**
     * Returns {@link #local} as an endpoint, for clients to connect or send to.
     *
     * @return the bound address, numeric, with the actual port, also after {@code close}
     */
    default Endpoint endpoint() {
        return Endpoint.of(local());
    }

    /**
     * Returns the addresses that the server listens on, each with its own socket. For a UDP server
     * that answers on a wildcard address, the list changes with the addresses of this machine.
     *
     * @return at least one, in the order of the endpoints, with the actual port, also after {@code
     *     close}
     */
    List<InetSocketAddress> locals();

    /**
     * Replaces the filter of peers. Open connections are not affected.
     *
     * @param filter the filter of later peers
     */
    void replaceFilter(AddressFilter filter);

    /**
     * Returns whether the server admits peers.
     *
     * @return false once {@code close} has been called
     */
    boolean isOpen();

    /**
     * Returns the counters, also after {@code close}.
     *
     * @return a snapshot
     */
    ServerStats stats();

    /**
     * Closes the server. It admits no more peers, lets the open connections end within the grace
     * time, resets the rest, and waits for its threads, except for those blocked in the listener.
     *
     * <p>An interrupt ends the grace time; the interrupt status is set on return. A second call
     * returns immediately, without effect. A listener that calls this method blocks itself for the
     * whole grace time.
     */
    @Override
    void close();
}
