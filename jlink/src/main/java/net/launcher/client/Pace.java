package net.launcher.client;

import net.client.RunConfig;

/** How fast exchanges follow each other. */
final class Pace {
    /** A line each is what people can look at. */
    private static final int MAX_LINES_PER_SECOND = 100;

    /** Nor do they mind so many in all. */
    private static final int MAX_LINES = 100;

    private static final long MIN_NANOS = 1_000_000_000 / MAX_LINES_PER_SECOND;

    private Pace() {}

    /** Tells whether there is a line for each exchange: where there are few, or few a second. */
    static boolean isReadable(RunConfig run) {
        if (run.count().isPresent() && run.count().getAsLong() <= MAX_LINES) {
            return true;
        }
        if (run.rate().isPresent()) {
            return run.rate().getAsInt() <= MAX_LINES_PER_SECOND;
        }
        return run.interval().isPresent()
                && run.interval().get().toNanos() >= MIN_NANOS * run.parallel();
    }
}
