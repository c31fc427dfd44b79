package net.client.run.internal;

import net.client.internal.MonotonicTime;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits for the sockets of a run and for the clock, and lets flows go on that are ready. */
final class RunSelector implements Closeable {
    private static final long MILLI_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Selector selector;
    private final Optional<SelectorTimer> alarm;

    /** What the listener threw. */
    private IOException thrown;

    /** Waits for the clock to the microsecond, or else to the millisecond. */
    RunSelector(boolean isPrecise) throws IOException {
        this.selector = Selector.open();
        this.alarm = isPrecise ? Optional.of(new SelectorTimer(selector)) : Optional.empty();
    }

    /** Returns where flows register their channels, with themselves. */
    Selector selector() {
        return selector;
    }

    /** Ends the wait, from any thread. */
    void wakeup() {
        selector.wakeup();
    }

    /** Waits for a socket, at most until a time, or {@link MonotonicTime#NEVER}. */
    void await(long nowNanos, long untilNanos) throws IOException {
        long leftNanos = untilNanos - nowNanos;
        if (untilNanos == MonotonicTime.NEVER) {
            selector.select(this::ready);
        } else if (leftNanos <= 0) {
            selector.selectNow(this::ready);
        } else if (alarm.isEmpty()) {
            selector.select(this::ready, (leftNanos - 1) / MILLI_NANOS + 1);
        } else if (leftNanos > 2 * MILLI_NANOS) {
            selector.select(this::ready, leftNanos / MILLI_NANOS - 1);
        } else {
            alarm.get().set(untilNanos);
            selector.select(this::ready);
        }
        if (thrown != null) {
            throw thrown;
        }
    }

    /** Lets a flow go on; after a failure of the listener, none. */
    private void ready(SelectionKey key) {
        try {
            if (thrown == null && key.isValid()) {
                ((Flow) key.attachment()).ready(key);
            }
        } catch (IOException e) {
            thrown = e;
        }
    }

    @Override
    public void close() throws IOException {
        alarm.ifPresent(SelectorTimer::close);
        selector.close();
    }
}
