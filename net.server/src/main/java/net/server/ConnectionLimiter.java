package net.server;

import net.server.access.RefusalReason;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many peers may be in at once, from one address and in all; safe for several threads. */
final class ConnectionLimiter {
    private static final Optional<RefusalReason> LIMIT = Optional.of(RefusalReason.LIMIT);
    private static final Optional<RefusalReason> SOURCE_LIMIT =
            Optional.of(RefusalReason.SOURCE_LIMIT);

    private final int maxConnections;
    private final int maxPerSource;
    private final Map<InetAddress, Integer> sources = new HashMap<>();
    private int taken;

    ConnectionLimiter(int maxConnections, int maxPerSource) {
        this.maxConnections = maxConnections;
        this.maxPerSource = maxPerSource;
    }

    /** Takes a place for a peer, or returns the reason why there is none. */
    synchronized Optional<RefusalReason> take(InetAddress source) {
        if (sources.getOrDefault(source, 0) >= maxPerSource) {
            return SOURCE_LIMIT;
        }
        if (taken >= maxConnections) {
            return LIMIT;
        }
        taken++;
        if (maxPerSource < maxConnections) {
            sources.merge(source, 1, Integer::sum);
        }
        return Optional.empty();
    }

    /** Gives the place of a peer back. */
    synchronized void release(InetAddress source) {
        sources.computeIfPresent(source, (any, count) -> count == 1 ? null : count - 1);
        taken--;
    }
}
