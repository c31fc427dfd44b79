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

/** Looks something up within a time, or until it is interrupted, which the JDK does not do. */
final class Lookup {
    private Lookup() {}

    /** A look-up cannot be stopped: past the time its thread is left to end by itself. */
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
