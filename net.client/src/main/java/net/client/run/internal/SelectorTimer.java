package net.client.run.internal;

import java.io.Closeable;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;

/** Wakes a selector to the microsecond, where its own time-out counts in milliseconds. */
final class SelectorTimer implements Closeable {
    private final Selector selector;
    private final Thread thread;
    private volatile long atNanos;
    private volatile boolean isSet;
    private volatile boolean isClosed;

    SelectorTimer(Selector selector) {
        this.selector = selector;
        this.thread = Thread.ofPlatform().daemon().name("alarm").start(this::ring);
    }

    /** Wakes the selector at a time, in place of the one set before. */
    void set(long nanos) {
        if (isSet && atNanos == nanos) {
            return;
        }
        atNanos = nanos;
        isSet = true;
        LockSupport.unpark(thread);
    }

    private void ring() {
        while (!isClosed) {
            if (!isSet) {
                LockSupport.park(this);
                continue;
            }
            long leftNanos = atNanos - System.nanoTime();
            if (leftNanos > 0) {
                LockSupport.parkNanos(this, leftNanos);
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
