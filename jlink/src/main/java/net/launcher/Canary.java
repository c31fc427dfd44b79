package net.launcher;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks now and then whether a server has memory to go on, and fails where it has none, for all to
 * know. A server whose heap is or was full may otherwise stay and serve nobody: the JDK holds on to
 * carriers for virtual threads that it has no memory to put aside, and says nothing.
 */
final class Canary implements Runnable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** A server with less than this is of no use. */
    private static final int PROBE_BYTES = 256 * 1024;

    /** So many intervals in a row no virtual thread went on. */
    private static final int MAX_SILENCE = 3;

    private static final byte[] NOTHING = {};

    private volatile byte[] probe = NOTHING;
    private volatile boolean isAnswered = true;
    private int silence;

    /** Starts one, which ends with the process; its failure is what nobody expected. */
    static void start() {
        Thread.ofPlatform().daemon().name("canary").start(new Canary());
    }

    @Override
    public void run() {
        while (probe == NOTHING) {
            LockSupport.parkNanos(this, INTERVAL.toNanos());
            probe = new byte[PROBE_BYTES];
            probe = NOTHING;
            ask();
        }
    }

    /** Has a virtual thread answer; one that does not, where memory is scarce, never will. */
    private void ask() {
        if (isAnswered) {
            isAnswered = false;
            silence = 0;
            Thread.ofVirtual().name("canary").start(() -> isAnswered = true);
        } else {
            silence++;
            if (silence >= MAX_SILENCE && isScarce()) {
                throw new OutOfMemoryError("Java heap space");
            }
        }
    }

    /** Tells whether less than an eighth is left, as far as is known without a collection. */
    private static boolean isScarce() {
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        return runtime.maxMemory() - used < runtime.maxMemory() / 8;
    }
}
