package net.launcher.client.report;

import net.client.run.RunConfig;
import net.protocol.Service;

/** How fast exchanges follow each other. */
public final class OutputRate {
    /** A line each is what people can look at. */
    private static final int MAX_LINES_PER_SECOND = 100;

    /** Nor do they mind so many in all. */
    private static final int MAX_LINES = 100;

    private static final long MIN_NANOS = 1_000_000_000 / MAX_LINES_PER_SECOND;

    private OutputRate() {}

    /** Tells whether there is a line for each exchange: where there are few, or few a second. */
    public static boolean isReadable(RunConfig run) {
        if (isShownBySecond(run)) {
            return false;
        }
        if (run.count().isPresent() && run.count().getAsLong() <= MAX_LINES) {
            return true;
        }
        if (run.rate().isPresent()) {
            return run.rate().getAsInt() <= MAX_LINES_PER_SECOND;
        }
        return run.interval().isPresent()
                && run.interval().get().toNanos() >= MIN_NANOS * run.parallel();
    }

    /**
     * Tells whether what goes through is asked for: of {@code discard} over UDP, it is not said.
     */
    private static boolean isShownBySecond(RunConfig run) {
        return run.bulk() && (run.isStream() || run.service() == Service.ECHO);
    }
}
