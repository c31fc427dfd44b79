package net.client.run.loop;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.internal.CandidateAddresses;
import net.client.connect.internal.ExceptionTranslator;
import net.client.internal.MonotonicTime;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.client.run.RunResult.StampFigures;
import net.client.run.flow.Flow;
import net.client.run.flow.FlowContext;
import net.client.run.flow.FlowFactory;
import net.client.run.flow.StreamPacer;
import net.client.run.record.RunRecorder;
import net.client.run.record.StampStatistics;
import net.protocol.Endpoint;
import net.protocol.Service;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A run in the event loop: begins its exchanges on schedule, and fails those that time out. */
final class ActiveRun {
    /** Maximum exchanges begun per iteration, so that those in flight are not starved. */
    private static final int MAX_BEGIN = 64;

    private final Target target;
    private final RunConfig config;
    private final RunRecorder recorder;
    private final RunSelector selector;
    private final ByteBuffer readBuffer;
    private final DropTable drops;
    private final AddressLookup lookup;
    private final CandidateAddresses addresses = new CandidateAddresses(List.of());
    private final Schedule schedule;
    private final CatchUp catchUp;
    private final FlowQueue queue;
    private final StreamPacer streamPacer;
    private final StampStatistics stamp = new StampStatistics();
    private final long delayNanos;
    private Flows flows = new Flows(List.of());

    /** Failure of the last lookup while no address is known. */
    private Optional<ExchangeException> lookupFailure = Optional.empty();

    private boolean isStarted;
    private boolean isOver;

    /** True once the last interval of a run that is over has been reported. */
    private boolean isEndReported;

    /** Time of the next {@link #step}, unless a channel is ready before. */
    private long wakeNanos = MonotonicTime.NEVER;

    /**
     * Prepares a run.
     *
     * @param readBuffer the buffer for reads; its content is valid within one call only
     * @param drops the table of dropped datagrams, shared by all runs
     * @param delayNanos time from the start of the loop to that of the schedule
     */
    ActiveRun(
            Target target,
            RunSelector selector,
            ByteBuffer readBuffer,
            DropTable drops,
            long delayNanos) {
        this.target = target;
        this.config = target.config();
        this.recorder = target.recorder();
        this.selector = selector;
        this.readBuffer = readBuffer;
        this.drops = drops;
        this.delayNanos = delayNanos;
        this.lookup =
                new AddressLookup(
                        lookupClient(config),
                        target.resolver(),
                        config.lookupInterval(),
                        selector::wakeup);
        this.schedule = new Schedule(config);
        this.catchUp = new CatchUp(config, schedule.distanceNanos());
        this.queue = new FlowQueue(schedule.isPaced());
        this.streamPacer = new StreamPacer(config);
    }

    /**
     * Returns the client whose timeout is that of lookups; that of a single exchange includes it.
     */
    private static ClientConfig lookupClient(RunConfig config) {
        ClientConfig client = config.client();
        return config.isSingle()
                ? client
                : client.toBuilder().timeout(Endpoint.LOOKUP_TIMEOUT).build();
    }

    /** Starts the schedule, or the lookup of the addresses. */
    void start(long nowNanos) throws IOException {
        if (target.addresses().isEmpty()) {
            lookup.start(nowNanos);
        } else {
            addresses.replace(target.addresses());
            open(nowNanos, target.timeout());
        }
    }

    private void open(long nowNanos, Duration timeout) throws IOException {
        FlowContext context =
                FlowContext.of(
                        config,
                        addresses,
                        selector.selector(),
                        recorder,
                        MonotonicTime.nanos(timeout),
                        readBuffer);
        flows = new Flows(FlowFactory.create(context, queue, streamPacer, stamp));
        flows.all().forEach(queue::onFree);
        schedule.start(nowNanos + delayNanos);
        wakeNanos = nowNanos + delayNanos;
        isStarted = true;
        scheduleLookup(nowNanos);
    }

    private void scheduleLookup(long nowNanos) {
        if (!config.isSingle() && !config.isStream()) {
            lookup.schedule(nowNanos, lookupFailure.isEmpty());
        }
    }

    /** Returns whether {@link #step} has something to do. */
    boolean isDue(long nowNanos) {
        return nowNanos >= wakeNanos || queue.isReady() || lookup.isDone();
    }

    /** Returns the time of the next {@link #step}, or {@link MonotonicTime#NEVER}. */
    long wakeNanos(long nowNanos) {
        return isDue(nowNanos) ? nowNanos : wakeNanos;
    }

    /** Returns whether {@link #reportInterval} has figures to report. */
    boolean hasFigures() {
        return recorder.hasIntervals() && !isEndReported;
    }

    /** Returns the end of the current interval, or {@link MonotonicTime#NEVER}. */
    long intervalEndNanos() {
        return hasFigures() ? recorder.intervalEndNanos() : MonotonicTime.NEVER;
    }

    /** Returns whether all exchanges have ended, and no other begins. */
    boolean isOver() {
        return isOver;
    }

    /** Continues the exchanges that are due. */
    void step(long nowNanos) throws IOException {
        lookUp(nowNanos);
        if (!isStarted) {
            return;
        }
        expire(nowNanos);
        streamPacer.send(nowNanos);
        if (schedule.isPaced()) {
            beginDue(nowNanos);
        } else {
            beginFree(nowNanos);
        }
        queue.clearReady();
        isOver = schedule.isOver(System.nanoTime()) && flows.areIdle();
        wakeNanos = isOver ? MonotonicTime.NEVER : nextNanos(nowNanos);
    }

    private void lookUp(long nowNanos) throws IOException {
        if (lookup.isDone()) {
            List<InetSocketAddress> found;
            try {
                found = lookup.take();
            } catch (ExchangeException e) {
                onLookupFailure(e, nowNanos);
                return;
            }
            onAddresses(found, nowNanos);
        } else if (!isOver && nowNanos >= lookup.nextNanos()) {
            lookup.start(nowNanos);
        }
    }

    private void onAddresses(List<InetSocketAddress> found, long nowNanos) throws IOException {
        boolean isFirst = addresses.addresses().isEmpty();
        boolean isChanged = addresses.replace(found);
        lookupFailure = Optional.empty();
        if (isFirst && !config.client().endpoint().isNumeric()) {
            recorder.recordResolve(Duration.ofNanos(nowNanos - lookup.startNanos()));
        }
        if (!isFirst && isChanged) {
            recorder.reportAddresses(addresses.addresses());
        }
        if (isStarted) {
            scheduleLookup(nowNanos);
        } else {
            Duration lookupTime = Duration.ofNanos(nowNanos - lookup.startNanos());
            open(
                    nowNanos,
                    config.isSingle() ? target.timeout().minus(lookupTime) : target.timeout());
        }
    }

    /** Keeps the last addresses, if any; otherwise, an endless run fails until they are known. */
    private void onLookupFailure(ExchangeException failure, long nowNanos) throws IOException {
        if (!addresses.addresses().isEmpty()) {
            scheduleLookup(nowNanos);
            return;
        }
        if (config.isEndless()) {
            lookupFailure = Optional.of(failure);
            if (isStarted) {
                scheduleLookup(nowNanos);
            } else {
                open(nowNanos, target.timeout());
            }
            return;
        }
        recorder.begin(1, lookup.startNanos());
        recorder.recordFailure(1, failure);
        isOver = true;
    }

    private void beginDue(long nowNanos) throws IOException {
        long max = Math.min(schedule.allowance(nowNanos), MAX_BEGIN);
        max = Math.min(max, catchUp.allowance(nowNanos, flows::inFlight));
        long begun = 0;
        for (int i = 0; i < max && isDueNow(nowNanos); i++) {
            Flow flow = flows.all().get(schedule.flowIndex(flows.all().size()));
            if (!hasInterval() && !flow.isFree()) {
                flow = flows.anyFree();
            }
            if (flow.isFree()) {
                begin(flow, config.isOpenLoop() ? schedule.scheduledNanos() : nowNanos);
                begun++;
            } else if (!hasInterval()) {
                // The exchange stays due, and its latency includes the delay.
                break;
            } else if (config.isOpenLoop()) {
                schedule.skip();
            } else {
                schedule.pass();
            }
        }
        schedule.endBurst(nowNanos);
        catchUp.endBurst(nowNanos, begun, isDueNow(nowNanos));
    }

    /** Returns whether each tick of a paced schedule belongs to a flow, and not to any free one. */
    private boolean hasInterval() {
        return config.interval().isPresent();
    }

    private boolean isDueNow(long nowNanos) {
        return !schedule.isOver(nowNanos) && schedule.dueNanos() <= nowNanos;
    }

    private void beginFree(long nowNanos) throws IOException {
        int count = Math.min(queue.resume(nowNanos), MAX_BEGIN);
        for (int i = 0; i < count && !schedule.isOver(nowNanos); i++) {
            Flow flow = queue.poll(nowNanos);
            if (flow != null && flow.isFree()) {
                begin(flow, nowNanos);
            }
        }
    }

    private void begin(Flow flow, long dueNanos) throws IOException {
        long nowNanos = System.nanoTime();
        long number = schedule.begin(nowNanos);
        if (!config.isStream()) {
            // A stream begins once it is connected.
            recorder.begin(number, nowNanos);
        }
        if (lookupFailure.isPresent()) {
            recorder.recordFailure(number, lookupFailure.get());
            queue.onFailure(flow);
            return;
        }
        flow.begin(number, config.isOpenLoop() ? dueNanos : nowNanos);
        queue.onDeadline(flow.expire(nowNanos));
    }

    private void expire(long nowNanos) throws IOException {
        if (nowNanos >= queue.deadlineNanos()) {
            // Answers that arrived while this process was suspended are in time.
            selector.await(nowNanos, nowNanos);
            queue.clearDeadline();
            queue.onDeadline(flows.expire(nowNanos));
        }
    }

    private long nextNanos(long nowNanos) {
        long next = Math.min(queue.deadlineNanos(), streamPacer.wakeNanos());
        next = Math.min(next, lookup.nextNanos());
        boolean canBegin = !schedule.isOver(nowNanos);
        if (canBegin) {
            next = Math.min(next, queue.beginNanos(nowNanos));
        }
        if (canBegin && schedule.isPaced() && (hasInterval() || flows.anyFree().isFree())) {
            next = Math.min(next, Math.max(schedule.wakeNanos(), catchUp.wakeNanos()));
        }
        return next;
    }

    /** Skips the exchanges missed while the system was suspended. */
    void wake(long lateNanos, long nowNanos) {
        if (isStarted) {
            schedule.wake(lateNanos, nowNanos);
        }
    }

    /** Reports the current interval to the run's listener, and returns its figures. */
    RunResult reportInterval(long nowNanos) throws IOException {
        isEndReported = isOver;
        drops.update(flows);
        if (config.service() == Service.STAMP) {
            recorder.reportStamp(stamp);
        }
        return recorder.reportInterval(nowNanos, flows.streams(true, nowNanos));
    }

    /** Counts the exchanges that were due at the end of the run, and were not begun. */
    void end() {
        if (isStarted && config.isOpenLoop() && config.duration().isPresent()) {
            schedule.end();
        }
    }

    /** Abandons the exchanges in flight, because the thread was interrupted. */
    void abandon() throws IOException {
        if (!isStarted && !isOver && config.isSingle()) {
            recorder.begin(1, lookup.startNanos());
            recorder.recordFailure(
                    1,
                    ExceptionTranslator.at(
                            "lookup of",
                            config.client().endpoint(),
                            new InterruptedIOException("interrupted")));
        }
        drops.update(flows);
        flows.abandon();
        if (config.isStream()) {
            recorder.end(System.nanoTime());
        }
    }

    /** Reports the figures so far to the run's listener, and returns them. */
    RunResult report() throws IOException {
        drops.update(flows);
        return recorder.report(
                schedule.skipped(), stampFigures(), flows.streams(false, System.nanoTime()));
    }

    /** Returns the figures of the run. */
    RunResult result() {
        drops.update(flows);
        return recorder.result(
                schedule.skipped(), stampFigures(), flows.streams(false, System.nanoTime()));
    }

    private Optional<StampFigures> stampFigures() {
        return config.service() == Service.STAMP
                ? Optional.of(recorder.stampFigures(stamp))
                : Optional.empty();
    }

    void close() {
        flows.close();
    }
}
