package net.server;

import net.server.access.RefusalReason;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a server counts; safe for use by several threads. */
final class Counters {
    final LongAdder accepted = new LongAdder();
    final LongAdder messages = new LongAdder();
    final LongAdder bytesReceived = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    final LongAdder truncated = new LongAdder();
    final LongAdder dropped = new LongAdder();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final long startNanos = System.nanoTime();

    void refused(RefusalReason reason) {
        increment(refused, reason.label());
    }

    void error(String kind) {
        increment(errors, kind);
    }

    private static void increment(Map<String, LongAdder> counts, String key) {
        counts.computeIfAbsent(key, any -> new LongAdder()).increment();
    }

    /** Returns all, with what others know: of open connections, and of the system. */
    ServerStats snapshot(int active, long received, long sent, long droppedBySystem) {
        return new ServerStats(
                accepted.sum(),
                active,
                sums(refused),
                messages.sum(),
                bytesReceived.sum() + received,
                bytesSent.sum() + sent,
                truncated.sum(),
                dropped.sum() + droppedBySystem,
                sums(errors),
                Duration.ofNanos(System.nanoTime() - startNanos));
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        Map<String, Long> sums = new HashMap<>();
        counts.forEach((key, count) -> sums.put(key, count.sum()));
        return sums;
    }
}
