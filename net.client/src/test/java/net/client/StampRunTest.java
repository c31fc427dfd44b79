package net.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.Relay.Fate;
import net.client.UdpEchoRunTest.TimeoutReporter;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Payload;
import net.client.run.RecordingRunListener;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.client.run.RunResult.StampFigures;
import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

@Timeout(60)
class StampRunTest {
    private static final Duration WAIT = Duration.ofMillis(300);
    private static final long FROM_1900_TO_1970 = (70 * 365 + 17) * 86_400L;

    private static RunConfig.Builder stamp(Relay relay) {
        return RunConfig.builder(Transport.UDP, Service.STAMP, relay.config());
    }

    private static RunResult run(Relay relay, RunConfig.Builder config) throws IOException {
        TimeoutReporter listener = new TimeoutReporter(relay);
        RunResult result = new Run(config.answerWait(WAIT).build(), listener).run();
        UdpEchoRunTest.assertTrueTo(relay, result, listener);
        return result;
    }

    private static void assertLost(long up, long down, RunResult result) {
        StampFigures figures = result.stamp().orElseThrow();
        assertEquals(
                up + " up, " + down + " down",
                figures.lostUp() + " up, " + figures.lostDown() + " down");
    }

    /** RFC 8762, section 4.2.1; the error estimate is that of RFC 4656, section 4.1.2. */
    @ParameterizedTest
    @ValueSource(ints = {44, 60, 1000})
    void requestsHaveTheFieldsOfTheRfc(int size) throws Exception {
        StampReflector reflector = StampReflector.counting(0);
        Instant start = Instant.now();
        try (Relay relay = Relay.passing(reflector)) {
            RunConfig.Builder config = stamp(relay).payload(Payload.pattern(size));
            assertEquals(30, run(relay, config.count(30).parallel(3)).ok());
        }
        Map<SocketAddress, Integer> next = new HashMap<>();
        Map<SocketAddress, Instant> last = new HashMap<>();
        assertEquals(30, reflector.requests().size());
        for (StampReflector.Request request : reflector.requests()) {
            ByteBuffer packet = ByteBuffer.wrap(request.packet());
            assertEquals(size, packet.remaining());
            assertEquals(next.merge(request.client(), 1, Integer::sum) - 1, packet.getInt());
            long seconds = Integer.toUnsignedLong(packet.getInt()) - FROM_1900_TO_1970;
            long nanos = Integer.toUnsignedLong(packet.getInt()) * 1_000_000_000 >>> 32;
            Instant sent = Instant.ofEpochSecond(seconds, nanos);
            // If the clock is set during the run, later timestamps follow it.
            assertTrue(sent.isAfter(start.minusSeconds(2)), sent::toString);
            assertTrue(sent.isBefore(request.arrival().plusSeconds(2)), sent::toString);
            Instant before = last.put(request.client(), sent);
            assertTrue(before == null || sent.isAfter(before));
            int error = Short.toUnsignedInt(packet.getShort());
            assertEquals(0, error >>> 15, "S: not known to be synchronised");
            assertEquals(0, error >>> 14 & 1, "Z: the NTP format");
            assertNotEquals(0, error & 0xff, "a multiplier of 0 is none");
            while (packet.hasRemaining()) {
                assertEquals(0, packet.get());
            }
        }
        assertEquals(3, next.size());
    }

    @Test
    void exchangeHasEmptyAnswerAndByteCount() throws Exception {
        try (Relay relay = Relay.passing(StampReflector.counting(0))) {
            RecordingRunListener listener = new RecordingRunListener();
            RunResult result = new Run(stamp(relay).count(2).build(), listener).run();
            assertEquals(88, result.bytesSent());
            assertEquals(88, result.bytesReceived());
            assertEquals(Message.of(""), listener.exchanges.getLast().answer());
            assertEquals(44, listener.exchanges.getLast().bytesReceived());
        }
    }

    @Test
    void measuresSingleExchange() throws Exception {
        try (Relay relay = Relay.passing(StampReflector.counting(0))) {
            RunResult result = new Run(stamp(relay).build(), RunListener.NONE).run();
            assertEquals(1, result.ok());
            assertEquals(
                    new StampFigures(0, 0, 0, false, Optional.empty(), Optional.empty(), 0),
                    result.stamp().orElseThrow());
        }
    }

    /** The first ones are lost, too: the first number of the reflector is unknown. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000})
    void countsLossesByDirection(int start) throws Exception {
        List<Fate> fates =
                List.of(
                        Fate.PASS,
                        Fate.LOST_UP,
                        Fate.LOST_DOWN,
                        Fate.LOST_UP,
                        Fate.PASS,
                        Fate.LOST_UP,
                        Fate.PASS);
        try (Relay relay = Relay.running(StampReflector.counting(start), fates)) {
            RunResult result = run(relay, stamp(relay).interval(Duration.ofMillis(5)).count(10));
            assertLost(3, 1, result);
            assertTrue(result.stamp().orElseThrow().isDirectionKnown());
        }
    }

    /** A listener learns the direction during the run. */
    @Test
    void reportsTheFiguresSoFarBeforeEachInterval() throws Exception {
        List<StampFigures> reported = new ArrayList<>();
        RunListener listener =
                new RunListener() {
                    @Override
                    public void onStampFigures(StampFigures soFar) {
                        reported.add(soFar);
                    }
                };
        List<Fate> fates = List.of(Fate.PASS, Fate.LOST_UP, Fate.LOST_DOWN, Fate.PASS);
        try (Relay relay = Relay.running(StampReflector.counting(0), fates)) {
            RunConfig.Builder config = stamp(relay).interval(Duration.ofMillis(5)).count(10);
            RunResult result = new Run(config.answerWait(WAIT).build(), listener).run();
            assertLost(1, 1, result);
            assertEquals(result.stamp().orElseThrow(), reported.getLast());
        }
    }

    @Test
    void duplicatesDoNotChangeLosses() throws Exception {
        List<Fate> fates =
                List.of(
                        Fate.TWICE_UP,
                        Fate.LOST_UP,
                        Fate.TWICE_DOWN,
                        Fate.LOST_DOWN,
                        Fate.TWICE_UP,
                        Fate.LATE,
                        Fate.OVERTAKEN,
                        Fate.PASS);
        try (Relay relay = Relay.running(StampReflector.counting(7), fates)) {
            RunResult result = run(relay, stamp(relay).interval(Duration.ofMillis(5)).count(150));
            assertLost(1, 1, result);
            assertEquals(3, result.datagrams().orElseThrow().duplicates());
        }
    }

    /** Losses, duplicates and reordering of all kinds, on three sockets. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void addsUpLossesOfSeveralSockets(int seed) throws Exception {
        Random random = new Random(seed);
        Fate[] fates = {
            Fate.PASS, Fate.LOST_UP, Fate.LOST_DOWN, Fate.TWICE_UP, Fate.TWICE_DOWN, Fate.STRAY
        };
        Relay.Script script =
                place ->
                        place < 3 || place >= 170 ? Fate.PASS : fates[random.nextInt(fates.length)];
        try (Relay relay = Relay.running(StampReflector.counting(50), script)) {
            RunResult result = run(relay, stamp(relay).parallel(3).rate(500).count(200));
            assertLost(relay.played(Fate.LOST_UP), relay.played(Fate.LOST_DOWN), result);
            assertTrue(relay.played(Fate.LOST_UP) > 0 && relay.played(Fate.LOST_DOWN) > 0);
        }
    }

    @Test
    void requestsDirectionOfLossAfterLastAnswer() throws Exception {
        List<Fate> fates = List.of(Fate.PASS, Fate.PASS, Fate.LOST_UP, Fate.LOST_DOWN);
        try (Relay relay = Relay.running(StampReflector.counting(0), fates)) {
            RunResult result = run(relay, stamp(relay).interval(Duration.ofMillis(5)).count(4));
            assertLost(1, 1, result);
            assertEquals(2, result.datagrams().orElseThrow().lost());
        }
    }

    @Test
    void detectsStatelessReflector() throws Exception {
        List<Fate> fates = List.of(Fate.PASS, Fate.LOST_UP, Fate.LOST_DOWN, Fate.PASS);
        try (Relay relay = Relay.running(StampReflector.stateless(), fates)) {
            RunResult result = run(relay, stamp(relay).interval(Duration.ofMillis(5)).count(6));
            assertFalse(result.stamp().orElseThrow().isDirectionKnown());
            assertLost(0, 2, result);
        }
    }

    @Test
    void excludesLossesOfWarmUp() throws Exception {
        List<Fate> fates =
                List.of(
                        Fate.PASS,
                        Fate.LOST_UP,
                        Fate.LOST_DOWN,
                        Fate.TWICE_UP,
                        Fate.PASS,
                        // The warm-up ends here.
                        Fate.PASS,
                        Fate.LOST_UP,
                        Fate.LOST_UP,
                        Fate.LOST_DOWN,
                        Fate.PASS);
        try (Relay relay = Relay.running(StampReflector.counting(20), fates)) {
            RunConfig.Builder config = stamp(relay).interval(Duration.ofMillis(5));
            config.warmup(5).count(5).answerWait(WAIT);
            RunResult result = new Run(config.build(), RunListener.NONE).run();
            assertLost(2, 1, result);
            assertEquals(3, result.datagrams().orElseThrow().lost());
            assertEquals(5, result.warmup());
        }
    }

    /** In a closed loop, the request that locates a loss is sent before the next packet. */
    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void excludesDirectionOfLossInWarmUp(int start) throws Exception {
        List<Fate> fates =
                List.of(
                        Fate.PASS,
                        Fate.LOST_UP,
                        Fate.LOST_DOWN,
                        Fate.PASS,
                        // The warm-up ends here.
                        Fate.PASS,
                        Fate.LOST_DOWN,
                        Fate.PASS);
        try (Relay relay = Relay.running(StampReflector.counting(start), fates)) {
            RunConfig.Builder config = stamp(relay).warmup(4).count(4).answerWait(WAIT);
            RunResult result = new Run(config.build(), RunListener.NONE).run();
            assertLost(0, 1, result);
            assertEquals(1, result.datagrams().orElseThrow().lost());
        }
    }

    /** The first measured datagram is lost, after an answer that belongs to the warm-up. */
    @ParameterizedTest
    @EnumSource(names = {"LOST_UP", "LOST_DOWN"})
    void countsLossOfFirstMeasuredDatagram(Fate fate) throws Exception {
        List<Fate> fates = List.of(Fate.PASS, Fate.PASS, fate, Fate.PASS);
        try (Relay relay = Relay.running(StampReflector.counting(0), fates)) {
            RunConfig.Builder config = stamp(relay).warmup(2).count(3).answerWait(WAIT);
            RunResult result = new Run(config.build(), RunListener.NONE).run();
            assertLost(fate == Fate.LOST_UP ? 1 : 0, fate == Fate.LOST_DOWN ? 1 : 0, result);
        }
    }

    @Test
    void answerWithOtherTimestampIsCorrupt() throws Exception {
        try (Relay relay =
                Relay.running(StampReflector.counting(0), List.of(Fate.CORRUPT, Fate.UNKNOWN))) {
            RunResult result = run(relay, stamp(relay).count(4));
            assertEquals(Map.of(Kind.CORRUPT, 1L, Kind.TIMEOUT, 1L), result.errors());
            assertEquals(2, result.datagrams().orElseThrow().corrupt());
        }
    }

    /** By RFC 3550 (J += (|D| - J) / 16): no difference, no jitter. */
    @Test
    void steadyTransitHasNoJitter() throws Exception {
        try (Relay relay = Relay.passing(StampReflector.claiming(_ -> 5_000_000_000L))) {
            StampFigures figures = run(relay, stamp(relay).count(20)).stamp().orElseThrow();
            assertTrue(figures.jitterUp().orElseThrow().toNanos() <= 2);
            assertNear(Duration.ZERO, figures.jitterDown());
        }
    }

    /** The transit times differ by 16 s each, and no round trip takes that long. */
    @Test
    void clockStepsAreCountedAndNotTakenForJitter() throws Exception {
        try (Relay relay =
                Relay.passing(StampReflector.claiming(place -> place % 2 * 16_000_000_000L))) {
            StampFigures figures = run(relay, stamp(relay).count(16)).stamp().orElseThrow();
            assertEquals(15, figures.clockSteps());
            assertEquals(Optional.empty(), figures.jitterUp());
            assertEquals(Optional.empty(), figures.jitterDown());
        }
    }

    /** The transit time back is real, so it varies a little. */
    private static void assertNear(Duration expected, Optional<Duration> actual) {
        assertEquals(expected.toMillis(), actual.orElseThrow().toMillis(), 50);
    }
}
