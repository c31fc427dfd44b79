package net.server;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The connections of a loop, and their limits: it cuts off those that are past one, whether they
 * are stuck in a read or in a write, and looks again when the next limit can be reached. For use by
 * the thread of the loop, but for {@link #connections}.
 */
final class IdleTimer {
    /** How late a connection may be cut off, so that many need not be looked at for each one. */
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** When to look again at a connection that is past its limit but waits for the listener. */
    private static final long RECORDING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long NEVER_NANOS = Long.MAX_VALUE;

    private final EventLoop loop;
    private final long idleNanos;
    private final long sessionNanos;
    private final ServerListener listener;
    private final Set<NioConnection> connections = ConcurrentHashMap.newKeySet();
    private boolean isResting = true;

    /** Limits of zero are none. */
    IdleTimer(EventLoop loop, TcpServerConfig config, ServerListener listener) {
        this.loop = loop;
        this.idleNanos = TimeUnit.NANOSECONDS.convert(config.idleTimeout());
        this.sessionNanos = TimeUnit.NANOSECONDS.convert(config.sessionTimeout());
        this.listener = listener;
    }

    /** Returns those that are open; safe for use by several threads. */
    Set<NioConnection> connections() {
        return connections;
    }

    /** Looks after a new connection; all have the same limits, so the older ones come first. */
    void add(NioConnection connection) {
        connections.add(connection);
        if (isResting) {
            rest(Math.min(left(idleNanos, 0), left(sessionNanos, 0)));
        }
    }

    private void rest(long leftNanos) {
        isResting = leftNanos == NEVER_NANOS;
        if (!isResting) {
            loop.after(Math.max(leftNanos, INTERVAL_NANOS), this::sweepAndRest);
        }
    }

    private void sweepAndRest() {
        long leftNanos = INTERVAL_NANOS;
        try {
            leftNanos = sweep();
        } finally {
            rest(leftNanos);
        }
    }

    /** Cuts off what is past a limit, and returns how long nothing else can be. */
    private long sweep() {
        long nowNanos = System.nanoTime();
        long leftNanos = NEVER_NANOS;
        for (NioConnection connection : connections) {
            long idleLeft = left(idleNanos, nowNanos - connection.activeNanos());
            long sessionLeft = left(sessionNanos, nowNanos - connection.startNanos());
            long left = Math.min(idleLeft, sessionLeft);
            if (left > 0) {
                leftNanos = Math.min(leftNanos, left);
            } else if (connection.isRecording()) {
                leftNanos = Math.min(leftNanos, RECORDING_NANOS);
            } else {
                abort(connection, sessionLeft <= 0 ? CloseReason.TIMEOUT : CloseReason.IDLE);
            }
        }
        return leftNanos;
    }

    private static long left(long limitNanos, long passedNanos) {
        return limitNanos == 0 ? NEVER_NANOS : limitNanos - passedNanos;
    }

    private void abort(NioConnection connection, CloseReason reason) {
        try {
            connection.abort(reason);
        } catch (IOException e) {
            listener.onFailure(e);
        }
    }
}
