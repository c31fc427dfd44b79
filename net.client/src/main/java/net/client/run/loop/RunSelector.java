package net.client.run.loop;

import net.client.internal.MonotonicTime;
import net.client.run.flow.Flow;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits for the channels of a run and for deadlines, and calls the flows that are ready. */
final class RunSelector implements Closeable {
    private static final long MILLI_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Selector selector;
    private final Optional<SelectorTimer> timer;

    /** Exception of the run's listener. */
    private IOException failure;

    /** Creates a selector with a precision of microseconds, or otherwise milliseconds. */
    RunSelector(boolean isPrecise) throws IOException {
        this.selector = Selector.open();
        this.timer = isPrecise ? Optional.of(new SelectorTimer(selector)) : Optional.empty();
        timer.ifPresent(SelectorTimer::start);
    }

    /** Returns the selector; the attachment of each key is its flow. */
    Selector selector() {
        return selector;
    }

    /** Ends the current wait; callable from any thread. */
    void wakeup() {
        selector.wakeup();
    }

    /** Waits for a ready channel, at most until a time, or {@link MonotonicTime#NEVER}. */
    void await(long nowNanos, long untilNanos) throws IOException {
        long remainingNanos = untilNanos - nowNanos;
        if (untilNanos == MonotonicTime.NEVER) {
            selector.select(this::ready);
        } else if (remainingNanos <= 0) {
            selector.selectNow(this::ready);
        } else if (timer.isEmpty()) {
            selector.select(this::ready, (remainingNanos - 1) / MILLI_NANOS + 1);
        } else if (remainingNanos > 2 * MILLI_NANOS) {
            selector.select(this::ready, remainingNanos / MILLI_NANOS - 1);
        } else {
            timer.get().set(untilNanos);
            selector.select(this::ready);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Calls a flow, unless the listener has failed. */
    private void ready(SelectionKey key) {
        try {
            if (failure == null && key.isValid()) {
                ((Flow) key.attachment()).onReady(key);
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    @Override
    public void close() throws IOException {
        timer.ifPresent(SelectorTimer::close);
        selector.close();
    }
}
