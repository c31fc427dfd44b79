package net.server.access;

import net.protocol.internal.Preconditions;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Limits concurrent connections, in total and per source address, of one or more servers.
 * Thread-safe.
 */
public final class ConnectionLimiter {
    private static final Optional<RefusalReason> LIMIT = Optional.of(RefusalReason.LIMIT);
    private static final Optional<RefusalReason> SOURCE_LIMIT =
            Optional.of(RefusalReason.SOURCE_LIMIT);

    private final int maxConnections;
    private final int maxPerSource;

    /** Connections by source address; empty if only the total is limited. */
    private final Map<InetAddress, Integer> sources = new HashMap<>();

    private int connections;

    /**
     * Creates a limiter without connections.
     *
     * @param maxConnections maximum number of connections, at least 1
     * @param maxPerSource maximum number of connections from one address, at least 1
     */
    public ConnectionLimiter(int maxConnections, int maxPerSource) {
        Preconditions.require(
                maxConnections >= 1, "maxConnections must be at least 1", maxConnections);
        Preconditions.require(maxPerSource >= 1, "maxPerSource must be at least 1", maxPerSource);
        this.maxConnections = maxConnections;
        this.maxPerSource = maxPerSource;
    }

    /**
     * Reserves a place for a connection.
     *
     * @param source the address of the peer
     * @return the reason for the refusal; empty if the place is reserved until {@link #release}
     */
    public synchronized Optional<RefusalReason> tryAcquire(InetAddress source) {
        if (sources.getOrDefault(source, 0) >= maxPerSource) {
            return SOURCE_LIMIT;
        }
        if (connections >= maxConnections) {
            return LIMIT;
        }
        connections++;
        if (maxPerSource < maxConnections) {
            sources.merge(source, 1, Integer::sum);
        }
        return Optional.empty();
    }

    /**
     * Releases the place of a connection.
     *
     * @param source the address of the peer
     */
    public synchronized void release(InetAddress source) {
        sources.computeIfPresent(source, (any, count) -> count == 1 ? null : count - 1);
        connections--;
    }
}
