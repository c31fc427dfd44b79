package net.server.loop;

/** Handler of a connection whose work is committed at the end of a tick. */
public interface LoopHandler {
    /** Called on the thread of the event loop for operations that are, or may be, ready. */
    void onReady(int readyOps);

    /** Returns the end of the last message gap, in the time of {@link System#nanoTime}. */
    long gapEndNanos();

    /** Called when the message gap ends without further bytes. */
    void onMessageGap();

    /**
     * Commits the pending messages, and closes the connection if it is finished.
     *
     * @param isLost whether a commit in this tick failed, so that pending work must be discarded
     * @return whether the commit failed
     */
    boolean commit(boolean isLost);

    /** Aborts the connection. */
    void abort();
}
