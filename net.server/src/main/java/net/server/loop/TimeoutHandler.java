package net.server.loop;

/** Decides on connections that have reached a time limit. */
public interface TimeoutHandler<C> {
    /** Returns whether the time limits of a connection are suspended, such as during recording. */
    boolean isSuspended(C connection);

    /** Called when no bytes have been sent or received for the idle timeout. */
    void onIdle(C connection);

    /** Called when a connection has reached its maximum lifetime. */
    void onSessionTimeout(C connection);
}
