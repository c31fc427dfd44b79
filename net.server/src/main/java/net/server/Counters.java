package net.server;

import net.server.access.RefusalReason;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counters of a server. Thread-safe. */
final class Counters {
    final LongAdder accepted = new LongAdder();
    final LongAdder messages = new LongAdder();
    final LongAdder bytesReceived = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    final LongAdder truncated = new LongAdder();
    final LongAdder dropped = new LongAdder();
    private final Map<RefusalReason, LongAdder> refused = adders(RefusalReason.class);
    private final Map<ErrorKind, LongAdder> errors = adders(ErrorKind.class);
    private final long startNanos = System.nanoTime();

    /** Returns a map that is only read afterwards, hence thread-safe. */
    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
        Map<E, LongAdder> adders = new EnumMap<>(type);
        for (E key : type.getEnumConstants()) {
            adders.put(key, new LongAdder());
        }
        return adders;
    }

    void addRefused(RefusalReason reason) {
        refused.get(reason).increment();
    }

    void addError(ErrorKind kind) {
        errors.get(kind).increment();
    }

    /** Returns a snapshot that includes the counts of open connections and of the system. */
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

    private static <E extends Enum<E>> Map<E, Long> sums(Map<E, LongAdder> adders) {
        Map<E, Long> sums = new EnumMap<>(adders.keySet().iterator().next().getDeclaringClass());
        adders.forEach(
                (key, adder) -> {
                    long sum = adder.sum();
                    if (sum > 0) {
                        sums.put(key, sum);
                    }
                });
        return sums;
    }
}
