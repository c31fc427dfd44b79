package net.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ever longer pauses between tries that fail, such as for want of descriptors. */
final class Backoff {
    private static final long MIN_MILLIS = 10;
    private static final long MAX_MILLIS = 1000;

    private final CountDownLatch closed = new CountDownLatch(1);
    private long millis = MIN_MILLIS;

    /** The tries succeed again. */
    void reset() {
        millis = MIN_MILLIS;
    }

    /** Returns how long to wait before the next try. */
    long nextNanos() {
        long now = millis;
        millis = Math.min(2 * millis, MAX_MILLIS);
        return TimeUnit.MILLISECONDS.toNanos(now);
    }

    /** Waits before the next try, but no longer than until {@code close}. */
    void pause() {
        try {
            closed.await(nextNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException expected) {
            // Nobody else knows a server's threads, so nobody means anything by it: try again.
        }
    }

    void close() {
        closed.countDown();
    }
}
