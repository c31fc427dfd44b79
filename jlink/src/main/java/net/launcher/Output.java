package net.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Standard output: whole lines, each written at once; safe for use by several threads. */
final class Output {
    private static final Duration BLOCKED_AFTER = Duration.ofMillis(200);

    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();

    Output(OutputStream out) {
        this.out = out;
    }

    /** Writes a line in UTF-8. */
    void line(String line) throws OutputException {
        write(line + "\n");
    }

    /** Writes a text of one or more lines in UTF-8. */
    void write(String text) throws OutputException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new OutputException(e);
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether a write does not move, after a while. */
    boolean isBlocked() {
        try {
            if (lock.tryLock(BLOCKED_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                lock.unlock();
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    /** Results could not be written: the run cannot succeed any more. */
    static final class OutputException extends IOException {
        private static final long serialVersionUID = 1L;

        OutputException(IOException cause) {
            super(
                    "write to standard output failed: "
                            + (cause.getMessage() == null ? cause.toString() : cause.getMessage())
                                    .toLowerCase(Locale.ROOT),
                    cause);
        }
    }
}
