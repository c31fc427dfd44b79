package net.client;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A point in time by which something has to be done. */
record Deadline(long startNanos, long nanos) {
    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime(), TimeUnit.NANOSECONDS.convert(duration));
    }

    /** Returns the earlier of this and a duration from now. */
    Deadline orIn(Duration duration) {
        Deadline other = in(duration);
        return other.leftNanos() < leftNanos() ? other : this;
    }

    /** Tells whether there is nothing to go on for: no time left, or a thread that is to end. */
    boolean isOver() {
        return leftNanos() <= 0 || Thread.currentThread().isInterrupted();
    }

    long leftNanos() {
        return nanos - (System.nanoTime() - startNanos);
    }

    /** Returns what is left for a socket's time-out, where zero would mean to wait for ever. */
    int leftMillis() throws SocketTimeoutException {
        long left = leftNanos();
        if (left <= 0) {
            throw new SocketTimeoutException("timed out");
        }
        return (int) Math.min(TimeUnit.NANOSECONDS.toMillis(left - 1) + 1, Integer.MAX_VALUE);
    }
}
