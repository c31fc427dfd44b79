package net.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a server counts; safe for use by several threads. */
final class Counters {
    final LongAdder accepted = new LongAdder();
    final LongAdder bytesReceived = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    private final LongAdder messages = new LongAdder();
    private final LongAdder truncated = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final long startNanos = System.nanoTime();

    /** Hands a message to the listener; returns whether it was recorded. */
    boolean record(ReceivedMessage message, ServerListener listener) {
        try {
            listener.onMessage(message);
        } catch (Exception e) {
            dropped.increment();
            listener.onFailure(e);
            return false;
        }
        messages.increment();
        if (message.isTruncated()) {
            truncated.increment();
        }
        return true;
    }

    void error(String kind) {
        errors.computeIfAbsent(kind, key -> new LongAdder()).increment();
    }

    ServerStats snapshot(int active) {
        Map<String, Long> errorCounts = new HashMap<>();
        errors.forEach((kind, count) -> errorCounts.put(kind, count.sum()));
        return new ServerStats(
                accepted.sum(),
                active,
                messages.sum(),
                bytesReceived.sum(),
                bytesSent.sum(),
                truncated.sum(),
                dropped.sum(),
                errorCounts,
                Duration.ofNanos(System.nanoTime() - startNanos));
    }
}
