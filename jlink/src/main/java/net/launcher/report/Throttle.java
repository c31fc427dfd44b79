package net.launcher.report;

import java.util.concurrent.TimeUnit;

/** Keeps what a peer can cause from filling standard error: a line a second, and how many more. */
public final class Throttle {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Diagnostics err;
    private long lastNanos = System.nanoTime() - INTERVAL_NANOS;
    private long held;

    public Throttle(Diagnostics err) {
        this.err = err;
    }

    public void say(String text) {
        long before = take();
        if (before >= 0) {
            err.say(before == 0 ? text : text + " (after " + before + " more)");
        }
    }

    /** With {@code --verbose} nothing is held back. */
    public void error(Exception failure) {
        if (err.isVerbose()) {
            err.error(failure);
        } else {
            say(failure.getMessage() == null ? failure.toString() : failure.getMessage());
        }
    }

    /** Returns how many were held back before this one, or -1 if this one is to be too. */
    private synchronized long take() {
        long nowNanos = System.nanoTime();
        if (nowNanos - lastNanos < INTERVAL_NANOS) {
            held++;
            return -1;
        }
        long before = held;
        lastNanos = nowNanos;
        held = 0;
        return before;
    }
}
