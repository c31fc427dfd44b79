package net.client.run.internal;

import net.client.internal.MonotonicTime;
import net.client.probe.EchoProbe;
import net.client.probe.PlainProbe;
import net.client.probe.Probe;
import net.client.probe.StampProbe;
import net.client.run.RunConfig;
import net.client.run.RunResult.StreamFigures;
import net.protocol.Service;
import net.protocol.Transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** The connections or sockets of a run, and which of them may begin an exchange. */
final class Flows implements Closeable {
    /** Who fails at once does not try again at once. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final List<Flow> all = new ArrayList<>();

    /** Those that may begin, where each begins as soon as it may. */
    private final Queue<Flow> free = new ArrayDeque<>();

    /** Likewise, but not before they have rested, the first first. */
    private final Queue<Flow> resting = new ArrayDeque<>();

    private final boolean isPaced;

    /** Makes those of a run, whose loop waits for their channels. */
    Flows(RunConfig config, RunLoop loop, StampStatistics reflections, boolean isPaced) {
        this.isPaced = isPaced;
        ByteBuffer payload = direct(config.payload().buffer());
        // No SecureRandom: where there is no /dev, that takes seconds to gather its seed.
        long token = isMarked(config) ? new SplittableRandom().nextLong() : 0;
        ByteBudget quota = new ByteBudget(config.bytes());
        for (int i = 0; i < config.parallel(); i++) {
            Flow flow =
                    switch (config.transport()) {
                        case TCP ->
                                config.isStream()
                                        ? new StreamFlow(config, loop, payload, quota)
                                        : new TcpFlow(config, loop, payload);
                        case UDP -> new UdpFlow(config, loop, probe(config, token), reflections);
                    };
            all.add(flow);
            freed(flow);
        }
    }

    /** Tells whether questions have a mark before the payload, which tells their answers apart. */
    static boolean isMarked(RunConfig config) {
        return config.transport() == Transport.UDP
                && config.service() == Service.ECHO
                && !config.isSingle();
    }

    private static Probe probe(RunConfig config, long token) {
        ByteBuffer payload = config.payload().buffer();
        if (config.service() == Service.STAMP) {
            return new StampProbe(payload.remaining());
        }
        return isMarked(config) ? new EchoProbe(token, payload) : new PlainProbe(payload);
    }

    /** A channel would copy a buffer of the heap each time. */
    private static ByteBuffer direct(ByteBuffer bytes) {
        return ByteBuffer.allocateDirect(bytes.remaining()).put(bytes).flip();
    }

    int size() {
        return all.size();
    }

    Flow get(int place) {
        return all.get(place);
    }

    /** Returns one that may begin, if there is any. */
    Flow anyFree() {
        for (Flow flow : all) {
            if (flow.isFree()) {
                return flow;
            }
        }
        return all.getFirst();
    }

    /** Takes note that a flow may begin another exchange. */
    void freed(Flow flow) {
        if (!flow.isQueued && !isPaced) {
            flow.isQueued = true;
            free.add(flow);
        }
    }

    /** Takes note that a flow may begin another exchange, but not at once. */
    void rests(Flow flow) {
        flow.restNanos = System.nanoTime() + REST_NANOS;
        freed(flow);
    }

    /** Returns how many are in the queue of those that may begin, now that some have rested. */
    int rested(long nowNanos) {
        while (!resting.isEmpty() && resting.peek().restNanos <= nowNanos) {
            free.add(resting.remove());
        }
        return free.size();
    }

    /** Takes the next one off that queue. */
    Flow next() {
        Flow flow = free.remove();
        flow.isQueued = false;
        return flow;
    }

    /** Has one wait that was next, and has not rested. */
    void queueResting(Flow flow) {
        flow.isQueued = true;
        resting.add(flow);
    }

    /** Returns when one may begin: now, once one has rested, or {@link MonotonicTime#NEVER}. */
    long beginNanos(long nowNanos) {
        if (!free.isEmpty()) {
            return nowNanos;
        }
        return resting.isEmpty() ? MonotonicTime.NEVER : resting.peek().restNanos;
    }

    /** Tells whether nothing is under way. */
    boolean areIdle() {
        for (Flow flow : all) {
            if (!flow.isIdle()) {
                return false;
            }
        }
        return true;
    }

    /** Fails what is past its time; returns when to look again, or {@link MonotonicTime#NEVER}. */
    long expire(long nowNanos) throws IOException {
        long expiryNanos = MonotonicTime.NEVER;
        for (Flow flow : all) {
            expiryNanos = Math.min(expiryNanos, flow.expire(nowNanos));
        }
        return expiryNanos;
    }

    /** Gives up what is under way, since the thread is interrupted. */
    void abandon() throws IOException {
        for (Flow flow : all) {
            flow.abandon();
        }
    }

    /** Returns what went through each stream: since the last call for an interval, or at all. */
    List<StreamFigures> streams(boolean isInterval, long nowNanos) {
        List<StreamFigures> streams = new ArrayList<>();
        for (Flow flow : all) {
            if (flow instanceof StreamFlow stream) {
                int number = streams.size() + 1;
                streams.add(stream.figures(number, isInterval, nowNanos));
            }
        }
        return streams;
    }

    @Override
    public void close() {
        all.forEach(Flow::close);
    }
}
