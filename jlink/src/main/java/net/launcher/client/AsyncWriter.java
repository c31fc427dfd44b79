package net.launcher.client;

import net.launcher.output.Output;
import net.launcher.output.Output.OutputException;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes in a thread of its own, so that who reads slowly does not hold up who measures: what was
 * appended to an output, and notes on standard error.
 */
final class AsyncWriter implements AutoCloseable {
    /** Beyond it, while nobody reads standard error, there is no use in more. */
    private static final int MAX_NOTES = 1000;

    private final Output out;
    private final Queue<Runnable> notes = new ArrayBlockingQueue<>(MAX_NOTES);
    private final Thread thread = Thread.ofPlatform().daemon().name("scribe").unstarted(this::work);
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean isDue;
    private boolean isClosed;

    private AsyncWriter(Output out) {
        this.out = out;
    }

    static AsyncWriter start(Output out) {
        AsyncWriter scribe = new AsyncWriter(out);
        scribe.thread.start();
        return scribe;
    }

    /** Has what was appended to the output written soon. */
    void commitSoon() {
        wake(false);
    }

    /** Has a note written soon, after those before it. */
    void note(Runnable note) {
        notes.offer(note);
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
                // Whoever appends next, or commits in the end, has it thrown once more.
            }
            for (Runnable note = notes.poll(); note != null; note = notes.poll()) {
                note.run();
            }
        }
    }

    /** Returns whether the work that is due is the last. */
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

    /** Returns when all is written; an interrupt stays set, and does not shorten it. */
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
