package net.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Payload;
import net.client.run.RecordingRunListener;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.client.run.RunResult.StreamFigures;
import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

@Timeout(60)
class BulkRunTest {
    private static final int MEGABYTE = 1_000_000;
    private static final Duration SHORT = Duration.ofMillis(100);

    private final RecordingRunListener listener = new RecordingRunListener();
    private final AtomicLong taken = new AtomicLong();

    private static RunConfig.Builder bulk(Service service, ClientConfig client) {
        return RunConfig.builder(Transport.TCP, service, client).bulk();
    }

    private RunResult run(RunConfig.Builder config) throws IOException {
        return new Run(config.build(), listener).run();
    }

    private OpenServer sink() throws IOException {
        return OpenServer.running(peer -> taken.addAndGet(peer.readAll().length));
    }

    private static OpenServer source() throws IOException {
        return OpenServer.running(
                peer -> {
                    byte[] bytes = new byte[50_000];
                    while (true) {
                        peer.write(bytes);
                    }
                });
    }

    private static String failed(OpenServer server, String detail) {
        return "exchange with 127.0.0.1:" + server.address().getPort() + " failed: " + detail;
    }

    /** Checks that the totals are the sums over the streams. */
    private static void assertSums(RunResult result) {
        long sent = 0;
        long received = 0;
        for (StreamFigures stream : result.streams()) {
            sent += stream.bytesSent();
            received += stream.bytesReceived();
        }
        assertEquals(result.bytesSent(), sent);
        assertEquals(result.bytesReceived(), received);
    }

    @Test
    void discardSendsExactByteCountAndAwaitsReceipt() throws Exception {
        try (OpenServer server = sink()) {
            RunResult result = run(bulk(Service.DISCARD, server.config()).bytes(3 * MEGABYTE + 1));
            assertEquals(1, result.ok());
            assertEquals(0, result.failed());
            assertEquals(1, result.sent());
            assertEquals(3 * MEGABYTE + 1, result.bytesSent());
            assertEquals(0, result.bytesReceived());
            assertEquals(3 * MEGABYTE + 1, taken.get());
            assertEquals(0, result.histogram().count());
            assertTrue(result.connect().isPresent());
            assertSums(result);
        }
    }

    @Test
    void discardRepeatsTheBlock() throws Exception {
        try (OpenServer server =
                OpenServer.running(peer -> assertEquals("abcabca", new String(peer.readAll())))) {
            RunConfig.Builder config =
                    bulk(Service.DISCARD, server.config()).payload(Payload.of("abc")).bytes(7);
            assertEquals(1, run(config).ok());
        }
    }

    @Test
    void discardEndsAfterTheDuration() throws Exception {
        try (OpenServer server = sink()) {
            RunResult result = run(bulk(Service.DISCARD, server.config()).duration(SHORT));
            assertEquals(1, result.ok());
            assertTrue(result.duration().compareTo(SHORT) >= 0);
            assertTrue(result.bytesSent() > 0);
            assertEquals(taken.get(), result.bytesSent());
            assertTrue(result.streams().getFirst().duration().compareTo(SHORT) >= 0);
        }
    }

    @Test
    void byteCountIsSharedByAllStreams() throws Exception {
        try (OpenServer server = sink()) {
            RunResult result =
                    run(bulk(Service.DISCARD, server.config()).parallel(4).bytes(5 * MEGABYTE));
            assertEquals(4, result.ok());
            assertEquals(5 * MEGABYTE, result.bytesSent());
            assertEquals(5 * MEGABYTE, taken.get());
            assertEquals(
                    List.of(1, 2, 3, 4),
                    result.streams().stream().map(StreamFigures::number).toList());
            assertSums(result);
        }
    }

    @Test
    void chargenReceivesExactByteCountOverAllStreams() throws Exception {
        try (OpenServer server = source()) {
            RunResult result =
                    run(bulk(Service.CHARGEN, server.config()).parallel(3).bytes(2 * MEGABYTE + 7));
            assertEquals(3, result.ok());
            assertEquals(0, result.bytesSent());
            assertEquals(2 * MEGABYTE + 7, result.bytesReceived());
            assertEquals(Map.of(), result.errors());
            assertSums(result);
        }
    }

    @Test
    void streamsEndOnceTheSharedByteCountIsReceived() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            if (peer.index == 0) {
                                peer.write(new byte[1000]);
                            }
                            peer.awaitEnd();
                        })) {
            // Longer than the test: the second stream must not end by this.
            ClientConfig client =
                    server.config().toBuilder().timeout(Duration.ofMinutes(5)).build();
            RunResult result = run(bulk(Service.CHARGEN, client).parallel(2).bytes(1000));
            assertEquals(2, result.ok());
            assertEquals(1000, result.bytesReceived());
        }
    }

    @Test
    void chargenEndsAfterTheDuration() throws Exception {
        try (OpenServer server = source()) {
            RunResult result = run(bulk(Service.CHARGEN, server.config()).duration(SHORT));
            assertEquals(1, result.ok());
            assertTrue(result.bytesReceived() > 0);
            assertEquals(Optional.empty(), result.datagrams());
        }
    }

    @Test
    void echoReturnsAllBytes() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            RunConfig.Builder config =
                    bulk(Service.ECHO, server.config())
                            .payload(Payload.pattern(70_001))
                            .parallel(3)
                            .bytes(4 * MEGABYTE);
            RunResult result = run(config);
            assertEquals(3, result.ok());
            assertEquals(4 * MEGABYTE, result.bytesSent());
            assertEquals(4 * MEGABYTE, result.bytesReceived());
            assertSums(result);
        }
    }

    @Test
    void echoOfOtherBytesIsCorrupt() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            byte[] bytes = peer.read(100_000);
                            bytes[99_999]++;
                            peer.write(bytes);
                            peer.awaitEnd();
                        })) {
            RunConfig.Builder config =
                    bulk(Service.ECHO, server.config())
                            .payload(Payload.pattern(1000))
                            .bytes(100_000);
            RunResult result = run(config);
            assertEquals(Map.of(Kind.CORRUPT, 1L), result.errors());
            assertEquals(
                    List.of(failed(server, "echo differs from what was sent at byte 100000")),
                    listener.messages());
            assertEquals(1, result.failed());
        }
    }

    @Test
    void incompleteEchoIsClosed() throws Exception {
        try (OpenServer server =
                OpenServer.running(peer -> peer.write(shortened(peer.readAll())))) {
            run(bulk(Service.ECHO, server.config()).bytes(50_000));
            assertEquals(List.of(Kind.CLOSED), listener.kinds());
            assertEquals(
                    List.of(failed(server, "closed after 50000 bytes sent and 49999 received")),
                    listener.messages());
        }
    }

    private static byte[] shortened(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length - 1);
    }

    @Test
    void echoOfSurplusBytesIsProtocolViolation() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.write(peer.readAll());
                            peer.write("!");
                        })) {
            run(bulk(Service.ECHO, server.config()).bytes(1000));
            assertEquals(List.of(Kind.PROTOCOL), listener.kinds());
        }
    }

    @Test
    void earlyCloseOfSourceFailsWithBytesSoFar() throws Exception {
        try (OpenServer server = OpenServer.running(peer -> peer.write(new byte[12_345]))) {
            RunResult result = run(bulk(Service.CHARGEN, server.config()));
            assertEquals(Map.of(Kind.CLOSED, 1L), result.errors());
            assertEquals(12_345, result.bytesReceived());
            assertEquals(12_345, result.streams().getFirst().bytesReceived());
            assertEquals(
                    List.of(failed(server, "closed after 12345 bytes received")),
                    listener.messages());
        }
    }

    @Test
    void earlyCloseOfSinkFails() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.socket.shutdownOutput();
                            peer.readAll();
                        })) {
            RunResult result = run(bulk(Service.DISCARD, server.config()));
            assertEquals(Map.of(Kind.CLOSED, 1L), result.errors());
            assertEquals(0, result.ok());
            assertEquals(0, result.sent());
        }
    }

    @Test
    void resetBeforeReceiptIsNoReceipt() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.readAll();
                            peer.reset();
                        })) {
            run(bulk(Service.DISCARD, server.config()).bytes(1000));
            assertEquals(List.of(Kind.NO_RECEIPT), listener.kinds());
            assertEquals(
                    List.of(failed(server, "reset after 1000 bytes sent, so no receipt")),
                    listener.messages());
            assertEquals(1000, listener.failures.getFirst().bytesSent());
        }
    }

    @Test
    void resetEndsOnlyItsStream() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.read(1000);
                            if (peer.index == 1) {
                                peer.reset();
                            } else {
                                peer.readAll();
                            }
                        })) {
            RunResult result =
                    run(
                            bulk(Service.DISCARD, server.config())
                                    .parallel(3)
                                    .duration(Duration.ofMillis(500)));
            assertEquals(2, result.ok());
            assertEquals(Map.of(Kind.RESET, 1L), result.errors());
            assertSums(result);
        }
    }

    @Test
    void refusalFailsEachStream() throws Exception {
        try (Loopback refusing = Loopback.refusingTcp()) {
            ClientConfig client =
                    ClientConfig.builder(Endpoint.of(refusing.address()))
                            .timeout(ScriptedServer.PATIENCE)
                            .build();
            RunResult result = run(bulk(Service.DISCARD, client).parallel(2));
            assertEquals(Map.of(Kind.REFUSED, 2L), result.errors());
            assertEquals(0, result.bytesSent());
            assertEquals(2, result.streams().size());
            assertEquals(Duration.ZERO, result.streams().getFirst().duration());
        }
    }

    @Test
    void sinkThatStopsReadingTimesOut() throws Exception {
        try (OpenServer server = OpenServer.running(OpenServer.Peer::awaitEnd)) {
            ClientConfig client =
                    server.config().toBuilder().timeout(Duration.ofMillis(300)).build();
            RunResult result = run(bulk(Service.DISCARD, client));
            assertEquals(Map.of(Kind.TIMEOUT, 1L), result.errors());
            assertEquals(
                    List.of(
                            failed(
                                    server,
                                    "no bytes transferred in time after "
                                            + result.bytesSent()
                                            + " bytes sent")),
                    listener.messages());
            assertTrue(result.bytesSent() > 0);
        }
    }

    @Test
    void missingReceiptTimesOut() throws Exception {
        try (OpenServer server = OpenServer.running(OpenServer.Peer::awaitEnd)) {
            ClientConfig client =
                    server.config().toBuilder().timeout(Duration.ofMillis(300)).build();
            run(bulk(Service.DISCARD, client).bytes(1000));
            assertEquals(List.of(Kind.SILENT), listener.kinds());
            assertEquals(
                    List.of(failed(server, "no receipt in time after 1000 bytes sent")),
                    listener.messages());
        }
    }

    @Test
    void silentSourceTimesOut() throws Exception {
        try (OpenServer server = OpenServer.running(OpenServer.Peer::awaitEnd)) {
            ClientConfig client =
                    server.config().toBuilder().timeout(Duration.ofMillis(300)).build();
            run(bulk(Service.CHARGEN, client));
            assertEquals(List.of(Kind.SILENT), listener.kinds());
        }
    }

    @Test
    void failureNamesProtocolOfOtherService() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.write("hello client!");
                            peer.awaitEnd();
                        })) {
            for (Service service : List.of(Service.DISCARD, Service.CHARGEN)) {
                run(bulk(service, server.config()));
            }
            assertEquals(List.of(Kind.WRONG_SERVICE, Kind.WRONG_SERVICE), listener.kinds());
            assertEquals(Message.of("hello client!"), listener.failures.getFirst().received());
            assertEquals(
                    failed(server, "the peer runs another service: greet"),
                    listener.messages().getFirst());
        }
    }

    @Test
    void slowReaderDoesNotTimeOut() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            for (int i = 0; i < 400; i++) {
                                taken.addAndGet(peer.read(10_000).length);
                                TimeUnit.MILLISECONDS.sleep(1);
                            }
                        })) {
            RunResult result = run(bulk(Service.DISCARD, server.config()).bytes(4 * MEGABYTE));
            assertEquals(1, result.ok());
            assertEquals(4 * MEGABYTE, taken.get());
        }
    }

    @Test
    void intervalsAddUpToTheRun() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            Duration duration = Duration.ofMillis(1200);
            RunResult result =
                    run(bulk(Service.ECHO, server.config()).parallel(2).duration(duration));
            assertEquals(2, result.ok());
            assertTrue(listener.intervals.size() >= 2);
            long sent = 0;
            long received = 0;
            long firstStream = 0;
            for (RunResult interval : listener.intervals) {
                sent += interval.bytesSent();
                received += interval.bytesReceived();
                firstStream += interval.streams().getFirst().bytesSent();
                assertSums(interval);
                for (StreamFigures stream : interval.streams()) {
                    assertTrue(stream.duration().compareTo(interval.duration()) <= 0);
                }
            }
            assertEquals(result.bytesSent(), sent);
            assertEquals(result.bytesReceived(), received);
            assertEquals(result.streams().getFirst().bytesSent(), firstStream);
            assertEquals(result.bytesSent(), result.bytesReceived());
        }
    }

    @Test
    void interruptedRunKeepsItsBytes() throws Exception {
        CountDownLatch flowing = new CountDownLatch(1);
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.read(MEGABYTE);
                            flowing.countDown();
                            peer.readAll();
                        })) {
            RunConfig config = bulk(Service.DISCARD, server.config()).endless().build();
            FutureTask<RunResult> task = new FutureTask<>(() -> new Run(config, listener).run());
            Thread thread = Thread.ofPlatform().daemon().start(task);
            assertTrue(flowing.await(30, TimeUnit.SECONDS));
            thread.interrupt();
            RunResult result = task.get(30, TimeUnit.SECONDS);
            assertEquals(0, result.ok());
            assertEquals(0, result.failed());
            assertEquals(0, result.sent());
            assertTrue(result.bytesSent() >= MEGABYTE);
            assertTrue(result.duration().isPositive());
            assertEquals(List.of(), listener.failures);
            assertSums(result);
        }
    }
}
