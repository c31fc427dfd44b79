package net.server.loop;

import net.server.access.RefusalReason;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Limits concurrent connections, in total and per source address. Thread-safe. */
public final class ConnectionLimiter {
    private static final Optional<RefusalReason> LIMIT = Optional.of(RefusalReason.LIMIT);
    private static final Optional<RefusalReason> SOURCE_LIMIT =
            Optional.of(RefusalReason.SOURCE_LIMIT);

    private final int maxConnections;
    private final int maxPerSource;

    /** Connections by source address; empty if only the total is limited. */
    private final Map<InetAddress, Integer> sources = new HashMap<>();

    private int connections;

    /** Creates a limiter without connections. */
    public ConnectionLimiter(int maxConnections, int maxPerSource) {
        this.maxConnections = maxConnections;
        this.maxPerSource = maxPerSource;
    }

    /** Reserves a place for a connection, or returns the reason for the refusal. */
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

    /** Releases the place of a connection. */
    public synchronized void release(InetAddress source) {
        sources.computeIfPresent(source, (any, count) -> count == 1 ? null : count - 1);
        connections--;
    }
}
