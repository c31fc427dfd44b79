package net.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A listener that keeps all messages in memory, for tests of programs that send some:
 *
 * {@snippet file="net/server/FixtureSampleTest.java" region="fixture"}
 *
 * <p>Safe for use by several threads.
 */
public final class RecordingListener implements ServerListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<ReceivedMessage> messages = new ArrayList<>();

    /** Creates an empty one. */
    public RecordingListener() {
        // Nothing to set.
    }

    @Override
    public void onMessage(ReceivedMessage message) {
        lock.lock();
        try {
            messages.add(message);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until so many messages have come, and returns the last of them. Those of one connection
     * come in their order.
     *
     * @param number from 1 for the first message
     * @param timeout how long to wait; zero or less to look only
     * @return the message
     * @throws TimeoutException if it did not come in time; it can be waited for again
     * @throws InterruptedException if the thread was interrupted
     * @throws IllegalArgumentException if the number is below 1
     */
    public ReceivedMessage await(int number, Duration timeout)
            throws TimeoutException, InterruptedException {
        if (number < 1) {
            throw new IllegalArgumentException("number must be at least 1: " + number);
        }
        long leftNanos = TimeUnit.NANOSECONDS.convert(timeout);
        lock.lock();
        try {
            while (messages.size() < number) {
                if (leftNanos <= 0) {
                    throw new TimeoutException(
                            "message " + number + " did not come: " + messages.size() + " did");
                }
                leftNanos = changed.awaitNanos(leftNanos);
            }
            return messages.get(number - 1);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns what has come.
     *
     * @return an unmodifiable copy, in order
     */
    public List<ReceivedMessage> messages() {
        lock.lock();
        try {
            return List.copyOf(messages);
        } finally {
            lock.unlock();
        }
    }
}
