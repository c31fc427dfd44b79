package net.server.loop;

import java.util.PriorityQueue;

/** Actions to be run at given times, earliest first. */
final class TimerQueue {
    private record Timer(long atNanos, Runnable action) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return Long.signum(atNanos - other.atNanos);
        }
    }

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();

    void add(long delayNanos, Runnable action) {
        timers.add(new Timer(System.nanoTime() + delayNanos, action));
    }

    boolean isEmpty() {
        return timers.isEmpty();
    }

    /**
     * Returns the time until the first action is due, or {@link Long#MAX_VALUE} if there is none.
     */
    long nanosUntilFirst(long nowNanos) {
        return timers.isEmpty() ? Long.MAX_VALUE : timers.peek().atNanos - nowNanos;
    }

    /** Removes and returns the first action; there must be one. */
    Runnable poll() {
        return timers.remove().action;
    }
}
