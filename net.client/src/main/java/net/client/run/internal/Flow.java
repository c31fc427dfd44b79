package net.client.run.internal;

import net.client.internal.MonotonicTime;

import java.io.IOException;
import java.nio.channels.SelectionKey;

/** One of a run's connections, or sockets. What its methods throw is the listener's. */
abstract sealed class Flow permits TcpFlow, StreamFlow, UdpFlow {
    /** Whether it stands in one of the loop's queues. */
    boolean isQueued;

    /** Before that time it begins nothing, since something has just failed. */
    long restNanos;

    /** Tells whether it can begin another exchange. */
    abstract boolean isFree();

    /** Tells whether nothing is under way. */
    abstract boolean isIdle();

    /**
     * Begins an exchange.
     *
     * @param number its number, from 1; less in the warm-up
     * @param dueNanos when it was to begin
     */
    abstract void begin(long number, long dueNanos) throws IOException;

    /** Goes on with what a channel is ready for. */
    abstract void ready(SelectionKey key) throws IOException;

    /** Fails what is past its time; returns when to look again, or {@link MonotonicTime#NEVER}. */
    abstract long expire(long nowNanos) throws IOException;

    /** Gives up what is under way, since the thread is interrupted. */
    abstract void abandon() throws IOException;

    /** Closes what is open, whatever is under way. */
    abstract void close();
}
