package net.client.run.loop;

import net.client.connect.internal.CandidateAddresses;
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
import net.protocol.Service;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The event loop of a run, in one thread: begins exchanges on schedule, continues those whose
 * channels are ready, and fails those that time out.
 */
public final class RunLoop implements Closeable {
    /** Maximum exchanges begun per iteration, so that those in flight are not starved. */
    private static final int MAX_BEGIN = 64;

    private final RunConfig config;
    private final RunRecorder recorder;
    private final Schedule schedule;
    private final RunSelector selector;
    private final StampStatistics stamp = new StampStatistics();
    private final FlowQueue queue;
    private final StreamPacer streamPacer;
    private final Flows flows;
    private volatile boolean isReportDue;

    /** Prepares a run to the addresses of a server, with a timeout for each exchange. */
    public RunLoop(
            RunConfig config, List<InetSocketAddress> peers, Duration timeout, RunRecorder recorder)
            throws IOException {
        this.config = config;
        this.recorder = recorder;
        this.schedule = new Schedule(config);
        this.queue = new FlowQueue(schedule.isPaced());
        this.streamPacer = new StreamPacer(config);
        this.selector = new RunSelector(schedule.isPaced() || config.bandwidth().isPresent());
        try {
            FlowContext context =
                    FlowContext.of(
                            config,
                            new CandidateAddresses(peers),
                            selector.selector(),
                            recorder,
                            MonotonicTime.nanos(timeout));
            this.flows = new Flows(FlowFactory.create(context, queue, streamPacer, stamp));
            flows.all().forEach(queue::onFree);
        } catch (Throwable e) {
            selector.close();
            throw e;
        }
    }

    /** Requests a report to the listener; callable from any thread. */
    public void reportSoon() {
        isReportDue = true;
        selector.wakeup();
    }

    /** Performs all exchanges, or those before an interrupt. */
    public void run() throws IOException {
        schedule.start(System.nanoTime());
        while (true) {
            long nowNanos = System.nanoTime();
            begin(nowNanos);
            if (schedule.isOver(System.nanoTime()) && flows.areIdle()) {
                if (config.isOpenLoop() && config.duration().isPresent()) {
                    schedule.end();
                }
                reportLastInterval();
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
            streamPacer.send(nowNanos);
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
        long max = Math.min(schedule.allowance(nowNanos), MAX_BEGIN);
        for (int i = 0; i < max && isDue(nowNanos); i++) {
            Flow flow = flows.all().get(schedule.flowIndex(flows.all().size()));
            if (!hasInterval() && !flow.isFree()) {
                flow = flows.anyFree();
            }
            if (flow.isFree()) {
                begin(flow, config.isOpenLoop() ? schedule.scheduledNanos() : nowNanos);
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
    }

    /** Returns whether each tick of a paced schedule belongs to a flow, and not to any free one. */
    private boolean hasInterval() {
        return config.interval().isPresent();
    }

    private boolean isDue(long nowNanos) {
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
        flow.begin(number, config.isOpenLoop() ? dueNanos : nowNanos);
        queue.onDeadline(flow.expire(nowNanos));
    }

    /** Waits for channels and deadlines; returns the time of the deadline waited for. */
    private long select(long nowNanos) throws IOException {
        long wakeNanos = Math.min(queue.deadlineNanos(), recorder.intervalEndNanos());
        wakeNanos = Math.min(wakeNanos, streamPacer.wakeNanos());
        boolean isOver = schedule.isOver(nowNanos);
        if (!isOver) {
            wakeNanos = Math.min(wakeNanos, queue.beginNanos(nowNanos));
        }
        if (!isOver && schedule.isPaced() && (hasInterval() || flows.anyFree().isFree())) {
            wakeNanos = Math.min(wakeNanos, schedule.wakeNanos());
        }
        selector.await(nowNanos, isReportDue ? nowNanos : wakeNanos);
        return wakeNanos == MonotonicTime.NEVER ? System.nanoTime() : Math.max(wakeNanos, nowNanos);
    }

    private void expire(long nowNanos) throws IOException {
        if (nowNanos >= queue.deadlineNanos()) {
            // Answers that arrived while this process was suspended are in time.
            selector.await(nowNanos, nowNanos);
            queue.clearDeadline();
            queue.onDeadline(flows.expire(nowNanos));
        }
    }

    private void report(long nowNanos) throws IOException {
        if (nowNanos >= recorder.intervalEndNanos()) {
            recorder.reportInterval(nowNanos, flows.streams(true, nowNanos));
        }
        if (isReportDue) {
            isReportDue = false;
            recorder.report(schedule.skipped(), stampFigures(), flows.streams(false, nowNanos));
        }
    }

    /** Reports the rest of a run, so that its intervals add up to the summary. */
    private void reportLastInterval() throws IOException {
        if (!config.isSingle() && recorder.isMeasuring()) {
            long nowNanos = System.nanoTime();
            recorder.reportInterval(nowNanos, flows.streams(true, nowNanos));
        }
    }

    private void abandon() throws IOException {
        flows.abandon();
        if (config.isStream()) {
            recorder.end(System.nanoTime());
        }
        reportLastInterval();
    }

    /** Returns the figures of the run. */
    public RunResult result() {
        return recorder.result(
                schedule.skipped(), stampFigures(), flows.streams(false, System.nanoTime()));
    }

    private Optional<StampFigures> stampFigures() {
        return config.service() == Service.STAMP
                ? Optional.of(recorder.stampFigures(stamp))
                : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        flows.close();
        selector.close();
    }
}
