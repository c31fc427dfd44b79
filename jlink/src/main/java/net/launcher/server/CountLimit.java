package net.launcher.server;

import net.launcher.output.Output.OutputException;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Ends a run after {@code --count} messages or exchanges of all servers, or after a failure. */
final class CountLimit {
    private final long limit;
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final CountDownLatch limitReached = new CountDownLatch(1);
    private final CountDownLatch allEnded = new CountDownLatch(1);
    private final AtomicReference<OutputException> failure = new AtomicReference<>();

    CountLimit(long limit) {
        this.limit = limit;
    }

    /** Counts the start of a message or exchange; returns false if the limit was reached before. */
    boolean tryStart() {
        long number = started.incrementAndGet();
        if (number == limit) {
            limitReached.countDown();
        }
        return number <= limit;
    }

    /** Counts messages or exchanges as completed, with their receipts sent. */
    void end(long count) {
        if (ended.addAndGet(count) >= limit) {
            allEnded.countDown();
        }
    }

    /** Releases the waiting thread after a failure to write results; returns the failure. */
    OutputException fail(OutputException cause) {
        failure.compareAndSet(null, cause);
        limitReached.countDown();
        allEnded.countDown();
        return cause;
    }

    /** Returns the first failure to write results, if any. */
    Optional<OutputException> failure() {
        return Optional.ofNullable(failure.get());
    }

    boolean isReached() {
        return started.get() >= limit;
    }

    /** Waits until the limit is reached, and then up to the grace time until all have completed. */
    void await(Duration grace) throws InterruptedException {
        limitReached.await();
        allEnded.await(TimeUnit.NANOSECONDS.convert(grace), TimeUnit.NANOSECONDS);
    }
}
