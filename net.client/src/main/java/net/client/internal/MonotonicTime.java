package net.client.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Times and durations in nanoseconds, relative to {@link System#nanoTime}. */
public final class MonotonicTime {
    /** A time that is never reached. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Half the range of the clock, 146 years: adding it to the current time does not overflow. */
    private static final long MAX_NANOS = Long.MAX_VALUE / 2;

    private MonotonicTime() {}

    /** Returns a duration in nanoseconds, limited so that adding it to the time is safe. */
    public static long nanos(Duration duration) {
        return Math.min(TimeUnit.NANOSECONDS.convert(duration), MAX_NANOS);
    }
}
