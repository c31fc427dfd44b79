package net.client;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.client.run.RunResult.LoadFigures;
import net.client.run.record.RecordedResult;
import net.client.run.record.RunRecorder;
import net.protocol.internal.Preconditions;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A run performed twice, without and with a concurrent bulk run that fills the buffers on the
 * network path. The increase in latency is queueing delay (bufferbloat). Usable once; only {@link
 * #reportSoon} may be called by other threads.
 */
public final class LatencyUnderLoad {
    private final RunConfig measured;
    private final RunConfig load;
    private final RunListener idleListener;
    private final RunListener loadedListener;
    private final RunListener loadListener;
    private volatile Optional<Run> current = Optional.empty();

    /** The bulk run, in its own thread. */
    private static final class Load implements RunListener {
        private final RunListener listener;
        private final CountDownLatch flowing = new CountDownLatch(1);
        private final Queue<ExchangeException> failures = new ConcurrentLinkedQueue<>();
        private final FutureTask<RunResult> task;
        private final Thread thread;
        private volatile boolean hasEnded;

        Load(RunConfig load, RunListener listener) {
            this.listener = listener;
            task =
                    new FutureTask<>(
                            () -> {
                                try {
                                    return new Run(load, this).run();
                                } finally {
                                    hasEnded = true;
                                    flowing.countDown();
                                }
                            });
            thread = Thread.ofPlatform().daemon().name("bulk-load").start(task);
        }

        @Override
        public boolean needsExchanges() {
            return false;
        }

        @Override
        public void onConnection(ConnectionInfo connection) throws IOException {
            listener.onConnection(connection);
        }

        @Override
        public void onInterval(RunResult interval) throws IOException {
            listener.onInterval(interval);
            // Only the last interval is shorter.
            if (interval.duration().compareTo(RunConfig.DEFAULT_WINDOW) >= 0) {
                flowing.countDown();
            }
        }

        @Override
        public void onFailure(OptionalLong number, ExchangeException failure) {
            failures.add(failure);
        }

        /** Waits until the load has run for one interval; returns whether it still runs. */
        boolean awaitFlow() throws InterruptedException {
            flowing.await();
            return !hasEnded;
        }

        /** Ends the load and returns its figures. */
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
                    throw e.getCause() instanceof IOException of
                            ? of
                            : new IOException(e.getCause());
                }
            }
        }
    }

    /**
     * Creates a run without starting it.
     *
     * @param measured the run to measure
     * @param load the load, a bulk run over TCP; it ends with the measured run
     * @param idleListener the listener of the run without load
     * @param loadedListener the listener of the run with load, and of the failures of the load
     * @param loadListener the listener of the connections and intervals of the load, called in
     *     another thread
     * @throws IllegalArgumentException if the load is not a bulk run over TCP, or the measured run
     *     has no latencies
     */
    public LatencyUnderLoad(
            RunConfig measured,
            RunConfig load,
            RunListener idleListener,
            RunListener loadedListener,
            RunListener loadListener) {
        this.measured = Objects.requireNonNull(measured, "measured");
        this.load = Objects.requireNonNull(load, "load").toBuilder().endless().build();
        this.idleListener = Objects.requireNonNull(idleListener, "idleListener");
        this.loadedListener = Objects.requireNonNull(loadedListener, "loadedListener");
        this.loadListener = Objects.requireNonNull(loadListener, "loadListener");
        Preconditions.require(load.isStream(), "load must be a bulk run over tcp", load.service());
        Preconditions.require(
                measured.isAnswered(),
                "measured must be a run of a service that answers",
                measured.service().label());
    }

    /**
     * Performs the run twice, as {@link Run#run} does; the load begins one second before the second
     * run. An interrupt ends both runs early. May be called once.
     *
     * @return the figures under load, with {@link RunResult#load}; those without load if the first
     *     run was interrupted or had no successful exchange
     * @throws IOException if a listener threw it, or no file descriptors are left
     */
    public RunResult run() throws IOException {
        RunResult idle = measure(idleListener);
        if (idle.ok() == 0 || Thread.currentThread().isInterrupted()) {
            return idle;
        }
        Load running = new Load(load, loadListener);
        RunResult loaded = new RunRecorder(measured, RunListener.NONE).result();
        RunResult loadResult;
        try {
            if (running.awaitFlow()) {
                loaded = measure(loadedListener);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            loadResult = running.end();
        }
        for (ExchangeException failure : running.failures) {
            loadedListener.onFailure(OptionalLong.empty(), failure);
        }
        return RecordedResult.withLoad(loaded, new LoadFigures(idle, loadResult));
    }

    private RunResult measure(RunListener listener) throws IOException {
        Run run = new Run(measured, listener);
        current = Optional.of(run);
        return run.run();
    }

    /** Requests a call of {@link RunListener#onReport}; callable from any thread at any time. */
    public void reportSoon() {
        current.ifPresent(Run::reportSoon);
    }
}
