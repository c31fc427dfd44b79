package net.client.run.internal;

import net.client.connect.internal.CandidateAddresses;
import net.client.internal.MonotonicTime;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.client.run.RunResult.StampFigures;
import net.protocol.Message;
import net.protocol.Service;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The one thread of a run: it begins exchanges when they are due, lets those go on whose sockets
 * are ready, and ends those whose time is up. So there is no lock, and nothing waits for a thread.
 */
public final class RunLoop implements Closeable {
    /** Enough for a datagram, or for what a connection has ready. */
    private static final int SCRATCH_BYTES = 64 * 1024;

    /** How many exchanges begin before it is the turn of those under way. */
    private static final int MAX_BATCH = 64;

    /** An answer is waited for so many times the longest round trip (as irtt does). */
    private static final int ROUND_TRIPS = 3;

    private final RunConfig config;
    private final CandidateAddresses peers;
    private final RunRecorder meter;
    private final long timeoutNanos;
    private final Schedule schedule;
    private final RunSelector readiness;
    private final StampStatistics reflections = new StampStatistics();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private final MutableExchange outcome = new MutableExchange();
    private final Message answer;
    private final int questionBytes;
    private final Flows flows;
    private volatile boolean isReportDue;

    private long longestNanos;
    private long expiryNanos = MonotonicTime.NEVER;

    /** Prepares a run to the addresses of a server, each exchange within a time. */
    public RunLoop(
            RunConfig config, List<InetSocketAddress> peers, Duration timeout, RunRecorder meter)
            throws IOException {
        this.config = config;
        this.peers = new CandidateAddresses(peers);
        this.meter = meter;
        this.timeoutNanos = MonotonicTime.nanos(timeout);
        this.schedule = new Schedule(config);
        this.answer =
                config.service() == Service.STAMP ? Message.of("") : config.payload().message();
        this.questionBytes =
                config.payload().size() + (Flows.isMarked(config) ? RunConfig.MARK_BYTES : 0);
        this.readiness = new RunSelector(schedule.isPaced());
        try {
            this.flows = new Flows(config, this, reflections, schedule.isPaced());
        } catch (Throwable e) {
            readiness.close();
            throw e;
        }
    }

    RunRecorder meter() {
        return meter;
    }

    Selector selector() {
        return readiness.selector();
    }

    CandidateAddresses peers() {
        return peers;
    }

    /** Returns where flows read to, one after the other. */
    ByteBuffer scratch() {
        return scratch;
    }

    /** Returns what flows tell of a success with, one after the other. */
    MutableExchange outcome() {
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
            return MonotonicTime.nanos(config.answerWait().get());
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
        flows.freed(flow);
    }

    /** Takes note that a flow may begin another exchange, but not at once. */
    void rests(Flow flow) {
        flows.rests(flow);
    }

    /** Takes note of when to look for what is past its time. */
    void expireBy(long nanos) {
        expiryNanos = Math.min(expiryNanos, nanos);
    }

    /** Asks for a report, from any thread. */
    public void reportSoon() {
        isReportDue = true;
        readiness.wakeup();
    }

    /** Makes all exchanges, or those there is time for before an interrupt. */
    public void run() throws IOException {
        schedule.start(System.nanoTime());
        while (true) {
            long nowNanos = System.nanoTime();
            begin(nowNanos);
            if (schedule.isOver(System.nanoTime()) && flows.areIdle()) {
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
                flow = flows.anyFree();
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

    private void beginFree(long nowNanos) throws IOException {
        int count = Math.min(flows.rested(nowNanos), MAX_BATCH);
        for (int i = 0; i < count && !schedule.isOver(nowNanos); i++) {
            Flow flow = flows.next();
            if (flow.restNanos > nowNanos) {
                flows.queueResting(flow);
            } else if (flow.isFree()) {
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
        if (!isOver) {
            wakeNanos = Math.min(wakeNanos, flows.beginNanos(nowNanos));
        }
        if (!isOver
                && schedule.isPaced()
                && (config.rate().isEmpty() || flows.anyFree().isFree())) {
            wakeNanos = Math.min(wakeNanos, schedule.dueNanos());
        }
        readiness.await(nowNanos, isReportDue ? nowNanos : wakeNanos);
        return wakeNanos == MonotonicTime.NEVER ? System.nanoTime() : Math.max(wakeNanos, nowNanos);
    }

    private void expire(long nowNanos) throws IOException {
        if (nowNanos < expiryNanos) {
            return;
        }
        expiryNanos = MonotonicTime.NEVER;
        expireBy(flows.expire(nowNanos));
    }

    private void report(long nowNanos) throws IOException {
        if (nowNanos >= meter.intervalEndNanos()) {
            meter.interval(nowNanos, flows.streams(true, nowNanos));
        }
        if (isReportDue) {
            isReportDue = false;
            meter.report(schedule.skipped(), stamp(), flows.streams(false, nowNanos));
        }
    }

    /** Tells of the rest of a bulk run, so that its intervals have all that it moved. */
    private void lastInterval() throws IOException {
        if (config.isStream() && meter.isMeasuring()) {
            long nowNanos = System.nanoTime();
            meter.interval(nowNanos, flows.streams(true, nowNanos));
        }
    }

    private void abandon() throws IOException {
        flows.abandon();
        if (config.isStream()) {
            meter.ended(System.nanoTime());
            lastInterval();
        }
    }

    /** Returns what was measured. */
    public RunResult result() {
        return meter.result(schedule.skipped(), stamp(), flows.streams(false, System.nanoTime()));
    }

    private Optional<StampFigures> stamp() {
        return config.service() == Service.STAMP
                ? Optional.of(reflections.figures())
                : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        flows.close();
        readiness.close();
    }
}
