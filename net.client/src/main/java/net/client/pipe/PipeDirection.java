package net.client.pipe;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** One direction of a pipe, run by its own thread; unparks the pipe's thread when it ends. */
abstract class PipeDirection implements Runnable {
    private final Thread pipe = Thread.currentThread();
    private volatile long bytes;
    private volatile long activeNanos = System.nanoTime();
    private volatile boolean isOver;

    /** The failure that ended this direction; null at the end of the stream. */
    private volatile Throwable failure;

    /** Starts the thread. */
    final void start(String name) {
        Thread.ofPlatform().daemon().name(name).start(this);
    }

    /** Copies bytes until the end of the stream. */
    abstract void copy() throws IOException;

    @Override
    public final void run() {
        try {
            copy();
        } catch (Throwable e) {
            failure = e;
        } finally {
            activeNanos = System.nanoTime();
            isOver = true;
            LockSupport.unpark(pipe);
        }
    }

    /** Adds to the number of copied bytes. */
    final void addCopied(long count) {
        bytes = bytes + count;
        touch();
    }

    /** Updates the time of the last activity. */
    final void touch() {
        activeNanos = System.nanoTime();
    }

    final long bytes() {
        return bytes;
    }

    /** Returns the time of the last activity. */
    final long activeNanos() {
        return activeNanos;
    }

    final boolean isOver() {
        return isOver;
    }

    /** Returns the network failure, or null; throws a failure of the input or output. */
    final IOException failure() throws PipeException {
        return switch (failure) {
            case null -> null;
            case PipeException e -> throw e;
            case IOException e -> e;
            case Error e -> throw e;
            case RuntimeException e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        };
    }
}
