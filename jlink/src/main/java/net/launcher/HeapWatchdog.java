package net.launcher;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Allocates memory periodically, so that a server with a full heap fails with an {@link
 * OutOfMemoryError} instead of staying up without serving.
 */
final class HeapWatchdog implements Runnable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Minimum free heap for a server to be useful. */
    private static final int PROBE_BYTES = 256 * 1024;

    private static final byte[] EMPTY = {};

    private volatile byte[] probe = EMPTY;

    /** Starts a watchdog thread, whose failure reaches the uncaught exception handler. */
    static void start() {
        Thread.ofPlatform().daemon().name("heap watchdog").start(new HeapWatchdog());
    }

    @Override
    public void run() {
        while (probe == EMPTY) {
            LockSupport.parkNanos(this, INTERVAL.toNanos());
            probe = new byte[PROBE_BYTES];
            probe = EMPTY;
        }
    }
}
