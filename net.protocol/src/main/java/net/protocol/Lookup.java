package net.protocol;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Interruptible name lookups with a timeout, which the JDK does not provide. */
final class Lookup {
    private Lookup() {}

    /**
     * Runs a lookup, which cannot be cancelled: after the timeout, its thread runs until the
     * resolver returns.
     */
    static <T> T within(Duration timeout, Callable<T> lookup) throws IOException {
        FutureTask<T> task = new FutureTask<>(lookup);
        Thread thread = new Thread(task, "lookup");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("timed out");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }
}
