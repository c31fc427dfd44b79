package net.server.loop;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * A selector loop for many channels. At the end of each tick all pending handlers commit together,
 * so that one write records many messages under load and none waits for a timer.
 *
 * <p>The work of a tick is limited over all connections. Those that transfer many bytes wait in a
 * {@link BusyQueue} for the next ticks; the others are served in each.
 *
 * <p>Only {@link #execute}, {@link #stop} and {@link #close} may be called by other threads.
 */
public final class EventLoop implements Runnable, Closeable {
    /** Duration of a tick above which timers are skipped until channels have been handled again. */
    private static final long SLOW_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int BUFFER_BYTES = 64 * 1024;

    /** Total of unsent bytes above which reads are limited to {@link #SMALL_READ_BYTES}. */
    private static final int MAX_UNSENT_BYTES = 16 * 1024 * 1024;

    /** Bounds the memory used by ten thousand peers that send and never read. */
    private static final int SMALL_READ_BYTES = 1024;

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final TimerQueue timers = new TimerQueue();
    private final BusyQueue busy = new BusyQueue();

    /** Handlers in a message gap. All have the same gap, so that insertion order is time order. */
    private final Set<LoopHandler> gaps = new LinkedHashSet<>();

    /** Handlers to commit at the end of this tick. */
    private List<LoopHandler> pending = new ArrayList<>();

    private List<LoopHandler> committing = new ArrayList<>();
    private long unsentBytes;
    private long nowNanos;
    private long tickStartNanos;

    /** Set if a channel was ready in this tick. */
    private boolean hasReady;

    private volatile Thread thread;
    private volatile boolean isStopped;

    /** Opens the selector; {@link #run} or {@link #close} releases it. */
    public EventLoop() throws IOException {}

    @Override
    public void run() {
        thread = Thread.currentThread();
        try (selector) {
            while (!isStopped) {
                tick();
            }
            runTasks();
            for (SelectionKey key : selector.keys()) {
                if (key.attachment() instanceof ConnectionKey connection) {
                    runGuarded(connection.handler()::abort);
                }
            }
            commitPending();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serves the channels that are ready, and the tasks and timers that are due. */
    void tick() throws IOException {
        // With the interrupt status set, select would never block again.
        Thread.interrupted();
        long waitNanos = nanosUntilNextEvent();
        if (waitNanos <= 0 || !tasks.isEmpty() || !busy.isEmpty()) {
            selector.selectNow(this::handle);
        } else {
            // Rounded up, since zero means no timeout.
            selector.select(
                    this::handle,
                    waitNanos == Long.MAX_VALUE
                            ? 0
                            : TimeUnit.NANOSECONDS.toMillis(waitNanos - 1) + 1);
        }
        if (!hasReady) {
            beginTick();
        }
        hasReady = false;
        runTasks();
        if (!gaps.isEmpty()) {
            endGaps();
        }
        if (!busy.isEmpty()) {
            refreshTime();
            busy.run(this::serveWaiting);
        }
        if (System.nanoTime() - tickStartNanos < SLOW_TICK_NANOS) {
            runTimers();
        }
        commitPending();
    }

    private long nanosUntilNextEvent() {
        if (gaps.isEmpty() && timers.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long nanoTime = System.nanoTime();
        long timerNanos = timers.nanosUntilFirst(nanoTime);
        return gaps.isEmpty()
                ? timerNanos
                : Math.min(timerNanos, gaps.iterator().next().gapEndNanos() - nanoTime);
    }

    private void handle(SelectionKey key) {
        if (!hasReady) {
            hasReady = true;
            beginTick();
        }
        try {
            ((ReadyHandler) key.attachment()).onReady();
        } catch (RuntimeException | Error e) {
            report(e);
        }
    }

    private void beginTick() {
        refreshTime();
        tickStartNanos = nowNanos;
        busy.beginPhase();
    }

    private void serveWaiting(ConnectionKey key) {
        try {
            key.serveWaiting();
        } catch (RuntimeException | Error e) {
            report(e);
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            runGuarded(task);
        }
    }

    private void runTimers() {
        while (timers.nanosUntilFirst(System.nanoTime()) <= 0) {
            runGuarded(timers.poll());
        }
    }

    private void endGaps() {
        busy.beginPhase();
        while (!gaps.isEmpty() && !busy.isSpent()) {
            LoopHandler first = gaps.iterator().next();
            if (first.gapEndNanos() - System.nanoTime() > 0) {
                return;
            }
            runGuarded(first::onMessageGap);
        }
    }

    private void runGuarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            report(e);
        }
    }

    /** Passes an unexpected exception to the thread's handler; the loop continues. */
    private void report(Throwable e) {
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        } catch (RuntimeException | Error expected) {
            // The JVM ignores what an uncaught exception handler throws, too.
        }
    }

    private void commitPending() {
        while (!pending.isEmpty()) {
            List<LoopHandler> batch = pending;
            pending = committing;
            committing = batch;
            // The first commit covers the whole batch: if it fails, all pending work is lost.
            boolean isLost = false;
            for (LoopHandler handler : batch) {
                isLost |= commit(handler, isLost);
            }
            batch.clear();
        }
    }

    private boolean commit(LoopHandler handler, boolean isLost) {
        try {
            return handler.commit(isLost);
        } catch (RuntimeException | Error e) {
            report(e);
            runGuarded(handler::abort);
            return true;
        }
    }

    /** Sets {@link #nowNanos} to the current time. */
    public void refreshTime() {
        nowNanos = System.nanoTime();
    }

    /**
     * Returns the time at which the first channel of this tick was ready, or that of the last
     * refresh.
     */
    public long nowNanos() {
        return nowNanos;
    }

    /** Schedules a commit at the end of this tick. */
    public void addPending(LoopHandler handler) {
        pending.add(handler);
    }

    /** Starts, or restarts, the message gap of a handler. */
    public void startGap(LoopHandler handler) {
        gaps.remove(handler);
        gaps.add(handler);
    }

    /** Cancels the message gap of a handler, if it is in one. */
    public void cancelGap(LoopHandler handler) {
        gaps.remove(handler);
    }

    /** Registers a channel; the handler is called when it is ready. */
    public SelectionKey register(SelectableChannel channel, int operations, ReadyHandler handler)
            throws IOException {
        return channel.register(selector, operations, handler);
    }

    /**
     * Registers a connection; the handler is called when it is ready, or later if the connection is
     * busy and others wait.
     */
    public ConnectionKey register(SelectableChannel channel, int operations, LoopHandler handler)
            throws IOException {
        SelectionKey key = channel.register(selector, operations);
        ConnectionKey connection = new ConnectionKey(key, busy, handler);
        key.attach(connection);
        return connection;
    }

    /** Adds bytes received or sent, or as much other work, to that of the connection in service. */
    public void addWork(int bytes) {
        busy.addWork(bytes);
    }

    /** Returns whether the connection in service must stop, so that others are served. */
    public boolean isShareUsed() {
        return busy.isShareUsed();
    }

    /** Returns the shared read buffer, empty; its content is valid until the next call. */
    public ByteBuffer readBuffer(int maxBytes) {
        int limit = unsentBytes < MAX_UNSENT_BYTES ? BUFFER_BYTES : SMALL_READ_BYTES;
        return buffer.clear().limit(Math.min(Math.min(limit, maxBytes), busy.maxReadBytes()));
    }

    /** Adds to the number of bytes that are buffered because peers do not read. */
    public void addUnsent(int bytes) {
        unsentBytes += bytes;
    }

    /** Runs an action after a delay. */
    public void schedule(long delayNanos, Runnable action) {
        timers.add(delayNanos, action);
    }

    /** Runs an action on the loop's thread; immediately if called on this thread. */
    public void execute(Runnable action) {
        if (Thread.currentThread() == thread) {
            action.run();
        } else {
            tasks.add(action);
            selector.wakeup();
        }
    }

    /** Ends the thread, which first aborts the remaining connections and releases the selector. */
    public void stop() {
        isStopped = true;
        selector.wakeup();
    }

    /** Releases the selector of a loop whose thread was never started. */
    @Override
    public void close() throws IOException {
        selector.close();
    }
}
