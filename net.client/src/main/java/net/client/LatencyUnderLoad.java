package net.client;

import net.client.connect.ExchangeException;
import net.client.internal.Preconditions;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.client.run.RunResult.LoadFigures;
import net.client.run.internal.RunRecorder;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A run that is made twice: first alone, then beside a bulk run, which fills the buffers on the
 * way. What the times grow by is what waits in them.
 */
public final class LatencyUnderLoad {
    private final RunConfig measured;
    private final RunConfig load;
    private final RunListener idleListener;
    private final RunListener loadedListener;
    private volatile Optional<Run> current = Optional.empty();

    /** The bulk run, in a thread of its own. */
    private static final class Bulk implements RunListener {
        private final CountDownLatch flowing = new CountDownLatch(1);
        private final Queue<ExchangeException> failures = new ConcurrentLinkedQueue<>();
        private final FutureTask<RunResult> task;
        private final Thread thread;
        private volatile boolean isOver;

        Bulk(RunConfig load) {
            task =
                    new FutureTask<>(
                            () -> {
                                try {
                                    return new Run(load, this).run();
                                } finally {
                                    isOver = true;
                                    flowing.countDown();
                                }
                            });
            thread = Thread.ofPlatform().daemon().name("load").start(task);
        }

        @Override
        public void onInterval(RunResult interval) {
            // A shorter one is the last, of a load that is over.
            if (interval.duration().compareTo(INTERVAL) >= 0) {
                flowing.countDown();
            }
        }

        @Override
        public void onFailure(ExchangeException failure) {
            failures.add(failure);
        }

        /** Waits until it has filled what there is to fill; returns whether it still does. */
        boolean awaitFlow() throws InterruptedException {
            flowing.await();
            return !isOver;
        }

        /** Ends it, and returns what it came to. */
        RunResult end() throws IOException {
            thread.interrupt();
            boolean isInterrupted = false;
            while (true) {
                try {
                    RunResult result = task.get();
                    if (isInterrupted) {
                        Thread.currentThread().interrupt();
                    }
                    return result;
                } catch (InterruptedException e) {
                    isInterrupted = true;
                } catch (ExecutionException e) {
                    throw new IOException(e.getCause());
                }
            }
        }
    }

    /**
     * Creates a run; nothing is looked up, connected or sent.
     *
     * @param measured what is measured
     * @param load what runs beside it, a bulk run over TCP; it is ended when that is over
     * @param idleListener told how it goes without the load
     * @param loadedListener told how it goes with the load, and what failed of the load
     * @throws IllegalArgumentException if the load is no bulk run over TCP, or what is to be
     *     measured has no times
     */
    public LatencyUnderLoad(
            RunConfig measured,
            RunConfig load,
            RunListener idleListener,
            RunListener loadedListener) {
        this.measured = Objects.requireNonNull(measured, "measured");
        this.load = Objects.requireNonNull(load, "load").toBuilder().endless().build();
        this.idleListener = Objects.requireNonNull(idleListener, "idleListener");
        this.loadedListener = Objects.requireNonNull(loadedListener, "loadedListener");
        Preconditions.require(load.isStream(), "load must be a bulk run over tcp", load.service());
        Preconditions.require(
                measured.isAnswered(),
                "a run beside a load must have a service that answers",
                measured.service().label());
    }

    /**
     * Makes the run twice, as {@link Run#run} does. The load begins a second before the second
     * time. An interrupt ends it early. To be called once.
     *
     * @return what was measured beside the load, with what there was without it; without a load, if
     *     the first time was interrupted or nothing succeeded in it
     * @throws IOException if the listener threw it, or this machine has no descriptors left
     */
    public RunResult run() throws IOException {
        RunResult idle = measure(idleListener);
        if (idle.ok() == 0 || Thread.currentThread().isInterrupted()) {
            return idle;
        }
        Bulk bulk = new Bulk(load);
        RunResult loaded = new RunRecorder(measured, RunListener.NONE).result();
        RunResult moved;
        try {
            if (bulk.awaitFlow()) {
                loaded = measure(loadedListener);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            moved = bulk.end();
        }
        for (ExchangeException failure : bulk.failures) {
            loadedListener.onFailure(failure);
        }
        return loaded.with(new LoadFigures(idle, moved));
    }

    private RunResult measure(RunListener listener) throws IOException {
        Run run = new Run(measured, listener);
        current = Optional.of(run);
        return run.run();
    }

    /** Has the listener told soon how things stand; from any thread, at any time. */
    public void reportSoon() {
        current.ifPresent(Run::reportSoon);
    }
}
