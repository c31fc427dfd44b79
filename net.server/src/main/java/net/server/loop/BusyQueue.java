package net.server.loop;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * A queue of the connections that wait because the budget of a tick is spent. Only busy connections
 * wait: those that transferred at least {@link #BUSY_BYTES} when they were last served. While the
 * queue is not empty, each further busy connection that is ready is added to it, and each is served
 * up to {@link #SHARE_BYTES} at a time. Other connections are served when they are ready, new ones
 * up to {@link #BUSY_BYTES}, which the last read may exceed: their delay does not depend on the
 * number of busy ones.
 *
 * <p>The selector does not select a waiting connection. A connection leaves the queue once it is
 * served without using its share.
 */
final class BusyQueue {
    /** Bytes per connection and tick while others wait; the last read or write may exceed them. */
    static final int SHARE_BYTES = 512 * 1024;

    /** Bytes from which on a connection is busy: many times those of an exchange. */
    static final int BUSY_BYTES = 16 * 1024;

    /** Bytes of the first read of a new connection, while others wait. */
    private static final int FIRST_READ_BYTES = 256;

    private final WorkBudget budget = new WorkBudget();
    private final Queue<ConnectionKey> keys = new ArrayDeque<>();

    /** Bytes of the budget when the connection in service was called. */
    private long shareStart;

    /** Work of the connection in service after which it must stop. */
    private long shareBytes;

    /** Set if the connection in service is new and others wait. */
    private boolean isProbing;

    /** Begins a phase of a tick, with a new budget. */
    void beginPhase() {
        budget.begin();
        isProbing = false;
        shareBytes = Long.MAX_VALUE;
    }

    /** Adds to the work of this phase. */
    void addWork(int bytes) {
        budget.add(bytes);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Returns whether the budget of this phase is spent. */
    boolean isSpent() {
        return budget.isSpent();
    }

    /** Returns whether the connection in service must stop, so that others are served. */
    boolean isShareUsed() {
        return usedBytes() >= shareBytes || !isProbing && budget.isSpentByBytes();
    }

    /**
     * Returns the number of bytes that the connection in service may read at once. While others
     * wait, a new one begins with few, since what it costs to handle them is known only afterwards,
     * and doubles its work with each read.
     */
    int maxReadBytes() {
        return isProbing ? (int) (FIRST_READ_BYTES + usedBytes()) : Integer.MAX_VALUE;
    }

    private long usedBytes() {
        return budget.bytes() - shareStart;
    }

    /** Returns whether busy connections must wait. */
    boolean isCongested() {
        return !keys.isEmpty() || budget.isSpent();
    }

    /** Calls the handler of a connection; returns whether the connection is busy. */
    boolean serve(LoopHandler handler, int readyOps, boolean isNew) {
        shareStart = budget.bytes();
        boolean isSharing = !keys.isEmpty() || budget.isSpentByBytes();
        isProbing = isNew && isSharing;
        shareBytes = isProbing ? BUSY_BYTES : isSharing ? SHARE_BYTES : Long.MAX_VALUE;
        handler.onReady(readyOps);
        return usedBytes() >= BUSY_BYTES;
    }

    void add(ConnectionKey key) {
        keys.add(key);
    }

    /**
     * Serves waiting connections, of which there must be one, until the budget of a phase is spent,
     * and each at most once.
     */
    void run(Consumer<ConnectionKey> action) {
        beginPhase();
        int left = keys.size();
        do {
            action.accept(keys.remove());
            left--;
        } while (left > 0 && !isSpent());
    }
}
