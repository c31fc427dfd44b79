package net.server;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** Hands the messages of one peer to the listener, and counts those that are recorded. */
final class MessageRecorder {
    /** A message could not be recorded; the listener has been told why. */
    static final class UnrecordedException extends IOException {
        private static final long serialVersionUID = 1L;

        UnrecordedException(Exception cause) {
            super("message not recorded", cause);
        }
    }

    private final ServerListener listener;
    private final Counters counters;

    /** Held while the listener is at work, so that nobody goes on before it is done. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile long messages;
    private volatile boolean hasFailed;
    private int taken;
    private int truncated;

    MessageRecorder(ServerListener listener, Counters counters) {
        this.listener = listener;
        this.counters = counters;
    }

    /** Returns how many have been recorded. */
    long messages() {
        return messages;
    }

    /** Tells whether any could not be recorded. */
    boolean hasFailed() {
        return hasFailed;
    }

    /** Tells whether the listener is at work. */
    boolean isBusy() {
        return lock.isLocked();
    }

    void take(ReceivedMessage message) throws UnrecordedException {
        lock.lock();
        try {
            listener.onMessage(message);
            taken++;
            truncated += message.isTruncated() ? 1 : 0;
        } catch (Exception e) {
            throw failed(e, 1);
        } catch (Error e) {
            hasFailed = true;
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** Has what was taken recorded. */
    void commit() throws UnrecordedException {
        lock.lock();
        try {
            if (taken > 0) {
                listener.commit();
                messages += taken;
                counters.messages.add(taken);
                counters.truncated.add(truncated);
            }
        } catch (Exception e) {
            throw failed(e, taken);
        } catch (Error e) {
            hasFailed = true;
            throw e;
        } finally {
            taken = 0;
            truncated = 0;
            lock.unlock();
        }
    }

    /** Gives up what was taken, since it was lost together with what others handed over. */
    void lose() {
        lock.lock();
        try {
            if (taken > 0) {
                hasFailed = true;
                counters.dropped.add(taken);
                taken = 0;
                truncated = 0;
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
