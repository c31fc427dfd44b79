package net.server;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Cuts connections off that are past a limit, whether they are stuck in a read or in a write. Runs
 * in one thread, which sleeps until the earliest moment at which a limit can be reached.
 */
final class Sweeper implements Runnable {
    /** How late a connection may be cut off, so that many need not be looked at for each one. */
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** When to look again at a connection that is past its limit but waits for the listener. */
    private static final long RECORDING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long NEVER_NANOS = Long.MAX_VALUE;

    private final Set<ChannelConnection> connections;
    private final long idleNanos;
    private final long sessionNanos;
    private final ServerListener listener;
    private volatile Thread thread;
    private volatile boolean isResting;
    private volatile boolean isStopped;

    /** Limits of zero are none. */
    Sweeper(Set<ChannelConnection> connections, TcpServerConfig config, ServerListener listener) {
        this.connections = connections;
        this.idleNanos = TimeUnit.NANOSECONDS.convert(config.idleTimeout());
        this.sessionNanos = TimeUnit.NANOSECONDS.convert(config.sessionTimeout());
        this.listener = listener;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!isStopped && (idleNanos > 0 || sessionNanos > 0)) {
            isResting = true;
            long leftNanos = sweep();
            if (leftNanos == NEVER_NANOS) {
                LockSupport.park(this);
            } else {
                isResting = false;
                LockSupport.parkNanos(this, Math.max(leftNanos, INTERVAL_NANOS));
            }
        }
    }

    /** Tells of a new connection; all have the same limits, so the older ones come first. */
    void added() {
        if (isResting) {
            LockSupport.unpark(thread);
        }
    }

    void stop() {
        isStopped = true;
        LockSupport.unpark(thread);
    }

    boolean isStopped() {
        return isStopped;
    }

    /** Cuts off what is past a limit, and returns how long nothing else can be. */
    private long sweep() {
        long nowNanos = System.nanoTime();
        long leftNanos = NEVER_NANOS;
        for (ChannelConnection connection : connections) {
            long idleLeft = left(idleNanos, nowNanos - connection.activeNanos());
            long sessionLeft = left(sessionNanos, nowNanos - connection.startNanos());
            long left = Math.min(idleLeft, sessionLeft);
            if (left > 0) {
                leftNanos = Math.min(leftNanos, left);
            } else if (connection.isRecording()) {
                leftNanos = Math.min(leftNanos, RECORDING_NANOS);
            } else {
                abort(connection, sessionLeft <= 0 ? SessionEnd.TIMEOUT : SessionEnd.IDLE);
            }
        }
        return leftNanos;
    }

    private static long left(long limitNanos, long passedNanos) {
        return limitNanos == 0 ? NEVER_NANOS : limitNanos - passedNanos;
    }

    private void abort(ChannelConnection connection, SessionEnd reason) {
        try {
            connection.abort(reason);
        } catch (IOException e) {
            listener.onFailure(e);
        }
    }
}
