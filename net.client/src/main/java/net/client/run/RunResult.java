package net.client.run;

import net.client.connect.ExchangeException.Kind;
import net.client.measure.Histogram;
import net.client.measure.LatencySummary;
import net.client.measure.Timeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run measured; the warm-up is left out of every figure but its own.
 *
 * @param ok exchanges that succeeded
 * @param failed exchanges that failed, over UDP also for want of an answer in time
 * @param sent exchanges whose question was handed to the system whole
 * @param warmup exchanges that came first and were not measured
 * @param skipped exchanges that were due while this machine slept or, with an interval over UDP,
 *     had no room for their datagram, and did not begin
 * @param bytesSent payload bytes to the server
 * @param bytesReceived payload bytes from the server
 * @param duration from the first exchange to the end of the last one
 * @param resolve the look-up of the server's name; empty for a numeric address
 * @param time of the exchanges that succeeded, {@link Exchange#duration}
 * @param histogram the same times
 * @param timeline the same times by when they were over, and what failed; empty in a run of one,
 *     and of a stretch of a run
 * @param rawTime {@link Exchange#rawDuration}; empty unless the loop was open
 * @param lateness from when an exchange was due to its first packet; empty unless the loop was open
 * @param connect {@link Exchange#connect}; empty without a connection made
 * @param firstByte {@link Exchange#firstByte}; empty without a byte received
 * @param datagrams what became of the datagrams; empty over TCP, and where the service has no
 *     answer
 * @param stamp what only {@code stamp} tells; empty for other services
 * @param streams the connections of a bulk run over TCP; otherwise empty
 * @param load what a {@link net.client.LatencyUnderLoad} has besides; otherwise empty
 * @param errors failed exchanges by kind, and datagrams from elsewhere ({@link Kind#WRONG_SOURCE})
 */
public record RunResult(
        long ok,
        long failed,
        long sent,
        long warmup,
        long skipped,
        long bytesSent,
        long bytesReceived,
        Duration duration,
        Optional<Duration> resolve,
        LatencySummary time,
        Histogram histogram,
        Timeline timeline,
        Optional<LatencySummary> rawTime,
        Optional<LatencySummary> lateness,
        Optional<LatencySummary> connect,
        Optional<LatencySummary> firstByte,
        Optional<Datagrams> datagrams,
        Optional<StampFigures> stamp,
        List<StreamFigures> streams,
        Optional<LoadFigures> load,
        Map<Kind, Long> errors) {

    /** Creates a result; the list and the map are copied. */
    public RunResult {
        Objects.requireNonNull(time, "time");
        streams = List.copyOf(streams);
        errors = Map.copyOf(errors);
    }

    /**
     * Returns this result with the figures of a load.
     *
     * @param load the figures of the load that ran at the same time
     * @return a copy
     */
    public RunResult with(LoadFigures load) {
        return new RunResult(
                ok,
                failed,
                sent,
                warmup,
                skipped,
                bytesSent,
                bytesReceived,
                duration,
                resolve,
                time,
                histogram,
                timeline,
                rawTime,
                lateness,
                connect,
                firstByte,
                datagrams,
                stamp,
                streams,
                Optional.of(load),
                errors);
    }

    /**
     * What there was before a load and what the load was.
     *
     * @param idle the same run before, without the load
     * @param bulk what went through beside the run
     */
    public record LoadFigures(RunResult idle, RunResult bulk) {}

    /**
     * What a connection of a bulk run moved.
     *
     * @param number its place among the connections, from 1
     * @param bytesSent to the server
     * @param bytesReceived from the server
     * @param duration from when it stood to its end, or to now; what it moved, it moved in this
     */
    public record StreamFigures(
            int number, long bytesSent, long bytesReceived, Duration duration) {}

    /**
     * What became of a run's datagrams: each one that was {@code sent} was either received or lost.
     *
     * @param received datagrams that were answered at all: in time, late, or with other bytes
     * @param lost datagrams that were not
     * @param late of those received, answered after their exchange had failed
     * @param duplicates answers besides the first one to a datagram
     * @param reordered answers in time, but after the answer to a later datagram of the same socket
     * @param corrupt answers with other bytes than were sent, also where they do not tell to what
     */
    public record Datagrams(
            long received, long lost, long late, long duplicates, long reordered, long corrupt) {}

    /**
     * What a reflector's own times and counts tell (RFC 8762, section 4.3). Clocks need not agree:
     * only differences count.
     *
     * @param lostUp datagrams lost on the way there, as far as the reflector's counts reach: up to
     *     the last answer
     * @param lostDown answers lost on the way back, up to the same
     * @param isCounting whether the reflector is known to keep a count of its own; where it is not,
     *     and something was lost, the two above are not told apart: in stateless mode, all loss
     *     looks like loss on the way back. To find out, a run asks after a loss for an answer that
     *     it has already.
     * @param jitterUp of the delay on the way there (RFC 3550, section 6.4.1); empty before the
     *     second answer
     * @param jitterDown of the delay on the way back; empty before the second answer
     */
    public record StampFigures(
            long lostUp,
            long lostDown,
            boolean isCounting,
            Optional<Duration> jitterUp,
            Optional<Duration> jitterDown) {}
}
