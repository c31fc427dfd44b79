package net.server.loop;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The open connections of an event loop, with their idle and session timeouts. Used on the thread
 * of the loop, except for {@link #connections} and {@link #remove}, which are thread-safe.
 *
 * @param <C> the type of the connections
 */
public final class IdleTimer<C extends TcpConnection> {
    /** Minimum time between two checks of all connections, hence the maximum delay of a timeout. */
    private static final long MIN_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Time until the next check of a connection whose limits are suspended. */
    private static final long SUSPENDED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long NEVER_NANOS = Long.MAX_VALUE;

    private final EventLoop loop;
    private final long idleNanos;
    private final long sessionNanos;
    private final TimeoutHandler<? super C> handler;
    private final Set<C> connections = ConcurrentHashMap.newKeySet();
    private boolean isScheduled;

    /** Creates a timer; a timeout of zero is none. */
    public IdleTimer(
            EventLoop loop,
            Duration idleTimeout,
            Duration sessionTimeout,
            TimeoutHandler<? super C> handler) {
        this.loop = loop;
        this.idleNanos = TimeUnit.NANOSECONDS.convert(idleTimeout);
        this.sessionNanos = TimeUnit.NANOSECONDS.convert(sessionTimeout);
        this.handler = handler;
    }

    /** Returns a live view of the open connections. */
    public Set<C> connections() {
        return connections;
    }

    /** Adds a new connection. */
    public void add(C connection) {
        connections.add(connection);
        // If a check is scheduled, it is early enough: all connections have the same limits.
        if (!isScheduled) {
            schedule(Math.min(nanosLeft(idleNanos, 0), nanosLeft(sessionNanos, 0)));
        }
    }

    /** Removes a closed connection. */
    public void remove(C connection) {
        connections.remove(connection);
    }

    private void schedule(long delayNanos) {
        isScheduled = delayNanos != NEVER_NANOS;
        if (isScheduled) {
            loop.schedule(Math.max(delayNanos, MIN_INTERVAL_NANOS), this::checkAndSchedule);
        }
    }

    private void checkAndSchedule() {
        long delayNanos = MIN_INTERVAL_NANOS;
        try {
            delayNanos = check();
        } finally {
            schedule(delayNanos);
        }
    }

    /** Reports connections that have reached a limit; returns the time until the next one can. */
    private long check() {
        long nowNanos = System.nanoTime();
        long nextNanos = NEVER_NANOS;
        for (C connection : connections) {
            long idleLeft = nanosLeft(idleNanos, nowNanos - activeNanos(connection, nowNanos));
            long sessionLeft = nanosLeft(sessionNanos, nowNanos - connection.startNanos());
            long left = Math.min(idleLeft, sessionLeft);
            if (left > 0) {
                nextNanos = Math.min(nextNanos, left);
            } else if (handler.isSuspended(connection)) {
                nextNanos = Math.min(nextNanos, SUSPENDED_NANOS);
            } else if (sessionLeft <= 0) {
                handler.onSessionTimeout(connection);
            } else {
                handler.onIdle(connection);
            }
        }
        return nextNanos;
    }

    /** Returns the time of the last traffic; a connection whose bytes wait is not idle. */
    private static long activeNanos(TcpConnection connection, long nowNanos) {
        return connection.isWaiting() ? nowNanos : connection.activeNanos();
    }

    private static long nanosLeft(long limitNanos, long elapsedNanos) {
        return limitNanos == 0 ? NEVER_NANOS : limitNanos - elapsedNanos;
    }
}
