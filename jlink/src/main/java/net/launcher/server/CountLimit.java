package net.launcher.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** When a server is to end by itself: after so many messages or exchanges, or a failure. */
final class CountLimit {
    private final long limit;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final CountDownLatch allTaken = new CountDownLatch(1);
    private final CountDownLatch allEnded = new CountDownLatch(1);

    CountLimit(long limit) {
        this.limit = limit;
    }

    /** Takes one more; returns false if there were enough before. */
    boolean take() {
        long number = taken.incrementAndGet();
        if (number == limit) {
            allTaken.countDown();
        }
        return number <= limit;
    }

    /** So many of those taken are over, and their peers know it. */
    void end(long count) {
        if (ended.addAndGet(count) >= limit) {
            allEnded.countDown();
        }
    }

    /** There is nothing to wait for any more. */
    void fail() {
        allTaken.countDown();
        allEnded.countDown();
    }

    /** Tells whether all are taken. */
    boolean isReached() {
        return taken.get() >= limit;
    }

    /** Waits until all are taken, and then for a time until all of those are over. */
    void await(Duration grace) throws InterruptedException {
        allTaken.await();
        allEnded.await(TimeUnit.NANOSECONDS.convert(grace), TimeUnit.NANOSECONDS);
    }
}
