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

    private final RecordingRunListener listener = new RecordingRunListener();

    private static RunConfig.Builder echo(ClientConfig client) {
        return RunConfig.builder(Transport.TCP, Service.ECHO, client);
    }

    private RunResult run(RunConfig.Builder config) throws IOException {
        return new Run(config.build(), listener).run();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void reusesOneConnection() throws Exception {
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
            assertEquals(upTo(100), listener.numbers());
            assertTrue(listener.exchanges.removeFirst().connect().isPresent());
            for (Exchange exchange : listener.exchanges) {
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
    void closedLoopHasNoFiguresOfOpenLoopOrUdp() throws Exception {
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
    void reconnectOpensOneConnectionPerExchange() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            assertEquals(5, run(echo(server.config()).reconnect(true).count(5)).ok());
            assertEquals(5, server.accepted());
            for (Exchange exchange : listener.exchanges) {
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
            assertEquals(upTo(20), List.copyOf(new TreeSet<>(listener.numbers())));
            assertEquals(
                    7,
                    listener.exchanges.stream()
                            .map(Exchange::local)
                            .collect(Collectors.toSet())
                            .size());
        }
    }

    @Test
    void opensNoMoreConnectionsThanExchanges() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            assertEquals(2, run(echo(server.config()).parallel(7).count(2)).ok());
            assertEquals(2, server.accepted());
        }
    }

    /** The server sends no answer before it has read all requests. */
    @Test
    void rateDoesNotWaitForAnswers() throws Exception {
        try (OpenServer server =
                OpenServer.running(peer -> peer.write(peer.read(20 * QUESTION.length())))) {
            RunResult result = run(echo(server.config()).rate(1000).count(20));
            assertEquals(20, result.ok());
            assertEquals(1, server.accepted());
            assertEquals(upTo(20), listener.numbers());
            assertEquals(20, result.sent());
            assertEquals(240, result.bytesReceived());
            // The first one waited for the other 19, which are due a millisecond apart.
            assertTrue(result.time().max().orElseThrow() >= 19_000_000);
            assertTrue(result.rawTime().isPresent());
            assertTrue(result.lateness().isPresent());
        }
    }

    @Test
    void acceptsAnswersInPiecesOfAnyLength() throws Exception {
        String three = QUESTION.repeat(3);
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.read(three.length());
                            for (String piece : three.split("(?<=[eo])")) {
                                peer.write(piece);
                            }
                        })) {
            RunResult result = run(echo(server.config()).rate(1000).count(3));
            assertEquals(3, result.ok());
            assertEquals(36, result.bytesReceived());
        }
    }

    @Test
    void acceptsAnswersInSingleBytes() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            while (true) {
                                peer.write(peer.read(1));
                            }
                        })) {
            assertEquals(10, run(echo(server.config()).count(10)).ok());
            assertEquals(1, server.accepted());
        }
    }

    /** Surplus bytes cannot be told apart from the beginning of the next answer. */
    @Test
    void connectionWithSurplusBytesIsNotReused() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.read(QUESTION.length());
                            peer.write(QUESTION + "h");
                            peer.awaitEnd();
                        })) {
            RunResult result = run(echo(server.config()).count(3));
            assertEquals(3, result.ok());
            assertEquals(3, server.accepted());
            assertEquals(36, result.bytesReceived());
        }
    }

    /** The server answers without having read the request, so the answer cannot be an echo. */
    @Test
    void answerBeforeRequestIsProtocolViolation() throws Exception {
        byte[] pattern = new byte[8 * 1024 * 1024];
        Payload.pattern(pattern.length).buffer().get(pattern);
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.write(pattern);
                            peer.awaitEnd();
                        })) {
            RunConfig.Builder config = echo(server.config()).payload(Payload.of(pattern));
            RunResult result = run(config.rate(1000).count(5));
            assertEquals(0, result.ok());
            assertEquals(5, result.failed());
            assertEquals(Map.of(Kind.PROTOCOL, 5L), result.errors());
            assertEquals(
                    "exchange with "
                            + Endpoint.of(server.address())
                            + " failed: answer before the request was completely sent",
                    listener.messages().getFirst());
        }
    }

    @Test
    void corruptAnswerClosesOnlyItsConnection() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.write(peer.read(QUESTION.length()));
                            peer.read(QUESTION.length());
                            peer.write(peer.index == 0 ? "hello server" : QUESTION);
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
                    listener.messages());
        }
    }

    @Test
    void finBeforeAnswerIsClosed() throws Exception {
        assertFails(
                peer -> peer.read(QUESTION.length()), Kind.CLOSED, "closed before an answer", "");
    }

    @Test
    void finWithinAnswerIsClosedAndKeepsBytes() throws Exception {
        assertFails(
                peer -> {
                    peer.read(QUESTION.length());
                    peer.write("hello");
                },
                Kind.CLOSED,
                "closed after 5 of 12 bytes of the answer",
                "hello");
    }

    @Test
    void resetBeforeAnswerIsReset() throws Exception {
        assertFails(
                peer -> {
                    peer.read(QUESTION.length());
                    peer.reset();
                },
                Kind.RESET,
                "reset before an answer",
                "");
    }

    @Test
    void silenceBeforeAnswerTimesOut() throws Exception {
        assertFails(OpenServer.Peer::awaitEnd, Kind.SILENT, "no answer in time", "");
    }

    @Test
    void silenceWithinAnswerTimesOutAndKeepsBytes() throws Exception {
        assertFails(
                peer -> {
                    peer.write("hello");
                    peer.awaitEnd();
                },
                Kind.TIMEOUT,
                "5 of 12 bytes in time",
                "hello");
    }

    private void assertFails(OpenServer.Script script, Kind kind, String detail, String received)
            throws Exception {
        try (OpenServer server = OpenServer.running(script)) {
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
            for (ExchangeException failure : listener.failures) {
                assertEquals(
                        "exchange with " + Endpoint.of(server.address()) + " failed: " + detail,
                        failure.getMessage());
                assertEquals(Message.of(received), failure.received());
                assertEquals(12, failure.bytesSent());
            }
        }
    }

    /**
     * The server reads the requests before the reset; otherwise the reset might overtake its
     * answer.
     */
    @Test
    void resetWithinAnswerFailsAllExchangesInFlight() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.read(3 * QUESTION.length());
                            peer.write(QUESTION + "hello");
                            peer.read(QUESTION.length());
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
                    listener.messages().getLast());
        }
    }

    /** More bytes than a failure keeps. */
    @Test
    void countsAllBytesOfPartialAnswer() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.write(peer.read(3000));
                            peer.read(1000);
                        })) {
            RunConfig.Builder config = echo(server.config()).payload(Payload.pattern(4000));
            RunResult result = run(config);
            assertEquals(Map.of(Kind.CLOSED, 1L), result.errors());
            assertEquals(3000, result.bytesReceived());
            assertEquals(1024, listener.failures.getFirst().received().size());
        }
    }

    @Test
    void largestPayloadPassesThroughSmallBuffers() throws Exception {
        int size = 16 * 1024 * 1024;
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            for (int i = 0; i < 2 * size / 1024; i++) {
                                peer.write(peer.read(1024));
                            }
                        })) {
            RunResult result = run(echo(server.config()).payload(Payload.pattern(size)).count(2));
            assertEquals(2, result.ok());
            assertEquals(2L * size, result.bytesSent());
            assertEquals(2L * size, result.bytesReceived());
            assertEquals(1024, listener.exchanges.getFirst().answer().size());
            assertEquals(1, server.accepted());
        }
    }

    @Test
    void warmUpIsNotMeasured() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            if (peer.index < 3) {
                                peer.write("x".repeat(peer.read(QUESTION.length()).length));
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
            assertEquals(List.of(), listener.failures);
            assertEquals(upTo(2), listener.numbers());
        }
    }

    @Test
    void durationEndsRun() throws Exception {
        Duration duration = Duration.ofMillis(300);
        try (OpenServer server = OpenServer.echoing()) {
            long start = System.nanoTime();
            RunResult result = run(echo(server.config()).duration(duration));
            long elapsed = System.nanoTime() - start;
            assertTrue(elapsed >= duration.toNanos());
            assertTrue(result.ok() > 0);
            assertEquals(result.ok(), listener.exchanges.size());
            assertTrue(result.duration().toNanos() <= elapsed);
            assertTrue(result.duration().toNanos() > duration.toNanos() / 2);
        }
    }

    @Test
    void countEndsRunBeforeDuration() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            RunConfig.Builder config = echo(server.config()).duration(ScriptedServer.PATIENCE);
            assertEquals(3, run(config.count(3)).ok());
        }
    }

    /** N exchanges take at least N - 1 intervals. */
    @Test
    void intervalPacesClosedLoop() throws Exception {
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
     * Each answer takes two and a half intervals, so every third tick begins an exchange; the first
     * may be late.
     */
    @Test
    void intervalStartsAtNextTickAfterAnswer() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            while (true) {
                                byte[] question = peer.read(QUESTION.length());
                                Thread.sleep(50);
                                assertEquals(0, peer.available());
                                peer.write(question);
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
    void stallShowsInTimeFromSchedule() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            if (peer.index == 9) {
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
            for (Exchange exchange : listener.exchanges) {
                assertTrue(exchange.duration().compareTo(exchange.rawDuration()) >= 0);
            }
        }
    }

    @Test
    void connectionThatEndsBetweenExchangesIsReplaced() throws Exception {
        try (OpenServer server =
                OpenServer.running(peer -> peer.write(peer.read(QUESTION.length())))) {
            Duration interval = Duration.ofMillis(150);
            RunResult result = run(echo(server.config()).interval(interval).count(3));
            assertEquals(3, result.ok());
            assertEquals(3, server.accepted());
        }
    }

    @Test
    void refusalsAreCountedAndRetriedAfterPause() throws Exception {
        try (Loopback refusing = Loopback.refusingTcp()) {
            RunResult result =
                    run(echo(ClientConfig.of(Endpoint.of(refusing.address()))).count(20));
            assertEquals(20, result.failed());
            assertEquals(0, result.sent());
            assertEquals(0, result.bytesSent());
            assertEquals(Map.of(Kind.REFUSED, 20L), result.errors());
            assertEquals(
                    "connect to 127.0.0.1:" + refusing.port() + " failed: connection refused",
                    listener.messages().getFirst());
            assertTrue(result.duration().compareTo(Duration.ofMillis(190)) >= 0);
        }
    }

    @Test
    void connectTimeoutAppliesToEachExchange() throws Exception {
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
                    listener.messages().getFirst());
            assertTrue(result.duration().compareTo(Duration.ofMillis(400)) >= 0);
            assertTrue(result.duration().compareTo(Duration.ofSeconds(4)) < 0);
        }
    }

    @Test
    void largestTimeoutDoesNotOverflow() throws Exception {
        Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
        try (OpenServer server = OpenServer.echoing()) {
            ClientConfig client =
                    server.config().toBuilder().timeout(ages).connectTimeout(ages).build();
            assertEquals(2, run(echo(client).count(2)).ok());
            assertFalse(listener.exchanges.isEmpty());
        }
    }
}
