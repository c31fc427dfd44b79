package net.launcher.client.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.run.RunResult;
import net.client.run.RunResult.Datagrams;
import net.launcher.client.html.RunIntervals.Sample;
import net.launcher.client.report.Results;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class RunIntervalsTest {
    private static final long SECOND = 1_000_000_000;

    private final RunIntervals intervals = new RunIntervals(RunIntervals.MAX_SAMPLES);

    private static RunResult result(long nanos, long ok, long sent, long received) {
        Results results = Results.of(ok, 0);
        results.duration = Duration.ofNanos(nanos);
        results.bytesSent = sent;
        results.bytesReceived = received;
        return results.result();
    }

    private static Sample sample(long nanos, long ok, long sent, long received) {
        return new Sample(nanos, ok, sent, received, 0, 0, 0, 0);
    }

    /** Adds a second of exchanges, of which some got no answer in time, and some a corrupt one. */
    private void addLosses(long ok, long unanswered, long corrupt, long late) {
        Results results = Results.of(ok, unanswered + corrupt);
        results.duration = Duration.ofSeconds(1);
        results.datagrams =
                Optional.of(
                        new Datagrams(
                                ok + corrupt + late,
                                Math.max(unanswered - late, 0),
                                OptionalLong.of(0),
                                late,
                                0,
                                0,
                                corrupt));
        intervals.add(results.result());
    }

    /** Adds a second without a success, for which the system counts drops. */
    private void addDrops(long unanswered, long corrupt, long droppedHere) {
        Results results = Results.of(0, unanswered + corrupt);
        results.duration = Duration.ofSeconds(1);
        long lost = Math.max(unanswered - droppedHere, 0);
        OptionalLong drops = OptionalLong.of(droppedHere);
        results.datagrams = Optional.of(new Datagrams(corrupt, lost, drops, 0, 0, 0, corrupt));
        intervals.add(results.result());
    }

    private List<List<Long>> losses() {
        return intervals.samples().stream()
                .map(sample -> List.of(sample.lost(), sample.late(), sample.failed()))
                .toList();
    }

    private static Duration nanos(long nanos) {
        return Duration.ofNanos(nanos);
    }

    /** The last interval also contains the wait for answers, in which nothing is sent. */
    @Test
    void lastRateIsOverTheTimeUpToTheLastExchange() {
        intervals.add(result(SECOND + 1, 10, 100, 1000));
        intervals.add(result(SECOND, 5, 50, 500));
        assertEquals(
                List.of(sample(SECOND + 1, 10, 100, 1000), sample(SECOND / 2, 5, 50, 500)),
                intervals.rated(nanos(SECOND + 1 + SECOND / 2)));
        assertEquals(sample(SECOND, 5, 50, 500), intervals.samples().getLast());
    }

    @ParameterizedTest
    @CsvSource({"500000000, 2", "499999999, 1", "1, 1", "0, 1"})
    void lastRateIsLeftOutBelowHalfASecond(long rest, int expected) {
        intervals.add(result(SECOND, 10, 100, 1000));
        intervals.add(result(SECOND, 1, 10, 100));
        intervals.add(result(SECOND, 0, 0, 0));
        assertEquals(expected, intervals.rated(nanos(SECOND + rest)).size());
        assertEquals(3, intervals.samples().size());
    }

    @Test
    void runShorterThanHalfASecondHasNoRate() {
        intervals.add(result(SECOND / 3, 3, 4, 5));
        assertEquals(List.of(), intervals.rated(nanos(SECOND / 3)));
        assertEquals(List.of(sample(SECOND / 3, 3, 4, 5)), intervals.samples());
    }

    @Test
    void lostLateAndFailedAreApart() {
        addLosses(90, 4, 6, 0);
        addLosses(95, 3, 0, 2);
        // Of the seven without an answer, two were answered late: the last ones.
        assertEquals(List.of(List.of(4L, 0L, 6L), List.of(1L, 2L, 0L)), losses());
    }

    /** The count of lost datagrams of the interval cannot be below zero, but the sum is right. */
    @Test
    void lateAnswersReduceTheLossesOfEarlierSeconds() {
        addLosses(90, 10, 0, 0);
        addLosses(90, 10, 0, 0);
        addLosses(99, 1, 0, 13);
        assertEquals(
                List.of(List.of(8L, 0L, 0L), List.of(0L, 0L, 0L), List.of(0L, 13L, 0L)), losses());
    }

    /** Of three drops in the second interval, one is that of an exchange that failed before. */
    @Test
    void droppedHereIsNeitherLostNorFailed() {
        addDrops(4, 0, 1);
        addDrops(2, 5, 3);
        assertEquals(List.of(List.of(2L, 0L, 0L), List.of(0L, 0L, 5L)), losses());
        assertEquals(
                List.of(1L, 3L), intervals.samples().stream().map(Sample::droppedHere).toList());
    }

    @Test
    void failuresOfServicesWithoutDatagramsAreFailed() {
        intervals.add(Results.of(5, 2).result());
        assertEquals(List.of(List.of(0L, 0L, 2L)), losses());
    }

    @Test
    void limitsTheNumberOfSamplesAndKeepsAllCounts() {
        int seconds = 3601;
        for (int i = 1; i <= seconds; i++) {
            intervals.add(result(SECOND, i, 2 * i, 3 * i));
        }
        addLosses(0, 5, 0, 0);
        long sum = (long) seconds * (seconds + 1) / 2;
        List<Sample> samples = intervals.samples();
        assertTrue(samples.size() > 300 && samples.size() <= 600, samples.size() + " samples");
        Sample all = samples.stream().reduce(Sample.NONE, Sample::plus);
        assertEquals(new Sample((seconds + 1) * SECOND, sum, 2 * sum, 3 * sum, 5, 0, 0, 0), all);
        // 3602 seconds, 8 per sample.
        assertEquals(sample(8 * SECOND, 36, 72, 108), samples.getFirst());
        assertEquals(8, intervals.intervalsPerSample());
        assertEquals(451, samples.size());
    }
}
