package net.server;

import net.protocol.internal.Preconditions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A listener that keeps all messages in memory, for tests of clients:
 *
 * {@snippet file="net/server/FixtureSampleTest.java" region="fixture"}
 *
 * <p>Thread-safe.
 */
public final class RecordingListener implements ServerListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<ReceivedMessage> messages = new ArrayList<>();

    /** Creates a listener without messages. */
    public RecordingListener() {}

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
     * Waits for a number of messages, and returns the last of them. The messages of one connection
     * are in order.
     *
     * @param number from 1 for the first message
     * @param timeout maximum time to wait; if zero or less, the method does not wait
     * @return the message
     * @throws TimeoutException if the timeout expired; the call can be repeated
     * @throws InterruptedException if the thread was interrupted
     * @throws IllegalArgumentException if the number is below 1
     */
    public ReceivedMessage await(int number, Duration timeout)
            throws TimeoutException, InterruptedException {
        Preconditions.require(number >= 1, "number must be at least 1", number);
        long leftNanos = TimeUnit.NANOSECONDS.convert(timeout);
        lock.lock();
        try {
            while (messages.size() < number) {
                if (leftNanos <= 0) {
                    throw new TimeoutException(
                            "message " + number + " not received: " + messages.size() + " so far");
                }
                leftNanos = changed.awaitNanos(leftNanos);
            }
            return messages.get(number - 1);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the messages so far.
     *
     * @return an unmodifiable copy, in order of arrival
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
