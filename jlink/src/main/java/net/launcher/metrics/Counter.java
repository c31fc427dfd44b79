package net.launcher.metrics;

import java.util.concurrent.atomic.AtomicLong;

/** A count written by one thread and read by others, without locked instructions. */
final class Counter {
    private final AtomicLong value = new AtomicLong();

    void add(long count) {
        value.setRelease(value.getPlain() + count);
    }

    void increment() {
        add(1);
    }

    long get() {
        return value.getAcquire();
    }
}
