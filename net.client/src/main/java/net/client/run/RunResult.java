package net.client.run;

import net.client.connect.ExchangeException.Kind;
import net.client.measure.Histogram;
import net.client.measure.LatencySummary;
import net.client.measure.Timeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Figures of a run, or of an interval of a run. Everything except {@link #warmup} excludes the
 * warm-up. Immutable.
 *
 * <p>Implemented by this module; later releases may add methods, so only tests should implement it.
 */
public interface RunResult {
    /** {@return the number of successful exchanges} */
    long ok();

    /**
     * {@return the number of failed exchanges, including those over UDP that were not answered in
     * time}
     */
    long failed();

    /**
     * {@return whether {@link #failed} includes all lost exchanges; false for a service that does
     * not answer datagrams, where only refusals are detected}
     */
    boolean isLossKnown();

    /**
     * {@return the number of exchanges whose request was passed to the operating system completely}
     */
    long sent();

    /** {@return the number of initial exchanges that are not measured} */
    long warmup();

    /**
     * {@return the number of scheduled exchanges that did not begin because this machine was
     * suspended, all connections were busy until the end of the run or, over UDP with an interval,
     * the send buffer was full}
     */
    long skipped();

    /** {@return payload bytes sent to the server} */
    long bytesSent();

    /** {@return payload bytes received from the server} */
    long bytesReceived();

    /**
     * {@return the time from the start of the first exchange to the end of the last one; the end of
     * a datagram that is not answered in time is the time it was sent}
     */
    Duration duration();

    /** {@return the time of the name lookup; empty for a numeric address} */
    Optional<Duration> resolve();

    /** {@return the latencies of the successful exchanges, see {@link Exchange#duration}} */
    LatencySummary time();

    /** {@return the histogram of the same latencies} */
    Histogram histogram();

    /** {@return the same latencies over time; empty for a single exchange and for an interval} */
    Timeline timeline();

    /** {@return {@link Exchange#rawDuration}; empty unless the loop is open} */
    Optional<LatencySummary> rawTime();

    /** {@return the histogram of the same latencies; empty unless the loop is open} */
    Optional<Histogram> rawHistogram();

    /**
     * {@return the delay from the scheduled time of an exchange to its first packet; empty unless
     * the loop is open}
     */
    Optional<LatencySummary> lateness();

    /** {@return {@link Exchange#connect}; empty if no connection was established} */
    Optional<LatencySummary> connect();

    /**
     * {@return {@link Exchange#firstByte}; empty over UDP, for a bulk run, and if no byte was
     * received}
     */
    Optional<LatencySummary> firstByte();

    /** {@return the datagrams by outcome; empty over TCP and for services without an answer} */
    Optional<Datagrams> datagrams();

    /** {@return the figures that only {@code stamp} provides; empty for other services} */
    Optional<StampFigures> stamp();

    /** {@return the connections of a bulk run over TCP; otherwise empty} */
    List<StreamFigures> streams();

    /**
     * {@return the figures without the load, and of the load, in the result of a {@link
     * net.client.LatencyUnderLoad}; otherwise empty}
     */
    Optional<LoadFigures> load();

    /**
     * {@return failed exchanges by kind, and datagrams from other addresses as {@link
     * Kind#WRONG_SOURCE}}
     */
    Map<Kind, Long> errors();

    /**
     * Figures that accompany a result under load.
     *
     * @param idle the same run without the load
     * @param bulk the load
     */
    record LoadFigures(RunResult idle, RunResult bulk) {}

    /**
     * Throughput of one connection of a bulk run.
     *
     * @param number its number, from 1
     * @param bytesSent bytes sent to the server
     * @param bytesReceived bytes received from the server
     * @param duration time from the established connection to its end, or to now
     */
    record StreamFigures(int number, long bytesSent, long bytesReceived, Duration duration) {}

    /**
     * Datagrams of a run by outcome. Each of those {@code sent} is received, lost or dropped here.
     *
     * @param received datagrams that were answered: in time, late, or with different bytes
     * @param lost datagrams that were not answered, except those dropped here
     * @param droppedHere datagrams whose answers were dropped by this machine, since the receive
     *     buffer of the socket was full: as many of those not answered as the system has dropped
     *     datagrams at the socket. If it has also dropped other datagrams, such as further answers,
     *     lost ones may be among them. Empty if datagrams were not answered and the system does not
     *     count drops.
     * @param late received datagrams that were answered after their exchange had failed
     * @param duplicates further answers to a datagram that was answered already
     * @param reordered answers in time, but after the answer to a later datagram of the same socket
     * @param corrupt answers whose bytes differ from those sent, even if it is unknown to which
     *     datagram they belong
     */
    record Datagrams(
            long received,
            long lost,
            OptionalLong droppedHere,
            long late,
            long duplicates,
            long reordered,
            long corrupt) {}

    /**
     * Figures computed from the timestamps and sequence numbers of a STAMP reflector (RFC 8762,
     * section 4.3). Only differences of its times are used, so the clocks need not be synchronized.
     *
     * @param lostUp datagrams lost on the way to the reflector, up to the last answer to each
     *     socket; a socket is replaced when the address of this machine changes
     * @param lostDown answers lost on the way back, up to the last answer to each socket
     * @param unanswered datagrams that reached the reflector and were not answered in a run that
     *     sent more than {@value net.protocol.internal.Sockets#DEFAULT_ANSWER_RATE} datagrams in a
     *     second: the server may have limited its answers, or they were lost on the way back. They
     *     are not part of {@code lostDown}.
     * @param isDirectionKnown whether the three counts above are known. They are not if the
     *     reflector does not number its answers itself (stateless mode), where all loss appears as
     *     loss on the way back; to find out, a run requests an answer a second time after a loss.
     *     Nor are they if its numbers changed in a way that loss does not explain, as after a
     *     restart.
     * @param jitterUp jitter on the way to the reflector (RFC 3550, section 6.4.1), without steps
     *     of its clock; empty before the second answer
     * @param jitterDown jitter on the way back; empty before the second answer
     * @param clockSteps steps of the reflector's clock, which are larger than the round trips allow
     */
    record StampFigures(
            long lostUp,
            long lostDown,
            long unanswered,
            boolean isDirectionKnown,
            Optional<Duration> jitterUp,
            Optional<Duration> jitterDown,
            long clockSteps) {}
}
