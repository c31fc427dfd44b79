package net.launcher;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Concurrent threads of a test; a failure of any thread fails the test. */
public final class TestThreads {
    private final List<FutureTask<Void>> tasks = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    public void start(Callable<?> work) {
        FutureTask<Void> task =
                new FutureTask<>(
                        () -> {
                            work.call();
                            return null;
                        });
        tasks.add(task);
        threads.add(Thread.ofPlatform().daemon().start(task));
    }

    /** Returns once every thread is waiting. */
    public void awaitWaiting() {
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.WAITING
                    && thread.getState() != Thread.State.TIMED_WAITING) {
                assertTrue(thread.isAlive(), "did not wait");
                Thread.yield();
            }
        }
    }

    /** Waits for all threads to end. */
    public void join() throws Exception {
        for (FutureTask<Void> task : tasks) {
            task.get();
        }
    }

    /** Waits for all threads to end, and returns their failures. */
    public List<Throwable> failures() throws InterruptedException {
        List<Throwable> failures = new ArrayList<>();
        for (FutureTask<Void> task : tasks) {
            try {
                task.get();
                throw new AssertionError("did not fail");
            } catch (ExecutionException e) {
                failures.add(e.getCause());
            }
        }
        return failures;
    }
}
