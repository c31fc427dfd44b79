package net.launcher.client;

import net.launcher.output.Output;
import net.launcher.output.Output.OutputException;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Commits the output on a background thread, so that a slow reader does not delay the measuring
 * thread.
 */
final class AsyncWriter implements AutoCloseable {
    private final Output out;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("client-writer").unstarted(this::work);
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean isDue;
    private boolean isClosed;

    private AsyncWriter(Output out) {
        this.out = out;
    }

    static AsyncWriter start(Output out) {
        AsyncWriter writer = new AsyncWriter(out);
        writer.thread.start();
        return writer;
    }

    /** Schedules a commit of the output. */
    void commitSoon() {
        wake(false);
    }

    private void wake(boolean isLast) {
        lock.lock();
        try {
            isDue = true;
            isClosed |= isLast;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        boolean isLast = false;
        while (!isLast) {
            isLast = awaitWork();
            try {
                out.commit();
            } catch (OutputException expected) {
                // The next append or the final commit throws it again.
            }
        }
    }

    /** Waits for work; returns whether the writer was closed. */
    private boolean awaitWork() {
        lock.lock();
        try {
            while (!isDue) {
                changed.awaitUninterruptibly();
            }
            isDue = false;
            return isClosed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything is written; an interrupt stays set and does not end the wait. */
    @Override
    public void close() {
        wake(true);
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
