package net.launcher.output;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** An in-memory output stream whose lines can be waited for. Thread-safe. */
public final class CapturedOutput extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean isClosed;

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] array, int offset, int length) {
        lock.lock();
        try {
            bytes.write(array, offset, length);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the output and releases waiting threads. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns everything written so far. */
    public String text() {
        lock.lock();
        try {
            return bytes.toString(StandardCharsets.UTF_8);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a complete line that contains a text; returns empty on timeout or close. */
    public Optional<String> await(String part, Duration timeout) throws InterruptedException {
        long remainingNanos = timeout.toNanos();
        lock.lock();
        try {
            while (true) {
                String text = text();
                Optional<String> line =
                        text.substring(0, text.lastIndexOf('\n') + 1)
                                .lines()
                                .filter(candidate -> candidate.contains(part))
                                .findFirst();
                if (line.isPresent() || isClosed || remainingNanos <= 0) {
                    return line;
                }
                remainingNanos = changed.awaitNanos(remainingNanos);
            }
        } finally {
            lock.unlock();
        }
    }
}
