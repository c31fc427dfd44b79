package net.server.loop;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * A queue of the connections that wait because the budget of a tick is spent. Only busy connections
 * wait: those that transferred at least {@link #BUSY_BYTES} when they were last served. While the
 * queue is not empty, each further busy connection that is ready is added to it, and each is served
 * up to {@link #SHARE_BYTES} at a time. Other connections, and new ones, are served when they are
 * ready: their delay does not depend on the number of busy ones.
 *
 * <p>The selector does not select a waiting connection. A connection leaves the queue once it is
 * served without using its share.
 */
final class BusyQueue {
    /** Bytes per connection and tick while others wait; the last read or write may exceed them. */
    static final int SHARE_BYTES = 512 * 1024;

    /** Bytes from which on a connection is busy: many times those of an exchange. */
    static final int BUSY_BYTES = 16 * 1024;

    private final WorkBudget budget = new WorkBudget();
    private final Queue<ConnectionKey> keys = new ArrayDeque<>();

    /** Bytes of the budget when the connection in service was called. */
    private long shareStart;

    /** Set if others wait, so that the connection in service has only a share. */
    private boolean isSharing;

    /** Begins a phase of a tick, with a new budget. */
    void beginPhase() {
        budget.begin();
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
        return budget.isSpentByBytes() || isSharing && budget.bytes() - shareStart >= SHARE_BYTES;
    }

    /** Returns whether busy connections must wait. */
    boolean isCongested() {
        return !keys.isEmpty() || budget.isSpent();
    }

    /** Calls the handler of a connection; returns the bytes of its work. */
    long serve(LoopHandler handler, int readyOps) {
        long before = budget.bytes();
        shareStart = before;
        isSharing = !keys.isEmpty();
        handler.onReady(readyOps);
        return budget.bytes() - before;
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
