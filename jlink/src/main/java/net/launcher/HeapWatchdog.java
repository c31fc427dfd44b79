package net.launcher;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks now and then whether a server has memory to go on, and fails where it has none, for all to
 * know. A server whose heap is or was full may otherwise stay and serve nobody.
 */
final class HeapWatchdog implements Runnable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** A server with less than this is of no use. */
    private static final int PROBE_BYTES = 256 * 1024;

    private static final byte[] NOTHING = {};

    private volatile byte[] probe = NOTHING;

    /** Starts one, which ends with the process; its failure is what nobody expected. */
    static void start() {
        Thread.ofPlatform().daemon().name("canary").start(new HeapWatchdog());
    }

    @Override
    public void run() {
        while (probe == NOTHING) {
            LockSupport.parkNanos(this, INTERVAL.toNanos());
            probe = new byte[PROBE_BYTES];
            probe = NOTHING;
        }
    }
}
