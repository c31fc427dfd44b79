package net.client.run.flow;

import net.client.internal.MonotonicTime;
import net.client.run.RunConfig;

/** Time to wait for an answer over UDP: fixed, or derived from the longest round trip so far. */
public final class AnswerTimeout {
    /** Multiple of the longest round trip, as in irtt. */
    private static final int ROUND_TRIPS = 3;

    private final long minNanos;
    private final long maxNanos;
    private long longestNanos;

    AnswerTimeout(RunConfig config, long timeoutNanos) {
        if (config.answerWait().isPresent()) {
            maxNanos = MonotonicTime.nanos(config.answerWait().get());
            minNanos = maxNanos;
        } else {
            long adaptiveNanos = Math.min(RunConfig.MIN_ANSWER_WAIT.toNanos(), timeoutNanos);
            maxNanos = timeoutNanos;
            minNanos = config.isSingle() ? timeoutNanos : adaptiveNanos;
        }
    }

    void recordRoundTrip(long nanos) {
        longestNanos = Math.max(longestNanos, nanos);
    }

    long nanos() {
        return Math.clamp(ROUND_TRIPS * longestNanos, minNanos, maxNanos);
    }
}
