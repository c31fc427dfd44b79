package net.launcher.client.report;

import net.client.run.RunConfig;
import net.protocol.Service;

/** Decides whether a run is slow or short enough to print a line for each exchange. */
public final class OutputRate {
    /** Maximum lines per second of a run with more exchanges than {@link #MAX_LINES}. */
    private static final int MAX_LINES_PER_SECOND = 100;

    /** Maximum number of exchanges that are all listed, regardless of the rate. */
    private static final int MAX_LINES = 100;

    /** Maximum rate of lines on a terminal, where a progress line can replace them. */
    private static final int MAX_TERMINAL_LINES_PER_SECOND = 10;

    /** Maximum number of exchanges that are all listed on a terminal. */
    private static final int MAX_TERMINAL_LINES = 20;

    private static final long SECOND_NANOS = 1_000_000_000;

    private OutputRate() {}

    /**
     * Returns whether a line per exchange can be read: there are few, or few per second.
     *
     * @param targets number of targets, each with the schedule of the run
     * @param isReplaceable whether the lines are on a terminal, where a progress line or a table of
     *     each second can replace them
     */
    public static boolean isReadable(RunConfig run, int targets, boolean isReplaceable) {
        int maxLines = isReplaceable ? MAX_TERMINAL_LINES : MAX_LINES;
        int maxRate = isReplaceable ? MAX_TERMINAL_LINES_PER_SECOND : MAX_LINES_PER_SECOND;
        if (isShownBySecond(run)) {
            return false;
        }
        if (run.count().isPresent() && run.count().getAsLong() <= maxLines / targets) {
            return true;
        }
        if (run.rate().isPresent()) {
            return run.rate().getAsInt() <= maxRate / targets;
        }
        return run.interval().isPresent()
                && run.interval().get().toNanos()
                        >= SECOND_NANOS / maxRate * run.parallel() * targets;
    }

    /**
     * Returns whether throughput is reported every second; for {@code discard} over UDP only with a
     * bandwidth.
     */
    private static boolean isShownBySecond(RunConfig run) {
        return run.bulk()
                && (run.isStream() || run.service() == Service.ECHO || run.bandwidth().isPresent());
    }
}
