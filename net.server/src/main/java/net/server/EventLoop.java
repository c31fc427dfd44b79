package net.server;

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
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * A thread that accepts, and that talks with many peers, none of which it waits for. What all of
 * them handed over in one turn is recorded at its end, and those who are done are closed after
 * that; so there is one write for many records under load, and none waits for a clock. Only {@link
 * #execute}, {@link #stop} and {@link #close} are for other threads.
 */
final class EventLoop implements Runnable, Closeable {
    /** Acts when its channel is ready. */
    @FunctionalInterface
    interface Ready {
        void act();
    }

    private record Timer(long atNanos, Runnable action) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return Long.signum(atNanos - other.atNanos);
        }
    }

    /** A turn that took so long was held up, by a listener or by the machine. */
    private static final long HELD_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int BUFFER_BYTES = 64 * 1024;

    /** How much may wait to be sent before peers are heard in small pieces. */
    private static final int MAX_UNSENT_BYTES = 16 * 1024 * 1024;

    /** Little enough for ten thousand peers that send and never read. */
    private static final int SMALL_PIECE_BYTES = 1024;

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();

    /** Those whose message ends unless more comes, the first first: all have the same gap. */
    private final Set<ConnectionHandler> pausing = new LinkedHashSet<>();

    /** Those that have handed something over, or are done, in this turn. */
    private List<ConnectionHandler> unsettled = new ArrayList<>();

    private List<ConnectionHandler> settling = new ArrayList<>();
    private long unsentBytes;
    private long nowNanos;
    private long turnNanos;

    /** Whether channels that were ready have acted in this turn. */
    private boolean isActing;

    private volatile Thread thread;
    private volatile boolean isStopped;

    EventLoop() throws IOException {}

    @Override
    public void run() {
        thread = Thread.currentThread();
        try (selector) {
            while (!isStopped) {
                turn();
            }
            runTasks();
            for (SelectionKey key : selector.keys()) {
                if (key.attachment() instanceof ConnectionHandler conversation) {
                    guard(conversation::cut);
                }
            }
            settle();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn() throws IOException {
        // A listener may have interrupted its thread, which would never wait again.
        Thread.interrupted();
        long leftNanos = leftNanos();
        if (leftNanos <= 0 || !tasks.isEmpty()) {
            selector.selectNow(this::act);
        } else {
            // Rounded up, since zero would be for ever.
            selector.select(
                    this::act,
                    leftNanos == Long.MAX_VALUE
                            ? 0
                            : TimeUnit.NANOSECONDS.toMillis(leftNanos - 1) + 1);
        }
        if (!isActing) {
            refresh();
            turnNanos = nowNanos;
        }
        isActing = false;
        runTasks();
        endPauses();
        if (System.nanoTime() - turnNanos < HELD_UP_NANOS) {
            runTimers();
        }
        settle();
    }

    /** Runs what is due; after a turn that took long, others are heard first. */
    private void runTimers() {
        while (!timers.isEmpty() && timers.peek().atNanos - System.nanoTime() <= 0) {
            guard(timers.poll().action);
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guard(task);
        }
    }

    private long leftNanos() {
        if (pausing.isEmpty() && timers.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long nowNanos = System.nanoTime();
        long leftNanos = Long.MAX_VALUE;
        if (!pausing.isEmpty()) {
            leftNanos = pausing.iterator().next().pauseEndNanos() - nowNanos;
        }
        return timers.isEmpty() ? leftNanos : Math.min(leftNanos, timers.peek().atNanos - nowNanos);
    }

    private void act(SelectionKey key) {
        if (!isActing) {
            isActing = true;
            refresh();
            turnNanos = nowNanos;
        }
        try {
            ((Ready) key.attachment()).act();
        } catch (RuntimeException | Error e) {
            tell(e);
        }
    }

    private void guard(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            tell(e);
        }
    }

    /** An error of one peer's is not the end of the others; whoever watches threads is told. */
    private void tell(Throwable e) {
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        } catch (RuntimeException | Error expected) {
            // Nobody is left to tell.
        }
    }

    private void endPauses() {
        while (!pausing.isEmpty()) {
            ConnectionHandler first = pausing.iterator().next();
            if (first.pauseEndNanos() - System.nanoTime() > 0) {
                return;
            }
            guard(first::endPause);
        }
    }

    /** Has recorded what was handed over, then closes those who are done. */
    private void settle() {
        while (!unsettled.isEmpty()) {
            List<ConnectionHandler> now = unsettled;
            unsettled = settling;
            settling = now;
            // The first to commit does so for all: if it fails, what all handed over is lost.
            boolean isLost = false;
            for (ConnectionHandler conversation : now) {
                isLost |= settle(conversation, isLost);
            }
            now.clear();
        }
    }

    /** Looks at the clock. */
    void refresh() {
        nowNanos = System.nanoTime();
    }

    /** Returns about what time it is: since channels were ready, or something was recorded. */
    long nowNanos() {
        return nowNanos;
    }

    private boolean settle(ConnectionHandler conversation, boolean isLost) {
        try {
            return conversation.settle(isLost);
        } catch (RuntimeException | Error e) {
            tell(e);
            guard(conversation::cut);
            return true;
        }
    }

    /** Has it called at the end of this turn. */
    void unsettled(ConnectionHandler conversation) {
        unsettled.add(conversation);
    }

    /** Has it called when the pause is over, which begins now. */
    void pause(ConnectionHandler conversation) {
        pausing.remove(conversation);
        pausing.add(conversation);
    }

    void endPause(ConnectionHandler conversation) {
        pausing.remove(conversation);
    }

    SelectionKey register(SelectableChannel channel, int operations, Ready ready)
            throws IOException {
        return channel.register(selector, operations, ready);
    }

    /** Returns where to read what the next peer has sent, at most so much. */
    ByteBuffer buffer(int appetite) {
        int limit = unsentBytes < MAX_UNSENT_BYTES ? BUFFER_BYTES : SMALL_PIECE_BYTES;
        return buffer.clear().limit(Math.min(limit, appetite));
    }

    /** Counts what waits to be sent. */
    void addUnsent(int bytes) {
        unsentBytes += bytes;
    }

    /** Runs an action once the time has passed. */
    void after(long nanos, Runnable action) {
        timers.add(new Timer(System.nanoTime() + nanos, action));
    }

    /** Runs an action: at once if called by its own thread, soon otherwise. */
    void execute(Runnable action) {
        if (Thread.currentThread() == thread) {
            action.run();
        } else {
            tasks.add(action);
            selector.wakeup();
        }
    }

    /** Has what was closed let go of, and ends the thread, which cuts off those who are left. */
    void stop() {
        isStopped = true;
        selector.wakeup();
    }

    /** Lets go of what the system has for a loop whose thread was never started. */
    @Override
    public void close() throws IOException {
        selector.close();
    }
}
