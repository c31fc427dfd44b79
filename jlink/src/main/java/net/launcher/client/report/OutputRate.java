package net.launcher.client.report;

import net.client.run.RunConfig;
import net.protocol.Service;

/** Decides whether a run is slow or short enough to print a line for each exchange. */
public final class OutputRate {
    /** Maximum rate of lines per second in an endless run. */
    private static final int MAX_LINES_PER_SECOND = 100;

    /** Maximum number of exchanges that are all listed, regardless of the rate. */
    private static final int MAX_LINES = 100;

    private static final long MIN_NANOS = 1_000_000_000 / MAX_LINES_PER_SECOND;

    private OutputRate() {}

    /** Returns whether a line per exchange can be read: there are few, or few per second. */
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

    /** Returns whether throughput is reported every second; not for {@code discard} over UDP. */
    private static boolean isShownBySecond(RunConfig run) {
        return run.bulk() && (run.isStream() || run.service() == Service.ECHO);
    }
}
