package net.server.loop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Exponential delays between retries, such as after a lack of file descriptors. */
public final class Backoff {
    private static final long MIN_MILLIS = 10;
    private static final long MAX_MILLIS = 1000;

    private final CountDownLatch closed = new CountDownLatch(1);
    private long millis = MIN_MILLIS;

    /** Resets to the shortest delay, after a success. */
    public void reset() {
        millis = MIN_MILLIS;
    }

    /** Returns the delay before the next retry; each is twice the previous one, up to a second. */
    public long nextNanos() {
        long delayMillis = millis;
        millis = Math.min(2 * millis, MAX_MILLIS);
        return TimeUnit.MILLISECONDS.toNanos(delayMillis);
    }

    /** Waits for the next delay, or until {@link #close}. */
    public void await() {
        try {
            closed.await(nextNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException expected) {
            // The thread is private, so an interrupt carries no meaning here: retry.
        }
    }

    /** Ends the current and all later waits. */
    public void close() {
        closed.countDown();
    }
}
