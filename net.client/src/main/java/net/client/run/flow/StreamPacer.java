package net.client.run.flow;

import net.client.internal.MonotonicTime;
import net.client.run.RunConfig;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Shares a bandwidth between the streams of a run: those that can send take turns. Without a
 * bandwidth the queue is empty. Not thread-safe.
 */
public final class StreamPacer {
    /**
     * Minimum number of bytes per turn, unless fewer are due: about a segment, so that many streams
     * do not multiply the system calls.
     */
    private static final int MIN_TURN_BYTES = 1400;

    /** Maximum turns per event-loop iteration, which limits the writes of small blocks. */
    private static final int MAX_TURNS = 64;

    private final Queue<StreamFlow> waiting = new ArrayDeque<>();
    private final boolean isPaced;
    private final Pacer pacer;
    private boolean isStarted;

    /** Creates the pacer of a run. */
    public StreamPacer(RunConfig config) {
        this.isPaced = config.isStream() && config.bandwidth().isPresent();
        this.pacer = Pacer.ofBandwidth(config.bandwidth().orElse(1), 1);
    }

    /** Returns whether the streams have a bandwidth, and send only in their turns. */
    boolean isPaced() {
        return isPaced;
    }

    /** Adds a stream that can send. */
    void add(StreamFlow stream, long nowNanos) {
        if (!isStarted) {
            isStarted = true;
            pacer.start(nowNanos);
        }
        waiting.add(stream);
    }

    /** Returns the time to call {@link #send}, or {@link MonotonicTime#NEVER}. */
    public long wakeNanos() {
        return waiting.isEmpty() ? MonotonicTime.NEVER : pacer.wakeNanos();
    }

    /** Sends bytes that are due; a stream whose send buffer is full leaves the queue. */
    public void send(long nowNanos) throws IOException {
        if (nowNanos < wakeNanos()) {
            return;
        }
        pacer.dropLate(nowNanos);
        long allowance = pacer.allowance(nowNanos);
        for (int i = 0; i < MAX_TURNS && allowance > 0 && !waiting.isEmpty(); i++) {
            long turn = Math.max(allowance / waiting.size(), MIN_TURN_BYTES);
            long sent = waiting.remove().send(Math.min(turn, allowance), nowNanos);
            pacer.onSent(sent);
            allowance -= sent;
        }
        pacer.endBurst(nowNanos);
    }
}
