package net.client.pipe;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** A direction of a pipe, in a thread of its own, which wakes the pipe's thread at its end. */
abstract class PipeDirection implements Runnable {
    private final Thread pipe = Thread.currentThread();
    private volatile long bytes;
    private volatile long movedNanos = System.nanoTime();
    private volatile boolean isOver;

    /** What ended it, if that is no end. */
    private volatile Throwable failure;

    /** Starts it, for the calling thread. */
    final void start(String name) {
        Thread.ofPlatform().daemon().name(name).start(this);
    }

    /** Moves bytes to the end of them. */
    abstract void move() throws IOException;

    @Override
    public final void run() {
        try {
            move();
        } catch (Throwable e) {
            failure = e;
        } finally {
            movedNanos = System.nanoTime();
            isOver = true;
            LockSupport.unpark(pipe);
        }
    }

    /** Takes note of bytes that came out at the other side. */
    final void moved(long count) {
        bytes = bytes + count;
        touch();
    }

    /** Takes note of bytes that are on their way. */
    final void touch() {
        movedNanos = System.nanoTime();
    }

    final long bytes() {
        return bytes;
    }

    /** Returns when bytes moved, or the end was reached. */
    final long movedNanos() {
        return movedNanos;
    }

    final boolean isOver() {
        return isOver;
    }

    /** Throws what failed on this machine; returns what failed in the network, or null. */
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
