package net.client.run.loop;

import net.client.internal.MonotonicTime;
import net.client.run.flow.Flow;
import net.client.run.flow.FlowListener;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Queues the flows of a closed loop that can begin an exchange, and keeps the earliest deadline.
 */
final class FlowQueue implements FlowListener {
    /** Pause after a failure, so that a server that fails immediately is not flooded. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Queue<Flow> free = new ArrayDeque<>();

    /** Flows that pause after a failure, in the order of the end of their pause. */
    private final Queue<Flow> paused = new ArrayDeque<>();

    private final boolean isPaced;
    private long deadlineNanos = MonotonicTime.NEVER;
    private boolean isReady;

    /** Creates a queue, which stays empty if a schedule starts the exchanges. */
    FlowQueue(boolean isPaced) {
        this.isPaced = isPaced;
    }

    @Override
    public void onFree(Flow flow) {
        if (!flow.isQueued() && !isPaced) {
            flow.setQueued(true);
            free.add(flow);
        }
    }

    @Override
    public void onFailure(Flow flow) {
        flow.pauseUntil(System.nanoTime() + PAUSE_NANOS);
        onFree(flow);
    }

    @Override
    public void onReady() {
        isReady = true;
    }

    /** Returns whether a channel has been ready since {@link #clearReady}. */
    boolean isReady() {
        return isReady;
    }

    void clearReady() {
        isReady = false;
    }

    @Override
    public void onDeadline(long nanos) {
        deadlineNanos = Math.min(deadlineNanos, nanos);
    }

    /** Returns the time to call {@link Flow#expire}, or {@link MonotonicTime#NEVER}. */
    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Clears the deadline after it has been reached. */
    void clearDeadline() {
        deadlineNanos = MonotonicTime.NEVER;
    }

    /** Adds the flows whose pause has ended; returns the number of free flows. */
    int resume(long nowNanos) {
        while (!paused.isEmpty() && paused.peek().pausedUntilNanos() <= nowNanos) {
            free.add(paused.remove());
        }
        return free.size();
    }

    /** Removes and returns the next free flow, or null if it has to pause first. */
    Flow poll(long nowNanos) {
        Flow flow = free.remove();
        if (flow.pausedUntilNanos() > nowNanos) {
            paused.add(flow);
            return null;
        }
        flow.setQueued(false);
        return flow;
    }

    /** Returns the time at which the next flow can begin, or {@link MonotonicTime#NEVER}. */
    long beginNanos(long nowNanos) {
        if (!free.isEmpty()) {
            return nowNanos;
        }
        return paused.isEmpty() ? MonotonicTime.NEVER : paused.peek().pausedUntilNanos();
    }
}
