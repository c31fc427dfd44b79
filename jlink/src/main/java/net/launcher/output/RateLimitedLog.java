package net.launcher.output;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Limits log messages caused by peers to one line per second, with a count of those omitted. */
public final class RateLimitedLog {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Maximum wait for a line to be written; longer only if standard error is blocked. */
    private static final Duration WRITE_GRACE = Duration.ofMillis(50);

    private final Diagnostics err;
    private volatile boolean isWriting;
    private long lastNanos = System.nanoTime() - INTERVAL_NANOS;
    private long omitted;

    public RateLimitedLog(Diagnostics err) {
        this.err = err;
    }

    public void log(String text) {
        log(() -> text);
    }

    /**
     * Logs a text, which is built only if the line is not omitted. Does not block for long, so that
     * a blocked standard error does not stop the server.
     */
    public void log(Supplier<String> text) {
        long before = acquire();
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
            // Without a thread the line is lost, but the server continues.
            isWriting = false;
        }
    }

    private void write(String line) {
        try {
            err.print(line);
        } finally {
            isWriting = false;
        }
    }

    /** Logs an error; with {@code --verbose} without limit and with its stack trace. */
    public void error(Exception failure) {
        if (err.isVerbose()) {
            err.error(failure);
        } else {
            log(failure.getMessage() == null ? failure.toString() : failure.getMessage());
        }
    }

    /** Returns the number of lines omitted before this one, or -1 to omit this one too. */
    private synchronized long acquire() {
        long nowNanos = System.nanoTime();
        if (isWriting || nowNanos - lastNanos < INTERVAL_NANOS) {
            omitted++;
            return -1;
        }
        long before = omitted;
        isWriting = true;
        lastNanos = nowNanos;
        omitted = 0;
        return before;
    }
}
