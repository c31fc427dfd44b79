package net.client.run.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.ExceptionTranslator;
import net.client.internal.MonotonicTime;
import net.client.measure.Timeline.Slot;
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

    private final RecordingRunListener heard = new RecordingRunListener();

    private static RunConfig.Builder echo() {
        ClientConfig client = ClientConfig.of(new Endpoint("127.0.0.1", 7));
        return RunConfig.of(Transport.UDP, Service.ECHO, client).toBuilder().count(5);
    }

    private RunRecorder meter(RunConfig.Builder config) {
        return new RunRecorder(config.build(), heard);
    }

    private static MutableExchange outcome(
            long number, long dueNanos, long sentNanos, long endNanos) {
        MutableExchange outcome = new MutableExchange();
        outcome.number = number;
        outcome.dueNanos = dueNanos;
        outcome.sentNanos = sentNanos;
        outcome.endNanos = endNanos;
        outcome.bytesReceived = 28;
        return outcome;
    }

    private static ExchangeException failure() {
        InetSocketAddress peer = new InetSocketAddress("127.0.0.1", 7);
        return ExceptionTranslator.at("exchange with", peer, 0, new IOException("a fault"));
    }

    @Test
    void openLoopHasTheTimeFromWhenItWasDueAndTheRawOne() throws IOException {
        RunRecorder meter = meter(echo().rate(10));
        meter.begun(1, 100);
        meter.ok(outcome(1, 100, 130, 200));
        RunResult result = meter.result(7, Optional.empty(), List.of());
        assertEquals(OptionalLong.of(100), result.time().max());
        assertEquals(OptionalLong.of(70), result.rawTime().orElseThrow().max());
        assertEquals(OptionalLong.of(30), result.lateness().orElseThrow().max());
        assertEquals(Duration.ofNanos(100), result.duration());
        assertEquals(7, result.skipped());
        assertEquals(28, result.bytesReceived());
    }

    /** The clock stands still at worst, and what was due has begun by then. */
    @Test
    void noTimeIsBelowZero() throws IOException {
        RunRecorder meter = meter(echo().rate(10));
        meter.begun(1, 100);
        meter.ok(outcome(1, 101, 100, 100));
        RunResult result = meter.result();
        assertEquals(OptionalLong.of(0), result.time().min());
        assertEquals(OptionalLong.of(0), result.lateness().orElseThrow().min());
    }

    @Test
    void warmUpLeavesNoTraceButItsCount() throws IOException {
        RunRecorder meter = meter(echo().warmup(2));
        for (long number = -1; number <= 0; number++) {
            meter.begun(number, 50);
            meter.sent(number);
            meter.sentBytes(number, 28);
            meter.receivedBytes(number, 28);
            meter.count(number, figures -> figures.lost++);
        }
        meter.ok(outcome(-1, 50, 50, 60));
        meter.failed(0, failure());
        meter.noted(failure());
        assertFalse(meter.isMeasuring());
        assertEquals(MonotonicTime.NEVER, meter.intervalEndNanos());
        RunResult result = meter.result();
        assertEquals(2, result.warmup());
        assertEquals(0, result.ok() + result.failed() + result.sent());
        assertEquals(0, result.bytesSent() + result.bytesReceived());
        assertEquals(Optional.of(new Datagrams(0, 0, 0, 0, 0, 0)), result.datagrams());
        assertEquals(Map.of(), result.errors());
        assertEquals(Duration.ZERO, result.duration());
        assertEquals(List.of(), heard.failures);
        assertEquals(List.of(), heard.exchanges);
    }

    @Test
    void intervalStartsWithTheFirstMeasuredOneAndThenWithTheOneBefore() throws IOException {
        RunRecorder meter = meter(echo());
        meter.begun(1, 100);
        assertEquals(100 + SECOND, meter.intervalEndNanos());
        meter.sent(1);
        meter.interval(150 + SECOND, List.of());
        assertEquals(150 + 2 * SECOND, meter.intervalEndNanos());
        meter.interval(160 + 2 * SECOND, List.of());
        assertEquals(Duration.ofNanos(50 + SECOND), heard.intervals.getFirst().duration());
        assertEquals(1, heard.intervals.getFirst().sent());
        assertEquals(Duration.ofNanos(10 + SECOND), heard.intervals.getLast().duration());
        assertEquals(0, heard.intervals.getLast().sent());
        assertEquals(1, meter.result().sent());
    }

    @Test
    void oneExchangeHasNoIntervals() {
        RunRecorder meter = meter(echo().count(1));
        meter.begun(1, 100);
        assertEquals(MonotonicTime.NEVER, meter.intervalEndNanos());
    }

    /** What was lost in one interval may come in the next, which then has lost nothing. */
    @Test
    void lateAnswerTakesBackTheLoss() throws IOException {
        RunRecorder meter = meter(echo());
        meter.begun(1, 100);
        meter.count(1, figures -> figures.lost++);
        meter.interval(SECOND, List.of());
        meter.late(1, SECOND + 1);
        meter.interval(2 * SECOND, List.of());
        assertEquals(1, heard.intervals.getFirst().datagrams().orElseThrow().lost());
        assertEquals(0, heard.intervals.getLast().datagrams().orElseThrow().lost());
        RunResult result = meter.result();
        assertEquals(new Datagrams(1, 0, 1, 0, 0, 0), result.datagrams().orElseThrow());
    }

    @Test
    void whatIsNotedIsAnErrorAndNoFailure() throws IOException {
        RunRecorder meter = meter(echo());
        meter.begun(1, 100);
        meter.noted(failure());
        meter.failed(1, failure());
        RunResult result = meter.result();
        assertEquals(1, result.failed());
        assertEquals(Map.of(Kind.OTHER, 2L), result.errors());
        assertEquals(2, heard.failures.size());
    }

    @Test
    void reportIsOfAllSoFar() throws IOException {
        RunRecorder meter = meter(echo());
        meter.report(0, Optional.empty(), List.of());
        assertEquals(Duration.ZERO, heard.reports.getFirst().duration());
        long start = System.nanoTime();
        meter.begun(1, start);
        meter.ok(outcome(1, start, start, start + 5));
        meter.interval(start + SECOND, List.of());
        meter.report(3, Optional.empty(), List.of());
        RunResult report = heard.reports.getLast();
        assertEquals(1, report.ok());
        assertEquals(3, report.skipped());
        assertTrue(report.duration().isPositive());
    }

    @Test
    void timelineHasWhatIsMeasuredFromTheFirstExchangeOn() throws IOException {
        RunRecorder meter = meter(echo().warmup(1));
        meter.begun(0, 10);
        meter.ok(outcome(0, 10, 10, 20));
        meter.late(0, 30);
        long start = System.nanoTime();
        meter.begun(1, start);
        meter.ok(outcome(1, start + 30, start + 30, start + SECOND));
        meter.failed(2, failure());
        meter.late(2, start + 2 * SECOND);
        meter.interval(start + 2 * SECOND, List.of());
        List<Slot> slots = meter.result().timeline().slots();
        Slot ok = slots.stream().filter(slot -> slot.count() > 0).findFirst().orElseThrow();
        assertTrue(ok.startNanos() <= SECOND, slots::toString);
        assertEquals(OptionalLong.of(SECOND - 30), ok.min());
        assertEquals(1, slots.stream().mapToLong(Slot::count).sum());
        assertEquals(1, slots.stream().mapToLong(Slot::failed).sum());
        assertEquals(1, slots.getLast().late());
        // In a slot of 4 ms.
        assertEquals(1_996_488_704, slots.getLast().startNanos());
        assertEquals(List.of(), heard.intervals.getFirst().timeline().slots());
    }

    @Test
    void oneExchangeAndOneWithoutAnAnswerHaveNoPlaceInTime() throws IOException {
        ClientConfig client = ClientConfig.of(new Endpoint("127.0.0.1", 7));
        RunConfig.Builder receive =
                RunConfig.of(Transport.UDP, Service.RECEIVE, client).toBuilder().count(5);
        for (RunConfig.Builder config : List.of(echo().count(1), receive)) {
            RunRecorder meter = meter(config);
            meter.begun(1, 100);
            meter.ok(outcome(1, 100, 100, 200));
            assertEquals(List.of(), meter.result().timeline().slots());
        }
        RunRecorder meter = meter(echo().count(1));
        meter.begun(1, 100);
        meter.failed(1, failure());
        assertEquals(List.of(), meter.result().timeline().slots());
    }

    @Test
    void resultKeepsItsErrors() throws IOException {
        RunRecorder meter = meter(echo());
        meter.begun(1, 100);
        RunResult before = meter.result();
        meter.failed(1, failure());
        assertEquals(Map.of(), before.errors());
    }
}
