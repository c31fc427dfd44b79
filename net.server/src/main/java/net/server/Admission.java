package net.server;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Who may come in. One thread admits; any may release. */
final class Admission {
    private final int maxConnections;
    private final int maxPerSource;
    private final AtomicInteger admitted = new AtomicInteger();
    private final Map<InetAddress, Integer> sources = new ConcurrentHashMap<>();

    Admission(int maxConnections, int maxPerSource) {
        this.maxConnections = maxConnections;
        this.maxPerSource = maxPerSource;
    }

    /** Takes a place for a peer, or returns the reason why there is none. */
    Optional<String> admit(InetAddress source) {
        if (sources.getOrDefault(source, 0) >= maxPerSource) {
            return Optional.of("source_limit");
        }
        if (admitted.get() >= maxConnections) {
            return Optional.of("limit");
        }
        admitted.incrementAndGet();
        if (maxPerSource < maxConnections) {
            sources.merge(source, 1, Integer::sum);
        }
        return Optional.empty();
    }

    /** Gives the place of a peer back. */
    void release(InetAddress source) {
        sources.computeIfPresent(source, (any, count) -> count == 1 ? null : count - 1);
        admitted.decrementAndGet();
    }
}
