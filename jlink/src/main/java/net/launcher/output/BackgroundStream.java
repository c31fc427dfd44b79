package net.launcher.output;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream for diagnostics whose writes do not block: a background thread passes them on, line by
 * line. While that thread is blocked, lines beyond a limit are dropped, and a later line has their
 * number. Thread-safe.
 */
public final class BackgroundStream extends OutputStream {
    /** A grace time that does not end. */
    public static final Duration NO_LIMIT = Duration.ofNanos(Long.MAX_VALUE);

    /** Maximum pending bytes, enough for some thousands of lines. */
    static final int MAX_PENDING_BYTES = 256 * 1024;

    private static final byte[] END = {};

    private final String name;
    private final PrintStream target;
    private final Duration grace;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Queue<byte[]> pending = new ArrayDeque<>();
    private int pendingBytes;
    private long dropped;
    private boolean isWriting;
    private boolean isClosed;

    private BackgroundStream(String name, PrintStream target, Duration grace) {
        this.name = name;
        this.target = target;
        this.grace = grace;
    }

    /**
     * Starts the thread.
     *
     * @param name the command name, for the line about dropped lines
     * @param grace the time that closing waits for pending lines
     */
    public static BackgroundStream start(String name, PrintStream target, Duration grace) {
        BackgroundStream stream = new BackgroundStream(name, target, grace);
        Thread.ofPlatform().daemon().name("diagnostics").start(stream::work);
        return stream;
    }

    /** Returns a stream of text in UTF-8. */
    public PrintStream print() {
        return new PrintStream(this, false, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] array, int offset, int length) {
        lock.lock();
        try {
            line.write(array, offset, length);
            if (length > 0 && array[offset + length - 1] == '\n') {
                endLine();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Passes on an incomplete line. */
    @Override
    public void flush() {
        lock.lock();
        try {
            endLine();
        } finally {
            lock.unlock();
        }
    }

    private void endLine() {
        if (line.size() > 0) {
            byte[] bytes = line.toByteArray();
            line.reset();
            if (pendingBytes + bytes.length > MAX_PENDING_BYTES) {
                dropped++;
            } else {
                addDropped();
                add(bytes);
            }
        }
    }

    private void addDropped() {
        if (dropped > 0) {
            String text = name + ": " + Plural.of(dropped, "line") + " dropped: not read in time\n";
            add(text.getBytes(StandardCharsets.UTF_8));
            dropped = 0;
        }
    }

    private void add(byte[] bytes) {
        pending.add(bytes);
        pendingBytes += bytes.length;
        changed.signalAll();
    }

    private void work() {
        for (byte[] next = take(); next != END; next = take()) {
            target.write(next, 0, next.length);
            target.flush();
        }
    }

    /** Waits for a line and removes it; returns the end once closed. */
    private byte[] take() {
        lock.lock();
        try {
            isWriting = false;
            changed.signalAll();
            while (pending.isEmpty() && !isClosed) {
                changed.awaitUninterruptibly();
            }
            if (pending.isEmpty()) {
                return END;
            }
            isWriting = true;
            byte[] bytes = pending.remove();
            pendingBytes -= bytes.length;
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits up to the grace time until everything is written; an interrupt stays set and does not
     * end the wait.
     */
    @Override
    public void close() {
        boolean isInterrupted = false;
        long endNanos = System.nanoTime() + grace.toNanos();
        lock.lock();
        try {
            endLine();
            addDropped();
            isClosed = true;
            changed.signalAll();
            while (isBusy() && endNanos - System.nanoTime() > 0) {
                try {
                    changed.await(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
        } finally {
            lock.unlock();
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isBusy() {
        return isWriting || !pending.isEmpty();
    }
}
