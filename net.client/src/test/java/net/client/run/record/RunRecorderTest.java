package net.client.run.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.ExceptionTranslator;
import net.client.internal.MonotonicTime;
import net.client.measure.Timeline;
import net.client.measure.Timeline.Point;
import net.client.run.RecordingRunListener;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.client.run.RunResult.Datagrams;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

class RunRecorderTest {
    private static final long SECOND = 1_000_000_000L;

    private final RecordingRunListener listener = new RecordingRunListener();

    private static RunConfig.Builder echo() {
        ClientConfig client = ClientConfig.of(new Endpoint("127.0.0.1", 7));
        return RunConfig.builder(Transport.UDP, Service.ECHO, client).count(5);
    }

    private RunRecorder recorder(RunConfig.Builder config) {
        return new RunRecorder(config.build(), listener);
    }

    private static MutableExchange exchange(
            long number, long dueNanos, long sentNanos, long endNanos) {
        MutableExchange exchange = new MutableExchange();
        exchange.number = number;
        exchange.dueNanos = dueNanos;
        exchange.sentNanos = sentNanos;
        exchange.endNanos = endNanos;
        exchange.bytesReceived = 28;
        return exchange;
    }

    private static ExchangeException failure() {
        InetSocketAddress peer = new InetSocketAddress("127.0.0.1", 7);
        return ExceptionTranslator.at("exchange with", peer, 0, new IOException("a fault"));
    }

    @Test
    void openLoopMeasuresFromTheScheduledTimeAndFromTheFirstPacket() throws IOException {
        RunRecorder recorder = recorder(echo().rate(10));
        recorder.begin(1, 100);
        recorder.recordSuccess(exchange(1, 100, 130, 200));
        RunResult result = recorder.result(7, Optional.empty(), List.of());
        assertEquals(OptionalLong.of(100), result.time().max());
        assertEquals(OptionalLong.of(70), result.rawTime().orElseThrow().max());
        assertEquals(OptionalLong.of(30), result.lateness().orElseThrow().max());
        assertEquals(Duration.ofNanos(100), result.duration());
        assertEquals(7, result.skipped());
        assertEquals(28, result.bytesReceived());
    }

    @Test
    void negativeTimesCountAsZero() throws IOException {
        RunRecorder recorder = recorder(echo().rate(10));
        recorder.begin(1, 100);
        recorder.recordSuccess(exchange(1, 101, 100, 100));
        RunResult result = recorder.result();
        assertEquals(OptionalLong.of(0), result.time().min());
        assertEquals(OptionalLong.of(0), result.lateness().orElseThrow().min());
    }

    @Test
    void warmUpOnlyCountsItsExchanges() throws IOException {
        RunRecorder recorder = recorder(echo().warmup(2));
        for (long number = -1; number <= 0; number++) {
            recorder.begin(number, 50);
            recorder.recordSent(number);
            recorder.recordBytesSent(number, 28);
            recorder.recordBytesReceived(number, 28);
            recorder.count(number, counters -> counters.lost++);
        }
        recorder.recordSuccess(exchange(-1, 50, 50, 60));
        recorder.recordFailure(0, failure());
        recorder.recordError(failure());
        assertFalse(recorder.isMeasuring());
        assertEquals(MonotonicTime.NEVER, recorder.intervalEndNanos());
        RunResult result = recorder.result();
        assertEquals(2, result.warmup());
        assertEquals(0, result.ok() + result.failed() + result.sent());
        assertEquals(0, result.bytesSent() + result.bytesReceived());
        assertEquals(
                Optional.of(new Datagrams(0, 0, OptionalLong.of(0), 0, 0, 0, 0)),
                result.datagrams());
        assertEquals(Map.of(), result.errors());
        assertEquals(Duration.ZERO, result.duration());
        assertEquals(List.of(), listener.failures);
        assertEquals(List.of(), listener.exchanges);
    }

    @Test
    void intervalStartsAtTheFirstMeasuredExchangeOrAtTheLastInterval() throws IOException {
        RunRecorder recorder = recorder(echo());
        recorder.begin(1, 100);
        assertEquals(100 + SECOND, recorder.intervalEndNanos());
        recorder.recordSent(1);
        recorder.reportInterval(150 + SECOND, List.of());
        assertEquals(150 + 2 * SECOND, recorder.intervalEndNanos());
        recorder.reportInterval(160 + 2 * SECOND, List.of());
        assertEquals(Duration.ofNanos(50 + SECOND), listener.intervals.getFirst().duration());
        assertEquals(1, listener.intervals.getFirst().sent());
        assertEquals(Duration.ofNanos(10 + SECOND), listener.intervals.getLast().duration());
        assertEquals(0, listener.intervals.getLast().sent());
        assertEquals(1, recorder.result().sent());
    }

    @Test
    void singleExchangeHasNoIntervals() {
        RunRecorder recorder = recorder(echo().count(1));
        recorder.begin(1, 100);
        assertEquals(MonotonicTime.NEVER, recorder.intervalEndNanos());
    }

    /** A datagram lost in one interval may be answered in the next, whose loss is not negative. */
    @Test
    void lateAnswerCancelsTheLoss() throws IOException {
        RunRecorder recorder = recorder(echo());
        recorder.begin(1, 100);
        recorder.recordLost(1);
        recorder.reportInterval(SECOND, List.of());
        recorder.recordLost(-1);
        recorder.recordLate(1);
        recorder.reportInterval(2 * SECOND, List.of());
        assertEquals(1, listener.intervals.getFirst().datagrams().orElseThrow().lost());
        assertEquals(0, listener.intervals.getLast().datagrams().orElseThrow().lost());
        RunResult result = recorder.result();
        assertEquals(
                new Datagrams(1, 0, OptionalLong.of(0), 1, 0, 0, 0),
                result.datagrams().orElseThrow());
    }

    /** Unanswered datagrams are lost, dropped here, or, where that is unknown, all lost. */
    @Test
    void unknownDropsAreLost() {
        RunRecorder known = recorder(echo());
        known.recordLost(1);
        known.recordDroppedHere(4);
        assertEquals(
                new Datagrams(0, 1, OptionalLong.of(4), 0, 0, 0, 0),
                known.result().datagrams().orElseThrow());
        RunRecorder unknown = recorder(echo());
        unknown.recordLost(2);
        unknown.recordDroppedHere(3);
        unknown.setDropsUnknown();
        assertEquals(
                new Datagrams(0, 5, OptionalLong.empty(), 0, 0, 0, 0),
                unknown.result().datagrams().orElseThrow());
        RunResult total = RecordedResult.total(List.of(known.result(), unknown.result()));
        assertEquals(
                new Datagrams(0, 10, OptionalLong.empty(), 0, 0, 0, 0),
                total.datagrams().orElseThrow());
    }

    @Test
    void recordedErrorIsNotAFailure() throws IOException {
        RunRecorder recorder = recorder(echo());
        recorder.begin(1, 100);
        recorder.recordError(failure());
        recorder.recordFailure(1, failure());
        RunResult result = recorder.result();
        assertEquals(1, result.failed());
        assertEquals(Map.of(Kind.OTHER, 2L), result.errors());
        assertEquals(2, listener.failures.size());
    }

    @Test
    void reportContainsEverythingSoFar() throws IOException {
        RunRecorder recorder = recorder(echo());
        recorder.report(0, Optional.empty(), List.of());
        assertEquals(Duration.ZERO, listener.reports.getFirst().duration());
        long start = System.nanoTime();
        recorder.begin(1, start);
        recorder.recordSuccess(exchange(1, start, start, start + 5));
        recorder.reportInterval(start + SECOND, List.of());
        recorder.report(3, Optional.empty(), List.of());
        RunResult report = listener.reports.getLast();
        assertEquals(1, report.ok());
        assertEquals(3, report.skipped());
        assertTrue(report.duration().isPositive());
    }

    @Test
    void timelineStartsAtTheFirstMeasuredExchange() throws IOException {
        RunRecorder recorder = recorder(echo().warmup(1));
        recorder.begin(0, 10);
        recorder.recordSuccess(exchange(0, 10, 10, 20));
        long start = System.nanoTime();
        recorder.begin(1, start);
        recorder.recordSuccess(exchange(1, start + 30, start + 30, start + SECOND));
        recorder.recordFailure(2, failure());
        recorder.reportInterval(start + 2 * SECOND, List.of());
        Timeline timeline = recorder.result().timeline();
        assertEquals(List.of(new Point(SECOND, SECOND - 30)), timeline.points());
        // 128 slots of 8 ms are 1.07 s.
        assertEquals(8_388_608, timeline.widthNanos());
        assertEquals(119 * 8_388_608, timeline.slots().getFirst().startNanos());
        assertEquals(1, timeline.slots().size());
        assertEquals(List.of(), listener.intervals.getFirst().timeline().slots());
    }

    @Test
    void singleAndUnansweredExchangesHaveNoTimeline() throws IOException {
        ClientConfig client = ClientConfig.of(new Endpoint("127.0.0.1", 7));
        RunConfig.Builder receive =
                RunConfig.builder(Transport.UDP, Service.RECEIVE, client).count(5);
        for (RunConfig.Builder config : List.of(echo().count(1), receive)) {
            RunRecorder recorder = recorder(config);
            recorder.begin(1, 100);
            recorder.recordSuccess(exchange(1, 100, 100, 200));
            assertEquals(List.of(), recorder.result().timeline().slots());
        }
        RunRecorder recorder = recorder(echo().count(1));
        recorder.begin(1, 100);
        recorder.recordFailure(1, failure());
        assertEquals(List.of(), recorder.result().timeline().slots());
    }

    @Test
    void resultIsImmutable() throws IOException {
        RunRecorder recorder = recorder(echo());
        recorder.begin(1, 100);
        RunResult before = recorder.result();
        recorder.recordFailure(1, failure());
        assertEquals(Map.of(), before.errors());
    }
}
