package net.client.run;

import java.io.IOException;
import java.util.List;

/**
 * Receives the figures of several runs together, in the thread of {@link net.client.RunGroup#run}.
 * An exception ends the runs.
 */
public interface GroupListener {
    /** A listener that ignores all events. */
    GroupListener NONE = new GroupListener() {};

    /**
     * Called after the runs' listeners have been notified of an interval, which ends for all runs
     * at the same time.
     *
     * @param intervals the figures of each run that has begun, in the order of the runs
     * @throws IOException to end the runs
     */
    default void onInterval(List<RunResult> intervals) throws IOException {}

    /**
     * Called after the runs' listeners have been notified of a requested report.
     *
     * @param soFar the figures of each run, in the order of the runs
     * @throws IOException to end the runs
     */
    default void onReport(List<RunResult> soFar) throws IOException {}
}
