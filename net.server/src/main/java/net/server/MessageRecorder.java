package net.server;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** Passes the messages of one peer to the listener, and counts those that are recorded. */
final class MessageRecorder {
    /** Thrown when a message could not be recorded; the listener has been notified of the cause. */
    static final class UnrecordedException extends IOException {
        private static final long serialVersionUID = 1L;

        UnrecordedException(Exception cause) {
            super("message not recorded", cause);
        }
    }

    private final ServerListener listener;
    private final Counters counters;

    /** Held during calls of the listener, so that a commit waits for a concurrent one. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile long messages;
    private volatile boolean hasFailed;

    /** Messages added since the last commit. */
    private int pending;

    private int pendingTruncated;

    MessageRecorder(ServerListener listener, Counters counters) {
        this.listener = listener;
        this.counters = counters;
    }

    /** Returns the number of recorded messages. */
    long messages() {
        return messages;
    }

    /** Returns whether any message could not be recorded. */
    boolean hasFailed() {
        return hasFailed;
    }

    /** Returns whether a call of the listener is in progress. */
    boolean isBusy() {
        return lock.isLocked();
    }

    /** Passes a message to the listener; it is recorded by the next commit. */
    void add(ReceivedMessage message) throws UnrecordedException {
        lock.lock();
        try {
            listener.onMessage(message);
            pending++;
            pendingTruncated += message.isTruncated() ? 1 : 0;
        } catch (Exception e) {
            throw failed(e, 1);
        } catch (Error e) {
            hasFailed = true;
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** Commits the pending messages. */
    void commit() throws UnrecordedException {
        lock.lock();
        try {
            if (pending > 0) {
                listener.commit();
                messages += pending;
                counters.messages.add(pending);
                counters.truncated.add(pendingTruncated);
            }
        } catch (Exception e) {
            throw failed(e, pending);
        } catch (Error e) {
            hasFailed = true;
            throw e;
        } finally {
            pending = 0;
            pendingTruncated = 0;
            lock.unlock();
        }
    }

    /** Discards the pending messages, which were lost in a failed commit of other peers. */
    void discardPending() {
        lock.lock();
        try {
            if (pending > 0) {
                hasFailed = true;
                counters.dropped.add(pending);
                pending = 0;
                pendingTruncated = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    private UnrecordedException failed(Exception e, int count) {
        hasFailed = true;
        counters.dropped.add(count);
        listener.onFailure(e);
        return new UnrecordedException(e);
    }
}
