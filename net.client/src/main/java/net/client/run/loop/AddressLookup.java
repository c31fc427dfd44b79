package net.client.run.loop;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.internal.Resolver;
import net.client.internal.MonotonicTime;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Looks up the addresses of a server, each time in a thread of its own, so that the event loop
 * continues.
 */
final class AddressLookup {
    /** Time until a lookup is repeated while no address is known. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ClientConfig client;
    private final Resolver resolver;
    private final long intervalNanos;
    private final Runnable onDone;
    private FutureTask<List<InetSocketAddress>> task;
    private long startNanos;
    private long nextNanos = MonotonicTime.NEVER;

    /**
     * Creates an instance without a lookup.
     *
     * @param onDone called by the thread of a lookup when it has ended
     */
    AddressLookup(ClientConfig client, Resolver resolver, Duration interval, Runnable onDone) {
        this.client = client;
        this.resolver = resolver;
        this.intervalNanos = MonotonicTime.nanos(interval);
        this.onDone = onDone;
    }

    /** Starts a lookup now. */
    void start(long nowNanos) {
        startNanos = nowNanos;
        nextNanos = MonotonicTime.NEVER;
        task =
                new FutureTask<>(() -> resolver.resolve(client)) {
                    @Override
                    protected void done() {
                        onDone.run();
                    }
                };
        Thread.ofVirtual().name("lookup of " + client.endpoint()).start(task);
    }

    /** Schedules the next lookup, unless the host is an address. */
    void schedule(long nowNanos, boolean isKnown) {
        if (!client.endpoint().isNumeric()) {
            nextNanos = nowNanos + (isKnown ? intervalNanos : Math.min(intervalNanos, RETRY_NANOS));
        }
    }

    /** Returns the time of the next lookup, or {@link MonotonicTime#NEVER}. */
    long nextNanos() {
        return nextNanos;
    }

    /** Returns the time at which the last lookup started. */
    long startNanos() {
        return startNanos;
    }

    /** Returns whether {@link #take} returns or throws a result. */
    boolean isDone() {
        return task != null && task.isDone();
    }

    /** Returns the addresses found by a lookup that is done, or throws its failure. */
    List<InetSocketAddress> take() throws ExchangeException {
        FutureTask<List<InetSocketAddress>> done = task;
        task = null;
        try {
            return done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ExchangeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
