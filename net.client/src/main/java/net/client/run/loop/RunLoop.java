package net.client.run.loop;

import net.client.internal.MonotonicTime;
import net.client.run.GroupListener;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.client.run.flow.FlowContext;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The event loop of one or several runs, in one thread. */
public final class RunLoop implements Closeable {
    /** Maximum time over which the schedules of several runs are spread. */
    private static final long MAX_SPREAD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<ActiveRun> runs = new ArrayList<>();
    private final GroupListener listener;
    private final RunSelector selector;
    private final DropTable drops = new DropTable();
    private volatile boolean isReportDue;

    /** Prepares runs without starting them. */
    public RunLoop(List<Target> targets, GroupListener listener) throws IOException {
        this.listener = listener;
        this.selector = new RunSelector(isPrecise(targets));
        ByteBuffer readBuffer = FlowContext.newReadBuffer();
        for (Target target : targets) {
            long delayNanos = delayNanos(target.config(), runs.size(), targets.size());
            runs.add(new ActiveRun(target, selector, readBuffer, drops, delayNanos));
        }
    }

    private static boolean isPrecise(List<Target> targets) {
        for (Target target : targets) {
            RunConfig config = target.config();
            if (Schedule.isPaced(config) || config.bandwidth().isPresent()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the delay of a schedule, so that runs with the same interval do not begin at once.
     */
    private static long delayNanos(RunConfig config, int index, int count) {
        return config.interval().isPresent()
                ? Math.min(MonotonicTime.nanos(config.interval().get()), MAX_SPREAD_NANOS)
                        / count
                        * index
                : 0;
    }

    /** Requests a report to the listeners; callable from any thread. */
    public void reportSoon() {
        isReportDue = true;
        selector.wakeup();
    }

    /** Performs all exchanges, or those before an interrupt. */
    public void run() throws IOException {
        long startNanos = System.nanoTime();
        for (ActiveRun run : runs) {
            run.start(startNanos);
        }
        while (true) {
            long nowNanos = System.nanoTime();
            if (step(nowNanos)) {
                for (ActiveRun run : runs) {
                    run.end();
                }
                reportIntervals(System.nanoTime());
                return;
            }
            long wakeNanos = select(nowNanos);
            nowNanos = System.nanoTime();
            if (Thread.currentThread().isInterrupted()) {
                drops.clear();
                for (ActiveRun run : runs) {
                    run.abandon();
                }
                reportIntervals(System.nanoTime());
                return;
            }
            for (ActiveRun run : runs) {
                run.wake(nowNanos - wakeNanos, nowNanos);
            }
            report(nowNanos);
        }
    }

    /** Continues the runs that are due; returns whether all runs are over. */
    private boolean step(long nowNanos) throws IOException {
        boolean isOver = true;
        for (ActiveRun run : runs) {
            if (run.isDue(nowNanos)) {
                run.step(nowNanos);
            }
            isOver &= run.isOver();
        }
        return isOver;
    }

    /** Waits for channels and deadlines; returns the time of the deadline waited for. */
    private long select(long nowNanos) throws IOException {
        long wakeNanos = intervalEndNanos();
        for (ActiveRun run : runs) {
            wakeNanos = Math.min(wakeNanos, run.wakeNanos(nowNanos));
        }
        selector.await(nowNanos, isReportDue ? nowNanos : wakeNanos);
        return wakeNanos == MonotonicTime.NEVER ? System.nanoTime() : Math.max(wakeNanos, nowNanos);
    }

    /** Returns the earliest end of an interval; all runs report theirs at the same time. */
    private long intervalEndNanos() {
        long endNanos = MonotonicTime.NEVER;
        for (ActiveRun run : runs) {
            endNanos = Math.min(endNanos, run.intervalEndNanos());
        }
        return endNanos;
    }

    private void report(long nowNanos) throws IOException {
        if (nowNanos >= intervalEndNanos()) {
            reportIntervals(nowNanos);
        }
        if (isReportDue) {
            isReportDue = false;
            drops.clear();
            List<RunResult> results = new ArrayList<>();
            for (ActiveRun run : runs) {
                results.add(run.report());
            }
            listener.onReport(results);
        }
    }

    /**
     * Reports the current intervals, or at the end the rest, so that they add up to the summary.
     */
    private void reportIntervals(long nowNanos) throws IOException {
        drops.clear();
        List<RunResult> intervals = new ArrayList<>();
        for (ActiveRun run : runs) {
            if (run.hasFigures()) {
                intervals.add(run.reportInterval(nowNanos));
            }
        }
        if (!intervals.isEmpty()) {
            listener.onInterval(intervals);
        }
    }

    /** Returns the figures of the runs, in their order. */
    public List<RunResult> results() {
        drops.clear();
        List<RunResult> results = new ArrayList<>();
        for (ActiveRun run : runs) {
            results.add(run.result());
        }
        return List.copyOf(results);
    }

    @Override
    public void close() throws IOException {
        runs.forEach(ActiveRun::close);
        selector.close();
    }
}
