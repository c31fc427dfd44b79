package net.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.client.run.Payload;
import net.client.run.RecordingRunListener;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

@Timeout(60)
class TcpEchoRunTest {
    private static final String QUESTION = "hello sever!";

    private final RecordingRunListener heard = new RecordingRunListener();

    private static RunConfig.Builder echo(ClientConfig client) {
        return RunConfig.builder(Transport.TCP, Service.ECHO, client);
    }

    private RunResult run(RunConfig.Builder config) throws IOException {
        return new Run(config.build(), heard).run();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void keepsOneConnection() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            RunResult result = run(echo(server.config()).count(100));
            assertEquals(1, server.accepted());
            assertEquals(100, result.ok());
            assertEquals(0, result.failed());
            assertEquals(100, result.sent());
            assertEquals(1200, result.bytesSent());
            assertEquals(1200, result.bytesReceived());
            assertEquals(100, result.histogram().count());
            assertEquals(Map.of(), result.errors());
            assertEquals(upTo(100), heard.numbers());
            assertTrue(heard.exchanges.removeFirst().connect().isPresent());
            for (Exchange exchange : heard.exchanges) {
                assertEquals(Optional.empty(), exchange.connect());
                assertEquals(Message.of(QUESTION), exchange.answer());
                assertEquals(12, exchange.bytesSent());
                assertEquals(12, exchange.bytesReceived());
                assertEquals(server.address(), exchange.peer());
                assertEquals(exchange.rawDuration(), exchange.duration());
                assertTrue(exchange.firstByte().orElseThrow().isPositive());
                assertTrue(exchange.firstByte().orElseThrow().compareTo(exchange.duration()) <= 0);
            }
        }
    }

    @Test
    void closedLoopOverTcpHasNoFiguresOfOthers() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            RunResult result = run(echo(server.config()).count(2));
            assertEquals(Optional.empty(), result.rawTime());
            assertEquals(Optional.empty(), result.lateness());
            assertEquals(Optional.empty(), result.datagrams());
            assertEquals(Optional.empty(), result.stamp());
            assertEquals(Optional.empty(), result.resolve());
            assertTrue(result.connect().isPresent());
            assertTrue(result.firstByte().isPresent());
        }
    }

    @Test
    void reconnectGivesEachExchangeAConnection() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            assertEquals(5, run(echo(server.config()).reconnect(true).count(5)).ok());
            assertEquals(5, server.accepted());
            for (Exchange exchange : heard.exchanges) {
                Duration connect = exchange.connect().orElseThrow();
                Duration firstByte = exchange.firstByte().orElseThrow();
                assertTrue(connect.isPositive());
                assertTrue(connect.plus(firstByte).compareTo(exchange.duration()) <= 0);
            }
        }
    }

    @Test
    void countIsTheTotalOverAllConnections() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            RunResult result = run(echo(server.config()).parallel(7).count(20));
            assertEquals(20, result.ok());
            assertEquals(7, server.accepted());
            assertEquals(upTo(20), List.copyOf(new TreeSet<>(heard.numbers())));
            assertEquals(
                    7,
                    heard.exchanges.stream()
                            .map(Exchange::local)
                            .collect(Collectors.toSet())
                            .size());
        }
    }

    @Test
    void fewerExchangesThanConnectionsNeedNoMore() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            assertEquals(2, run(echo(server.config()).parallel(7).count(2)).ok());
            assertEquals(2, server.accepted());
        }
    }

    /** The server answers none before it has them all. */
    @Test
    void rateDoesNotWaitForAnswersOnAConnection() throws Exception {
        try (OpenServer server =
                OpenServer.playing(peer -> peer.give(peer.take(20 * QUESTION.length())))) {
            RunResult result = run(echo(server.config()).rate(1000).count(20));
            assertEquals(20, result.ok());
            assertEquals(1, server.accepted());
            assertEquals(upTo(20), heard.numbers());
            assertEquals(20, result.sent());
            assertEquals(240, result.bytesReceived());
            // The first one waited for the other 19, a millisecond each.
            assertTrue(result.time().max().orElseThrow() >= 19_000_000);
            assertTrue(result.rawTime().isPresent());
            assertTrue(result.lateness().isPresent());
        }
    }

    @Test
    void answersMayComeInPiecesOfAnyLength() throws Exception {
        String three = QUESTION.repeat(3);
        try (OpenServer server =
                OpenServer.playing(
                        peer -> {
                            peer.take(three.length());
                            for (String piece : three.split("(?<=[eo])")) {
                                peer.give(piece);
                            }
                        })) {
            RunResult result = run(echo(server.config()).rate(1000).count(3));
            assertEquals(3, result.ok());
            assertEquals(36, result.bytesReceived());
        }
    }

    @Test
    void answersMayComeInSingleBytes() throws Exception {
        try (OpenServer server =
                OpenServer.playing(
                        peer -> {
                            while (true) {
                                peer.give(peer.take(1));
                            }
                        })) {
            assertEquals(10, run(echo(server.config()).count(10)).ok());
            assertEquals(1, server.accepted());
        }
    }

    /** Surplus bytes cannot be told apart from the beginning of the next answer. */
    @Test
    void connectionWithSurplusBytesIsNotUsedAgain() throws Exception {
        try (OpenServer server =
                OpenServer.playing(
                        peer -> {
                            peer.take(QUESTION.length());
                            peer.give(QUESTION + "h");
                            peer.keepSilent();
                        })) {
            RunResult result = run(echo(server.config()).count(3));
            assertEquals(3, result.ok());
            assertEquals(3, server.accepted());
            assertEquals(36, result.bytesReceived());
        }
    }

    /** The client reads all of it while the server reads nothing, so it cannot be an echo. */
    @Test
    void answerToWhatWasNotSentYetIsAgainstTheProtocol() throws Exception {
        byte[] pattern = new byte[8 * 1024 * 1024];
        Payload.pattern(pattern.length).buffer().get(pattern);
        try (OpenServer server =
                OpenServer.playing(
                        peer -> {
                            peer.give(pattern);
                            peer.keepSilent();
                        })) {
            RunConfig.Builder config = echo(server.config()).payload(Payload.of(pattern));
            RunResult result = run(config.rate(1000).count(5));
            assertEquals(0, result.ok());
            assertEquals(5, result.failed());
            assertEquals(Map.of(Kind.PROTOCOL, 5L), result.errors());
            assertEquals(
                    "exchange with "
                            + Endpoint.of(server.address())
                            + " failed: answer before all was sent",
                    heard.messages().getFirst());
        }
    }

    @Test
    void otherBytesAreCorruptAndTheNextConnectionIsTrusted() throws Exception {
        try (OpenServer server =
                OpenServer.playing(
                        peer -> {
                            peer.give(peer.take(QUESTION.length()));
                            peer.take(QUESTION.length());
                            peer.give(peer.place == 0 ? "hello server" : QUESTION);
                            peer.echo();
                        })) {
            RunResult result = run(echo(server.config()).count(4));
            assertEquals(3, result.ok());
            assertEquals(Map.of(Kind.CORRUPT, 1L), result.errors());
            assertEquals(2, server.accepted());
            assertEquals(
                    List.of(
                            "exchange with "
                                    + Endpoint.of(server.address())
                                    + " failed: answer differs from what was sent"),
                    heard.messages());
        }
    }

    @Test
    void endBeforeAnAnswerIsClosed() throws Exception {
        assertFails(
                peer -> peer.take(QUESTION.length()), Kind.CLOSED, "closed before an answer", "");
    }

    @Test
    void endWithinAnAnswerIsClosedAndKeepsIt() throws Exception {
        assertFails(
                peer -> {
                    peer.take(QUESTION.length());
                    peer.give("hello");
                },
                Kind.CLOSED,
                "closed after 5 of 12 bytes of the answer",
                "hello");
    }

    @Test
    void resetBeforeAnAnswerIsReset() throws Exception {
        assertFails(
                peer -> {
                    peer.take(QUESTION.length());
                    peer.reset();
                },
                Kind.RESET,
                "reset before an answer",
                "");
    }

    @Test
    void silenceBeforeAnAnswerTimesOut() throws Exception {
        assertFails(OpenServer.Peer::keepSilent, Kind.SILENT, "no answer in time", "");
    }

    @Test
    void silenceWithinAnAnswerTimesOutAndKeepsIt() throws Exception {
        assertFails(
                peer -> {
                    peer.give("hello");
                    peer.keepSilent();
                },
                Kind.TIMEOUT,
                "5 of 12 bytes in time",
                "hello");
    }

    private void assertFails(OpenServer.Script script, Kind kind, String detail, String received)
            throws Exception {
        try (OpenServer server = OpenServer.playing(script)) {
            Duration timeout =
                    kind == Kind.TIMEOUT || kind == Kind.SILENT
                            ? Duration.ofMillis(300)
                            : ScriptedServer.PATIENCE;
            RunResult result =
                    run(echo(server.config().toBuilder().timeout(timeout).build()).count(2));
            assertEquals(0, result.ok());
            assertEquals(2, result.failed());
            assertEquals(2, result.sent());
            assertEquals(2, server.accepted());
            assertEquals(Map.of(kind, 2L), result.errors());
            assertEquals(24, result.bytesSent());
            assertEquals(2 * received.length(), result.bytesReceived());
            for (ExchangeException failure : heard.failures) {
                assertEquals(
                        "exchange with " + Endpoint.of(server.address()) + " failed: " + detail,
                        failure.getMessage());
                assertEquals(Message.of(received), failure.received());
                assertEquals(12, failure.bytesSent());
            }
        }
    }

    /** The server has read what it resets after, or the reset might overtake the bytes. */
    @Test
    void resetWithinAnAnswerFailsAllThatIsUnderWay() throws Exception {
        try (OpenServer server =
                OpenServer.playing(
                        peer -> {
                            peer.take(3 * QUESTION.length());
                            peer.give(QUESTION + "hello");
                            peer.take(QUESTION.length());
                            peer.reset();
                        })) {
            RunResult result = run(echo(server.config()).rate(100).count(4));
            assertEquals(1, result.ok());
            assertEquals(Map.of(Kind.RESET, 3L), result.errors());
            assertEquals(48, result.bytesSent());
            assertEquals(17, result.bytesReceived());
            assertEquals(
                    "exchange with "
                            + Endpoint.of(server.address())
                            + " failed: reset after 5 of 12 bytes of the answer",
                    heard.messages().getLast());
        }
    }

    /** More than a failure has room for. */
    @Test
    void allBytesOfAPartialAnswerCount() throws Exception {
        try (OpenServer server =
                OpenServer.playing(
                        peer -> {
                            peer.give(peer.take(3000));
                            peer.take(1000);
                        })) {
            RunConfig.Builder config = echo(server.config()).payload(Payload.pattern(4000));
            RunResult result = run(config);
            assertEquals(Map.of(Kind.CLOSED, 1L), result.errors());
            assertEquals(3000, result.bytesReceived());
            assertEquals(1024, heard.failures.getFirst().received().size());
        }
    }

    @Test
    void largestPayloadPassesThroughSmallBuffers() throws Exception {
        int size = 16 * 1024 * 1024;
        try (OpenServer server =
                OpenServer.playing(
                        peer -> {
                            for (int i = 0; i < 2 * size / 1024; i++) {
                                peer.give(peer.take(1024));
                            }
                        })) {
            RunResult result = run(echo(server.config()).payload(Payload.pattern(size)).count(2));
            assertEquals(2, result.ok());
            assertEquals(2L * size, result.bytesSent());
            assertEquals(2L * size, result.bytesReceived());
            assertEquals(1024, heard.exchanges.getFirst().answer().size());
            assertEquals(1, server.accepted());
        }
    }

    @Test
    void warmUpIsNotMeasured() throws Exception {
        try (OpenServer server =
                OpenServer.playing(
                        peer -> {
                            if (peer.place < 3) {
                                peer.give("x".repeat(peer.take(QUESTION.length()).length));
                            }
                            peer.echo();
                        })) {
            RunResult result = run(echo(server.config()).warmup(4).count(2));
            assertEquals(4, result.warmup());
            assertEquals(2, result.ok());
            assertEquals(0, result.failed());
            assertEquals(2, result.sent());
            assertEquals(24, result.bytesSent());
            assertEquals(24, result.bytesReceived());
            assertEquals(2, result.histogram().count());
            assertEquals(Optional.empty(), result.connect());
            assertEquals(Map.of(), result.errors());
            assertEquals(List.of(), heard.failures);
            assertEquals(upTo(2), heard.numbers());
        }
    }

    @Test
    void durationEndsTheRun() throws Exception {
        Duration duration = Duration.ofMillis(300);
        try (OpenServer server = OpenServer.echoing()) {
            long start = System.nanoTime();
            RunResult result = run(echo(server.config()).duration(duration));
            long elapsed = System.nanoTime() - start;
            assertTrue(elapsed >= duration.toNanos());
            assertTrue(result.ok() > 0);
            assertEquals(result.ok(), heard.exchanges.size());
            assertTrue(result.duration().toNanos() <= elapsed);
            assertTrue(result.duration().toNanos() > duration.toNanos() / 2);
        }
    }

    @Test
    void countEndsTheRunBeforeTheDuration() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            RunConfig.Builder config = echo(server.config()).duration(ScriptedServer.PATIENCE);
            assertEquals(3, run(config.count(3)).ok());
        }
    }

    /** The last one begins after as many intervals as there are before it. */
    @Test
    void intervalPacesAndIsAClosedLoop() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            Duration interval = Duration.ofMillis(50);
            RunResult result = run(echo(server.config()).interval(interval).count(5));
            assertEquals(5, result.ok());
            assertTrue(result.duration().compareTo(Duration.ofMillis(200)) >= 0);
            assertTrue(result.duration().compareTo(Duration.ofSeconds(10)) < 0);
            assertEquals(Optional.empty(), result.rawTime());
        }
    }

    /**
     * Each answer takes two beats and a half, so every third beat begins one; the first may be
     * late.
     */
    @Test
    void intervalWaitsForTheAnswerAndForTheNextBeat() throws Exception {
        try (OpenServer server =
                OpenServer.playing(
                        peer -> {
                            while (true) {
                                byte[] question = peer.take(QUESTION.length());
                                Thread.sleep(50);
                                assertEquals(0, peer.available());
                                peer.give(question);
                            }
                        })) {
            Duration interval = Duration.ofMillis(20);
            RunResult result = run(echo(server.config()).interval(interval).count(4));
            assertEquals(4, result.ok());
            assertEquals(0, result.skipped());
            assertTrue(result.duration().compareTo(Duration.ofMillis(3 * 60 + 50 - 15)) >= 0);
        }
    }

    /**
     * The tenth connection stalls for 400 ms. 40 of 100 exchanges were due meanwhile; 20 of them
     * more than 200 ms before it ended. Those were sent after it, and then took no time.
     */
    @Test
    void stallShowsInTheTimeFromWhenExchangesWereDue() throws Exception {
        try (OpenServer server =
                OpenServer.playing(
                        peer -> {
                            if (peer.place == 9) {
                                Thread.sleep(400);
                            }
                            peer.echo();
                        })) {
            RunResult result = run(echo(server.config()).reconnect(true).rate(100).count(100));
            assertEquals(100, result.ok());
            long stallNanos = Duration.ofMillis(400).toNanos();
            assertTrue(result.time().max().orElseThrow() >= stallNanos);
            assertTrue(result.time().p90().orElseThrow() >= stallNanos / 2);
            assertTrue(result.rawTime().orElseThrow().max().orElseThrow() >= stallNanos);
            assertTrue(result.rawTime().orElseThrow().p90().orElseThrow() < stallNanos / 2);
            assertTrue(result.lateness().orElseThrow().p90().orElseThrow() >= stallNanos / 2);
            for (Exchange exchange : heard.exchanges) {
                assertTrue(exchange.duration().compareTo(exchange.rawDuration()) >= 0);
            }
        }
    }

    @Test
    void connectionThatEndsBetweenExchangesIsReplaced() throws Exception {
        try (OpenServer server =
                OpenServer.playing(peer -> peer.give(peer.take(QUESTION.length())))) {
            Duration interval = Duration.ofMillis(150);
            RunResult result = run(echo(server.config()).interval(interval).count(3));
            assertEquals(3, result.ok());
            assertEquals(3, server.accepted());
        }
    }

    @Test
    void refusalsAreCountedAndNotRepeatedAtOnce() throws Exception {
        try (Loopback refusing = Loopback.refusingTcp()) {
            RunResult result =
                    run(echo(ClientConfig.of(Endpoint.of(refusing.address()))).count(20));
            assertEquals(20, result.failed());
            assertEquals(0, result.sent());
            assertEquals(0, result.bytesSent());
            assertEquals(Map.of(Kind.REFUSED, 20L), result.errors());
            assertEquals(
                    "connect to 127.0.0.1:" + refusing.port() + " failed: connection refused",
                    heard.messages().getFirst());
            assertTrue(result.duration().compareTo(Duration.ofMillis(190)) >= 0);
        }
    }

    @Test
    void connectTimeoutIsForEachExchange() throws Exception {
        try (Loopback full = Loopback.fullTcp()) {
            ClientConfig client =
                    ClientConfig.builder(Endpoint.of(full.address()))
                            .connectTimeout(Duration.ofMillis(200))
                            .build();
            RunResult result = run(echo(client).count(2));
            assertEquals(Map.of(Kind.FILTERED, 2L), result.errors());
            assertEquals(
                    "connect to 127.0.0.1:"
                            + full.port()
                            + " failed: timed out, no answer of any kind",
                    heard.messages().getFirst());
            assertTrue(result.duration().compareTo(Duration.ofMillis(400)) >= 0);
            assertTrue(result.duration().compareTo(Duration.ofSeconds(4)) < 0);
        }
    }

    @Test
    void timeoutOfAgesIsNone() throws Exception {
        Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
        try (OpenServer server = OpenServer.echoing()) {
            ClientConfig client =
                    server.config().toBuilder().timeout(ages).connectTimeout(ages).build();
            assertEquals(2, run(echo(client).count(2)).ok());
            assertFalse(heard.exchanges.isEmpty());
        }
    }
}
