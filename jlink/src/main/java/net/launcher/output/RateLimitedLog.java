package net.launcher.output;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Keeps what a peer can cause from filling standard error: a line a second, and how many more. */
public final class RateLimitedLog {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Within it a line is written, unless nobody reads. */
    private static final Duration WRITE_GRACE = Duration.ofMillis(50);

    private final Diagnostics err;
    private volatile boolean isWriting;
    private long lastNanos = System.nanoTime() - INTERVAL_NANOS;
    private long held;

    public RateLimitedLog(Diagnostics err) {
        this.err = err;
    }

    public void say(String text) {
        say(() -> text);
    }

    /**
     * Makes the text only where it is not held back, and waits for it to be written no longer than
     * that takes where somebody reads: who does not is no reason to stop serving.
     */
    public void say(Supplier<String> text) {
        long before = take();
        if (before < 0) {
            return;
        }
        String line = before == 0 ? text.get() : text.get() + " (after " + before + " more)";
        try {
            Thread.ofPlatform()
                    .daemon()
                    .name("diagnostics")
                    .start(() -> write(line))
                    .join(WRITE_GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OutOfMemoryError e) {
            // No thread can be had: a line is not worth the server.
            isWriting = false;
        }
    }

    private void write(String line) {
        try {
            err.say(line);
        } finally {
            isWriting = false;
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
        if (isWriting || nowNanos - lastNanos < INTERVAL_NANOS) {
            held++;
            return -1;
        }
        long before = held;
        isWriting = true;
        lastNanos = nowNanos;
        held = 0;
        return before;
    }
}
