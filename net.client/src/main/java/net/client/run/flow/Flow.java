package net.client.run.flow;

import net.client.internal.MonotonicTime;
import net.client.run.RunResult.StreamFigures;
import net.protocol.internal.KernelDrops;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.List;

/** One connection or socket of a run. Methods throw only exceptions of the run's listener. */
public abstract class Flow {
    final FlowListener listener;
    private boolean isQueued;
    private long pausedUntilNanos;

    Flow(FlowListener listener) {
        this.listener = listener;
    }

    /** Reads or writes on a channel that is ready, and notifies the listener. */
    public final void onReady(SelectionKey key) throws IOException {
        ready(key);
        listener.onReady();
    }

    /** Returns whether the flow is in a queue of the event loop. */
    public final boolean isQueued() {
        return isQueued;
    }

    /** Sets whether the flow is in a queue; called by the event loop. */
    public final void setQueued(boolean queued) {
        isQueued = queued;
    }

    /** Returns the time before which no exchange begins, after a failure. */
    public final long pausedUntilNanos() {
        return pausedUntilNanos;
    }

    /** Pauses the flow until a time; called by the event loop. */
    public final void pauseUntil(long nanos) {
        pausedUntilNanos = nanos;
    }

    /** Returns whether another exchange can begin. */
    public abstract boolean isFree();

    /** Returns whether no exchange is in flight. */
    public abstract boolean isIdle();

    /** Returns the number of datagrams that wait for an answer. */
    public int inFlight() {
        return 0;
    }

    /**
     * Begins an exchange.
     *
     * @param number its number, from 1; below 1 in the warm-up
     * @param dueNanos when it was scheduled
     */
    public abstract void begin(long number, long dueNanos) throws IOException;

    /** Reads or writes on a channel that is ready. */
    abstract void ready(SelectionKey key) throws IOException;

    /**
     * Fails exchanges that have timed out; returns the next deadline, or {@link
     * MonotonicTime#NEVER}.
     */
    public abstract long expire(long nowNanos) throws IOException;

    /** Abandons the exchanges in flight, because the thread was interrupted. */
    public abstract void abandon() throws IOException;

    /** Closes the channels, even if exchanges are in flight. */
    public abstract void close();

    /** Returns whether {@link #updateDrops} has datagrams to count. */
    public boolean hasUnanswered() {
        return false;
    }

    /** Counts the unanswered datagrams that were dropped by this machine. */
    public void updateDrops(KernelDrops table) {}

    /**
     * Adds the figures of a stream; adds nothing if this flow is not a stream.
     *
     * @param isInterval true for the figures since the last call for an interval, false for all
     */
    public void addFigures(List<StreamFigures> streams, boolean isInterval, long nowNanos) {}
}
