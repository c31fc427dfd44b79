package net.client;

import net.client.run.GroupListener;
import net.client.run.RunResult;
import net.client.run.loop.RunLoop;
import net.client.run.loop.Target;
import net.client.run.record.RecordedResult;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs performed at the same time in one event loop, each with its own server, schedule and
 * figures. Runs with an interval start at different times within it, at most a second. Usable once;
 * only {@link #reportSoon} may be called by other threads.
 */
public final class RunGroup {
    private final List<Run> runs;
    private final GroupListener listener;
    private volatile Optional<RunLoop> loop = Optional.empty();

    /**
     * Creates a group without starting it.
     *
     * @param runs at least one; none of them is started by itself
     * @param listener the listener of the common events
     */
    public RunGroup(List<Run> runs, GroupListener listener) {
        this.runs = List.copyOf(runs);
        this.listener = Objects.requireNonNull(listener, "listener");
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("runs must not be empty");
        }
    }

    /**
     * Performs the runs in the calling thread, and blocks until all have ended. Names are looked up
     * at the same time; each run starts when its own is known. Failures and interrupts are handled
     * as by {@link Run#run}. May be called once.
     *
     * @return the figures of the runs, in their order
     * @throws IOException if a listener threw it, or no file descriptors are left
     */
    public List<RunResult> run() throws IOException {
        List<Target> targets = new ArrayList<>();
        for (Run run : runs) {
            targets.add(run.target());
        }
        try (RunLoop running = new RunLoop(targets, listener)) {
            loop = Optional.of(running);
            running.run();
            return running.results();
        } finally {
            loop = Optional.empty();
        }
    }

    /**
     * Requests calls of {@link net.client.run.RunListener#onReport} and {@link
     * GroupListener#onReport}; callable from any thread at any time.
     */
    public void reportSoon() {
        loop.ifPresent(RunLoop::reportSoon);
    }

    /**
     * Returns the figures over several runs: sums, the longest duration, and the distribution of
     * all times. Figures that cannot be combined are empty.
     *
     * @param results the figures of the runs
     * @return the total
     */
    public static RunResult total(List<RunResult> results) {
        return RecordedResult.total(results);
    }
}
