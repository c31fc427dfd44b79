package net.launcher.metrics;

import net.launcher.metrics.LatencyBuckets.Snapshot;
import net.server.BoundAddress;
import net.server.ReceivedMessage;
import net.server.ServerListener;
import net.server.Session;
import net.server.access.RefusalReason;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Measures the time from each message to the return of the commit that records it, and forwards all
 * events. A commit records the messages of its thread, so each thread has its own times.
 */
final class RecordTimes implements ServerListener {
    /** The times of one thread. */
    private static final class ThreadTimes {
        private final LatencyBuckets recorded = new LatencyBuckets();
        private final List<Long> receivedNanos = new ArrayList<>();
    }

    private final ServerListener listener;
    private final List<ThreadTimes> all = new CopyOnWriteArrayList<>();
    private final ThreadLocal<ThreadTimes> current = ThreadLocal.withInitial(this::add);

    RecordTimes(ServerListener listener) {
        this.listener = listener;
    }

    private ThreadTimes add() {
        ThreadTimes times = new ThreadTimes();
        all.add(times);
        return times;
    }

    /** Returns the times of all threads. */
    Snapshot snapshot() {
        Snapshot sum = new LatencyBuckets().snapshot();
        for (ThreadTimes times : all) {
            sum = sum.plus(times.recorded.snapshot());
        }
        return sum;
    }

    @Override
    public void onListening(BoundAddress listening) throws IOException {
        listener.onListening(listening);
    }

    @Override
    public void onMessage(ReceivedMessage message) throws IOException {
        long nowNanos = System.nanoTime();
        listener.onMessage(message);
        current.get().receivedNanos.add(nowNanos);
    }

    @Override
    public void commit() throws IOException {
        ThreadTimes times = current.get();
        try {
            listener.commit();
            long nowNanos = System.nanoTime();
            for (long received : times.receivedNanos) {
                times.recorded.record(nowNanos - received);
            }
        } finally {
            times.receivedNanos.clear();
        }
    }

    @Override
    public void onEnd(Session session) {
        listener.onEnd(session);
    }

    @Override
    public void onRefused(InetSocketAddress peer, RefusalReason reason) {
        listener.onRefused(peer, reason);
    }

    @Override
    public void onFailure(Exception failure) {
        listener.onFailure(failure);
    }
}
