package net.client;

import net.client.RunResult.StampFigures;
import net.client.RunResult.StreamFigures;
import net.client.probe.EchoProbe;
import net.client.probe.PlainProbe;
import net.client.probe.Probe;
import net.client.probe.StampProbe;
import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The one thread of a run: it begins exchanges when they are due, lets those go on whose sockets
 * are ready, and ends those whose time is up. So there is no lock, and nothing waits for a thread.
 */
final class Loop implements Closeable {
    /** Enough for a datagram, or for what a connection has ready. */
    private static final int SCRATCH_BYTES = 64 * 1024;

    /** How many exchanges begin before it is the turn of those under way. */
    private static final int MAX_BATCH = 64;

    /** Who fails at once does not try again at once. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** An answer is waited for so many times the longest round trip (as irtt does). */
    private static final int ROUND_TRIPS = 3;

    private final RunConfig config;
    private List<InetSocketAddress> peers;
    private Optional<InetSocketAddress> preferred = Optional.empty();
    private final Meter meter;
    private final long timeoutNanos;
    private final Schedule schedule;
    private final Readiness readiness;
    private final Reflections reflections = new Reflections();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private final Outcome outcome = new Outcome();
    private final Message answer;
    private final int questionBytes;
    private final List<Flow> flows = new ArrayList<>();
    private final Queue<Flow> free = new ArrayDeque<>();
    private final Queue<Flow> resting = new ArrayDeque<>();
    private volatile boolean isReportDue;

    private long longestNanos;
    private long expiryNanos = Schedule.NEVER;

    /** Prepares a run to the addresses of a server, each exchange within a time. */
    Loop(RunConfig config, List<InetSocketAddress> peers, Duration timeout, Meter meter)
            throws IOException {
        this.config = config;
        this.peers = peers;
        this.meter = meter;
        this.timeoutNanos = Schedule.nanos(timeout);
        this.schedule = new Schedule(config);
        this.answer =
                config.service() == Service.STAMP ? Message.of("") : config.payload().message();
        this.questionBytes = config.payload().size() + (isMarked() ? RunConfig.MARK_BYTES : 0);
        this.readiness = new Readiness(schedule.isPaced());
        try {
            addFlows();
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    private boolean isMarked() {
        return config.transport() == Transport.UDP
                && config.service() == Service.ECHO
                && !config.isSingle();
    }

    private void addFlows() {
        ByteBuffer payload = direct(config.payload().buffer());
        // No SecureRandom: where there is no /dev, that takes seconds to gather its seed.
        long token = isMarked() ? new SplittableRandom().nextLong() : 0;
        Quota quota = new Quota(config.bytes());
        for (int i = 0; i < config.parallel(); i++) {
            Flow flow =
                    switch (config.transport()) {
                        case TCP ->
                                config.isStream()
                                        ? new BulkFlow(config, this, payload, quota)
                                        : new TcpFlow(config, this, payload);
                        case UDP -> new UdpFlow(config, this, probe(token), reflections);
                    };
            flows.add(flow);
            freed(flow);
        }
    }

    private Probe probe(long token) {
        ByteBuffer payload = config.payload().buffer();
        if (config.service() == Service.STAMP) {
            return new StampProbe(payload.remaining());
        }
        return isMarked() ? new EchoProbe(token, payload) : new PlainProbe(payload);
    }

    /** A channel would copy a buffer of the heap each time. */
    private static ByteBuffer direct(ByteBuffer bytes) {
        return ByteBuffer.allocateDirect(bytes.remaining()).put(bytes).flip();
    }

    Meter meter() {
        return meter;
    }

    Selector selector() {
        return readiness.selector();
    }

    List<InetSocketAddress> peers() {
        return peers;
    }

    /** Returns attempts to connect for a flow. */
    Attempts attempts(Flow flow) {
        return new Attempts(config.client(), peers, selector(), flow);
    }

    /** Opens a flow's socket for datagrams. */
    UdpSocket open(InetSocketAddress peer, Flow flow) throws IOException {
        return UdpSocket.open(peer, config.client().socket(), selector(), flow);
    }

    /** Takes note of an address that will do, to try first; returns whether it was not already. */
    boolean prefers(InetSocketAddress peer) {
        if (preferred.isPresent() && preferred.get().equals(peer)) {
            return false;
        }
        preferred = Optional.of(peer);
        List<InetSocketAddress> ordered = new ArrayList<>(peers);
        ordered.remove(peer);
        ordered.addFirst(peer);
        peers = ordered;
        return true;
    }

    /** Returns where flows read to, one after the other. */
    ByteBuffer scratch() {
        return scratch;
    }

    /** Returns what flows tell of a success with, one after the other. */
    Outcome outcome() {
        return outcome;
    }

    /** Returns what an echo gives back, as far as a message has room for it. */
    Message answer() {
        return answer;
    }

    int questionBytes() {
        return questionBytes;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    /** Takes note of a round trip, which says how long to wait for others. */
    void roundTrip(long nanos) {
        longestNanos = Math.max(longestNanos, nanos);
    }

    /** Returns how long an answer over UDP is waited for. */
    long answerWaitNanos() {
        if (config.answerWait().isPresent()) {
            return Schedule.nanos(config.answerWait().get());
        }
        return config.isSingle()
                ? timeoutNanos
                : Math.clamp(
                        ROUND_TRIPS * longestNanos,
                        Math.min(RunConfig.MIN_ANSWER_WAIT.toNanos(), timeoutNanos),
                        timeoutNanos);
    }

    /** Takes note that a flow may begin another exchange. */
    void freed(Flow flow) {
        if (!flow.isQueued && !schedule.isPaced()) {
            flow.isQueued = true;
            free.add(flow);
        }
    }

    /** Takes note that a flow may begin another exchange, but not at once. */
    void rests(Flow flow) {
        flow.restNanos = System.nanoTime() + REST_NANOS;
        freed(flow);
    }

    /** Takes note of when to look for what is past its time. */
    void expireBy(long nanos) {
        expiryNanos = Math.min(expiryNanos, nanos);
    }

    /** Asks for a report, from any thread. */
    void reportSoon() {
        isReportDue = true;
        readiness.wakeup();
    }

    /** Makes all exchanges, or those there is time for before an interrupt. */
    void run() throws IOException {
        schedule.start(System.nanoTime());
        while (true) {
            long nowNanos = System.nanoTime();
            begin(nowNanos);
            if (schedule.isOver(System.nanoTime()) && areIdle()) {
                lastInterval();
                return;
            }
            long wakeNanos = select(nowNanos);
            nowNanos = System.nanoTime();
            if (Thread.currentThread().isInterrupted()) {
                abandon();
                return;
            }
            schedule.wake(nowNanos - wakeNanos, nowNanos);
            expire(nowNanos);
            report(nowNanos);
        }
    }

    private boolean areIdle() {
        for (Flow flow : flows) {
            if (!flow.isIdle()) {
                return false;
            }
        }
        return true;
    }

    private void begin(long nowNanos) throws IOException {
        if (schedule.isPaced()) {
            beginDue(nowNanos);
        } else {
            beginFree(nowNanos);
        }
    }

    private void beginDue(long nowNanos) throws IOException {
        for (int i = 0; i < MAX_BATCH && isDue(nowNanos); i++) {
            Flow flow = flows.get(schedule.turn(flows.size()));
            if (config.rate().isPresent() && !flow.isFree()) {
                flow = anyFree();
            }
            if (flow.isFree()) {
                begin(flow, config.isOpenLoop() ? schedule.dueNanos() : nowNanos);
            } else if (config.rate().isPresent()) {
                // It is late from now on, and counts from when it was due.
                return;
            } else if (config.isOpenLoop()) {
                schedule.skip();
            } else {
                schedule.pass();
            }
        }
    }

    private boolean isDue(long nowNanos) {
        return !schedule.isOver(nowNanos) && schedule.dueNanos() <= nowNanos;
    }

    private Flow anyFree() {
        for (Flow flow : flows) {
            if (flow.isFree()) {
                return flow;
            }
        }
        return flows.getFirst();
    }

    private void beginFree(long nowNanos) throws IOException {
        while (!resting.isEmpty() && resting.peek().restNanos <= nowNanos) {
            free.add(resting.remove());
        }
        for (int i = Math.min(free.size(), MAX_BATCH); i > 0 && !schedule.isOver(nowNanos); i--) {
            Flow flow = free.remove();
            if (flow.restNanos > nowNanos) {
                resting.add(flow);
                continue;
            }
            flow.isQueued = false;
            if (flow.isFree()) {
                begin(flow, nowNanos);
            }
        }
    }

    private void begin(Flow flow, long dueNanos) throws IOException {
        long nowNanos = System.nanoTime();
        long number = schedule.begin(nowNanos);
        if (!config.isStream()) {
            // A stream begins when its connection stands.
            meter.begun(number, nowNanos);
        }
        flow.begin(number, config.isOpenLoop() ? dueNanos : nowNanos);
        expireBy(flow.expire(nowNanos));
    }

    /** Waits until something is to be done; returns until when, at most. */
    private long select(long nowNanos) throws IOException {
        long wakeNanos = Math.min(expiryNanos, meter.intervalEndNanos());
        boolean isOver = schedule.isOver(nowNanos);
        if (!isOver && !resting.isEmpty()) {
            wakeNanos = Math.min(wakeNanos, resting.peek().restNanos);
        }
        if (!isOver && !free.isEmpty()) {
            wakeNanos = nowNanos;
        }
        if (!isOver && schedule.isPaced() && (config.rate().isEmpty() || anyFree().isFree())) {
            wakeNanos = Math.min(wakeNanos, schedule.dueNanos());
        }
        readiness.await(nowNanos, isReportDue ? nowNanos : wakeNanos);
        return wakeNanos == Schedule.NEVER ? System.nanoTime() : Math.max(wakeNanos, nowNanos);
    }

    private void expire(long nowNanos) throws IOException {
        if (nowNanos < expiryNanos) {
            return;
        }
        expiryNanos = Schedule.NEVER;
        for (Flow flow : flows) {
            expiryNanos = Math.min(expiryNanos, flow.expire(nowNanos));
        }
    }

    private void report(long nowNanos) throws IOException {
        if (nowNanos >= meter.intervalEndNanos()) {
            meter.interval(nowNanos, streams(true, nowNanos));
        }
        if (isReportDue) {
            isReportDue = false;
            meter.report(schedule.skipped(), stamp(), streams(false, nowNanos));
        }
    }

    /** Tells of the rest of a bulk run, so that its intervals have all that it moved. */
    private void lastInterval() throws IOException {
        if (config.isStream() && meter.isMeasuring()) {
            long nowNanos = System.nanoTime();
            meter.interval(nowNanos, streams(true, nowNanos));
        }
    }

    private void abandon() throws IOException {
        for (Flow flow : flows) {
            flow.abandon();
        }
        if (config.isStream()) {
            meter.ended(System.nanoTime());
            lastInterval();
        }
    }

    /** Returns what was measured. */
    RunResult result() {
        return meter.result(schedule.skipped(), stamp(), streams(false, System.nanoTime()));
    }

    private Optional<StampFigures> stamp() {
        return config.service() == Service.STAMP
                ? Optional.of(reflections.figures())
                : Optional.empty();
    }

    private List<StreamFigures> streams(boolean isInterval, long nowNanos) {
        List<StreamFigures> streams = new ArrayList<>();
        for (Flow flow : flows) {
            if (flow instanceof BulkFlow stream) {
                int number = streams.size() + 1;
                streams.add(stream.figures(number, isInterval, nowNanos));
            }
        }
        return streams;
    }

    @Override
    public void close() throws IOException {
        flows.forEach(Flow::close);
        readiness.close();
    }

    /** Closes what is open, if anything is, and whatever comes of it: it is not used any more. */
    static void closeQuietly(Closeable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException expected) {
            // The exchange has been told of already, as a success or a failure.
        }
    }
}
