package net.launcher.output;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Limits log messages caused by peers to one line per second, with a count of those omitted. */
public final class RateLimitedLog {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Diagnostics err;
    private long lastNanos = System.nanoTime() - INTERVAL_NANOS;
    private long omitted;

    public RateLimitedLog(Diagnostics err) {
        this.err = err;
    }

    public void log(String text) {
        log(() -> text);
    }

    /** Logs a text, which is built only if the line is not omitted. */
    public void log(Supplier<String> text) {
        long before = acquire();
        if (before >= 0) {
            print(text.get(), before);
        }
    }

    /** Prints a line with the number of those omitted before it. */
    public void print(String text, long before) {
        err.print(before == 0 ? text : text + " (after " + before + " more)");
    }

    /** Logs an error; with {@code --verbose} or stack traces without limit. */
    public void error(Exception failure) {
        error(failure.getMessage() == null ? failure.toString() : failure.getMessage(), failure);
    }

    /** Logs a text on an error, as {@link #error(Exception)} does. */
    public void error(String text, Exception failure) {
        if (err.isVerbose() || err.isDebug()) {
            err.error(text, failure);
        } else {
            log(text);
        }
    }

    /** Returns the number of lines omitted before this one, or -1 to omit this one too. */
    public synchronized long acquire() {
        long nowNanos = System.nanoTime();
        if (nowNanos - lastNanos < INTERVAL_NANOS) {
            omitted++;
            return -1;
        }
        long before = omitted;
        lastNanos = nowNanos;
        omitted = 0;
        return before;
    }

    /** Returns the number of lines omitted after the last one, and starts counting again. */
    public synchronized long takeOmitted() {
        long count = omitted;
        omitted = 0;
        return count;
    }
}
