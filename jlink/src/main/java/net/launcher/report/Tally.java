package net.launcher.report;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of a client's run, a run of one exchange.
 *
 * @param isOk whether the exchange succeeded
 * @param sent messages handed to the system whole, none or one
 * @param bytesSent payload bytes
 * @param bytesReceived payload bytes
 * @param duration of the run
 * @param time from the question to the end of the answer, where there was one
 */
public record Tally(
        boolean isOk,
        int sent,
        long bytesSent,
        long bytesReceived,
        Duration duration,
        Optional<Duration> time) {}
