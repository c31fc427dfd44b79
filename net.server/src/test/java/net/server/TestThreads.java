package net.server;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a part of a test on another thread, and passes on its failure. */
final class TestThreads {
    private final FutureTask<Void> task;

    private TestThreads(FutureTask<Void> task) {
        this.task = task;
    }

    /** A part of a test. */
    interface Part {
        void run() throws Exception;
    }

    public static TestThreads start(Part part) {
        Callable<Void> call =
                () -> {
                    part.run();
                    return null;
                };
        FutureTask<Void> task = new FutureTask<>(call);
        Thread.ofPlatform().daemon().start(task);
        return new TestThreads(task);
    }

    boolean isDone() {
        return task.isDone();
    }

    /** Waits for the end, and throws the failure of the part. */
    void join() throws InterruptedException, ExecutionException, TimeoutException {
        task.get(Loopback.DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }
}
