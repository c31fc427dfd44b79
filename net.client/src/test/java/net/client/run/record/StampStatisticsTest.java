package net.client.run.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.run.RunResult.StampFigures;
import net.protocol.NtpTimestamp;
import net.protocol.StampReply;
import net.protocol.StampRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class StampStatisticsTest {
    private final StampStatistics statistics = new StampStatistics();
    private final StampStatistics.SequenceCount count = statistics.addSocket(0);

    private void first(long sender, long reflector) {
        count.record(sender, reflector, true, true);
    }

    private void again(long sender, long reflector) {
        count.record(sender, reflector, false, true);
    }

    private void warmUp(long sender, long reflector) {
        count.record(sender, reflector, true, false);
    }

    private StampFigures figures() {
        return statistics.figures(Long.MAX_VALUE, 0, false);
    }

    private void assertLost(long up, long down) {
        StampFigures figures = figures();
        assertEquals(
                up + " up, " + down + " down",
                figures.lostUp() + " up, " + figures.lostDown() + " down");
    }

    @Test
    void nothingIsLostBeforeAnAnswer() {
        assertLost(0, 0);
        assertFalse(figures().isDirectionKnown());
    }

    @Test
    void repeatedSenderNumbersAreNotCounting() {
        first(0, 0);
        first(1, 1);
        first(3, 3);
        assertLost(0, 1);
        assertFalse(figures().isDirectionKnown());
    }

    @Test
    void uncountedDatagramsAreLostUp() {
        first(0, 0);
        first(3, 1);
        first(4, 2);
        assertLost(2, 0);
        assertTrue(figures().isDirectionKnown());
    }

    @Test
    void countedAndMissingAnswersAreLostDown() {
        first(1, 0);
        first(4, 2);
        assertLost(2, 1);
    }

    @Test
    void lossBeforeTheFirstAnswerCounts() {
        first(2, 1);
        assertLost(1, 1);
    }

    @Test
    void countingContinuesFromAnEarlierSession() {
        first(0, 100);
        first(1, 101);
        first(4, 103);
        assertLost(1, 1);
        assertTrue(figures().isDirectionKnown());
    }

    @Test
    void answersOfAnEarlierSessionMayBeReordered() {
        first(1, 101);
        first(0, 100);
        first(2, 102);
        assertLost(0, 0);
    }

    @Test
    void duplicateOnTheWayUpIsNoLossAndHidesNone() {
        first(0, 0);
        first(1, 1);
        again(1, 2);
        first(3, 3);
        assertLost(1, 0);
    }

    @Test
    void duplicateOnTheWayDownIsNoLossAndHidesNone() {
        first(0, 0);
        first(1, 1);
        again(1, 1);
        again(1, 1);
        first(3, 3);
        assertLost(0, 1);
    }

    @Test
    void warmUpIsExcluded() {
        warmUp(0, 0);
        warmUp(3, 1);
        warmUp(5, 3);
        assertLost(0, 0);
        first(6, 4);
        first(8, 5);
        first(10, 7);
        assertLost(1, 1);
    }

    @Test
    void lateWarmUpAnswerHidesNoLoss() {
        warmUp(0, 0);
        first(2, 2);
        first(4, 4);
        warmUp(1, 1);
        first(5, 5);
        assertLost(0, 1);
    }

    /** The second answer to 1 shows that one of 2 and 3 reached the reflector. */
    @Test
    void repeatedDatagramShowsTheDirectionOfTheLastLosses() {
        first(0, 0);
        first(1, 1);
        count.recordRepeated(1, 3, 3, true);
        assertLost(1, 1);
        assertTrue(figures().isDirectionKnown());
        first(4, 4);
        assertLost(1, 1);
    }

    @Test
    void repeatedDatagramWithTheSameNumberShowsNothing() {
        first(0, 0);
        first(1, 1);
        count.recordRepeated(1, 1, 3, true);
        assertLost(0, 0);
        assertFalse(figures().isDirectionKnown());
    }

    @Test
    void repeatedDatagramOfTheWarmUpIsExcluded() {
        warmUp(0, 0);
        count.recordRepeated(0, 2, 2, false);
        assertLost(0, 0);
        first(3, 3);
        first(5, 4);
        assertLost(1, 0);
    }

    @Test
    void socketsAreCountedSeparately() {
        StampStatistics.SequenceCount other = statistics.addSocket(0);
        first(0, 0);
        first(2, 1);
        other.record(0, 50, true, true);
        other.record(2, 52, true, true);
        assertLost(1, 1);
    }

    /** A new socket, since this machine's address has changed; 2 to 9 are lost meanwhile. */
    @Test
    void reflectorCountsAnewForANewSocket() {
        first(0, 0);
        first(1, 1);
        StampStatistics.SequenceCount next = statistics.addSocket(10);
        next.record(11, 0, true, true);
        next.record(12, 1, true, true);
        next.record(14, 3, true, true);
        assertLost(1, 1);
        assertTrue(figures().isDirectionKnown());
    }

    @Test
    void statelessReflectorIsRecognizedByANewSocket() {
        first(0, 0);
        StampStatistics.SequenceCount next = statistics.addSocket(10);
        next.record(10, 10, true, true);
        next.record(12, 12, true, true);
        assertFalse(figures().isDirectionKnown());
    }

    /** A reflector that does not distinguish sessions by the sender's address. */
    @Test
    void reflectorMayContinueItsCountForANewSocket() {
        first(0, 0);
        first(1, 1);
        StampStatistics.SequenceCount next = statistics.addSocket(10);
        next.record(10, 5, true, true);
        next.record(12, 6, true, true);
        assertLost(1, 0);
        assertTrue(figures().isDirectionKnown());
    }

    /** The history of numbers is a ring of 65,536. */
    @Test
    void duplicatesAreDetectedBeyondTheHistory() {
        for (int i = 0; i < 200_000; i++) {
            first(i, i);
        }
        again(199_999, 199_999);
        again(150_000, 150_000);
        assertLost(0, 0);
        first(400_000, 400_000);
        assertLost(0, 200_000);
    }

    /** The last datagram is answered, and both answers to a duplicate arrive. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void countsTheLossesOfTheNetwork(int seed) {
        Random random = new Random(seed);
        List<long[]> answers = new ArrayList<>();
        long reflector = random.nextInt(2) * random.nextInt(1000);
        long up = 0;
        long down = 0;
        for (int sender = 0; sender <= 500; sender++) {
            int fate = sender == 0 || sender == 500 ? 99 : random.nextInt(100);
            if (fate < 10) {
                up++;
                continue;
            }
            long number = reflector++;
            if (fate < 20) {
                down++;
                continue;
            }
            answers.add(new long[] {sender, number, 1});
            if (fate < 30) {
                answers.add(new long[] {sender, reflector++, 0});
            } else if (fate < 40) {
                answers.add(new long[] {sender, number, 0});
            } else if (fate < 50 && answers.size() > 2) {
                // Swapped with the answer before it.
                answers.add(answers.size() - 2, answers.removeLast());
            }
        }
        for (long[] answer : answers) {
            count.record(answer[0], answer[1], answer[2] == 1, true);
        }
        assertTrue(up > 0 && down > 0);
        assertLost(up, down);
    }

    private static StampReply reply(Instant sent, Instant received, Instant answered) {
        StampRequest request = new StampRequest(0, NtpTimestamp.of(sent), 1);
        return new StampReply(
                0, NtpTimestamp.of(answered), 1, NtpTimestamp.of(received), request, 64);
    }

    private void transit(long upMillis, long downMillis) {
        Instant sent = Instant.ofEpochSecond(1_800_000_000);
        // The reflector's clock is an hour ahead.
        Instant received = sent.plusMillis(upMillis).plusSeconds(3600);
        Instant arrival = received.plusMillis(downMillis).minusSeconds(3600);
        statistics.recordTimes(reply(sent, received, received), arrival);
    }

    /** After 5 answers, 3 losses, and a restart. */
    @Test
    void restartOfTheReflectorEndsTheAttribution() {
        for (int i = 0; i < 5; i++) {
            first(i, i + 1);
        }
        assertTrue(figures().isDirectionKnown());
        first(8, 0);
        first(9, 1);
        assertFalse(figures().isDirectionKnown());
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 536_870_915, 4_294_967_295L})
    void numberAboveWhatWasSentEndsTheAttribution(long number) {
        first(0, 1);
        first(1, number);
        first(2, 3);
        assertFalse(figures().isDirectionKnown());
        assertTrue(figures().lostUp() + figures().lostDown() <= 3);
    }

    /** The port was used before, and the reflector restarts. */
    @Test
    void numberBelowTheFirstOneEndsTheAttribution() {
        first(0, 1000);
        first(1, 1001);
        first(2, 0);
        assertFalse(figures().isDirectionKnown());
    }

    @Test
    void directionsAreBoundedByTheLossOfTheRun() {
        first(0, 0);
        first(10, 5);
        assertLost(5, 4);
        StampFigures figures = statistics.figures(6, 0, false);
        assertEquals(5, figures.lostUp());
        assertEquals(1, figures.lostDown());
    }

    @Test
    void unansweredDatagramsAreNotLostDownAboveTheAnswerRate() {
        first(0, 0);
        first(10, 5);
        StampFigures figures = statistics.figures(9, 0, true);
        assertEquals(5, figures.lostUp());
        assertEquals(0, figures.lostDown());
        assertEquals(4, figures.unanswered());
    }

    @Test
    void answersDroppedByTheClientAreNotLostDown() {
        first(0, 0);
        first(10, 5);
        StampFigures figures = statistics.figures(6, 3, false);
        assertEquals(5, figures.lostUp());
        assertEquals(1, figures.lostDown());
        figures = statistics.figures(5, 4, false);
        assertEquals(5, figures.lostUp());
        assertEquals(0, figures.lostDown());
    }

    @Test
    void corruptAnswersAreNotLost() {
        first(0, 0);
        count.recordCorrupt(1, true, true);
        count.recordCorrupt(1, false, true);
        first(2, 2);
        first(4, 4);
        assertLost(0, 1);
    }

    @Test
    void oneTransitHasNoJitter() {
        transit(5, 5);
        assertEquals(Optional.empty(), figures().jitterUp());
        assertEquals(Optional.empty(), figures().jitterDown());
    }

    @Test
    void steadyTransitHasNoJitterWithUnsynchronizedClocks() {
        for (int i = 0; i < 10; i++) {
            transit(5, 7);
        }
        assertNear(Duration.ZERO, figures().jitterUp());
        assertNear(Duration.ZERO, figures().jitterDown());
    }

    /**
     * By hand (RFC 3550, section 6.4.1): up differs by 16 ms each, so J is 1 ms, then 1 + (16 - 1)
     * / 16 = 1.9375 ms; down by 32 ms, so twice that.
     */
    @Test
    void jitterIsSeparateForEachDirection() {
        transit(0, 40);
        transit(16, 8);
        assertNear(Duration.ofMillis(1), figures().jitterUp());
        assertNear(Duration.ofMillis(2), figures().jitterDown());
        transit(0, 40);
        assertNear(Duration.ofNanos(1_937_500), figures().jitterUp());
        assertNear(Duration.ofNanos(3_875_000), figures().jitterDown());
    }

    /** The clock of the reflector is set back by an hour. */
    @Test
    void stepOfTheClockIsCountedAndNoJitter() {
        transit(5, 7);
        transit(5, 7);
        transit(5 - 3_600_000, 7 + 3_600_000);
        transit(5 - 3_600_000, 7 + 3_600_000);
        assertNear(Duration.ZERO, figures().jitterUp());
        assertNear(Duration.ZERO, figures().jitterDown());
        assertEquals(1, figures().clockSteps());
    }

    /** Round trips of 12 ms and 20 ms: a delay may grow by 20 ms at most. */
    @ParameterizedTest
    @CsvSource({"20, 0, 0", "21, -1, 1"})
    void changeUpToTheRoundTripIsJitter(long up, long down, long steps) {
        transit(0, 12);
        transit(up, down);
        assertEquals(steps, figures().clockSteps());
    }

    /** NTP timestamps have a resolution of 0.23 ns. */
    private static void assertNear(Duration expected, Optional<Duration> actual) {
        assertEquals(expected.toNanos(), actual.orElseThrow().toNanos(), 3);
    }
}
