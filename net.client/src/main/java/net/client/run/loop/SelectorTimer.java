package net.client.run.loop;

import java.io.Closeable;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;

/** Wakes a selector with microsecond precision; its own timeout has millisecond precision. */
final class SelectorTimer implements Closeable {
    private final Selector selector;
    private final Thread thread;
    private volatile long wakeNanos;
    private volatile boolean isSet;
    private volatile boolean isClosed;

    SelectorTimer(Selector selector) {
        this.selector = selector;
        this.thread = Thread.ofPlatform().daemon().name("run-timer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Sets the time to wake the selector; replaces an earlier one. */
    void set(long nanos) {
        if (isSet && wakeNanos == nanos) {
            return;
        }
        wakeNanos = nanos;
        isSet = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!isClosed) {
            if (!isSet) {
                LockSupport.park(this);
                continue;
            }
            long remainingNanos = wakeNanos - System.nanoTime();
            if (remainingNanos > 0) {
                LockSupport.parkNanos(this, remainingNanos);
            } else {
                isSet = false;
                selector.wakeup();
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }
}
