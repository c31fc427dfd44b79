package net.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.SocketConfig;
import net.client.run.Payload;
import net.client.run.RecordingRunListener;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.client.run.RunResult.StreamFigures;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Bulk runs with a bandwidth, over real sockets. */
@Timeout(60)
class BandwidthRunTest {
    private static final long RATE = 80_000_000;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RecordingRunListener listener = new RecordingRunListener();
    private final AtomicLong taken = new AtomicLong();

    private static RunConfig.Builder bulk(
            Transport transport, Service service, ClientConfig client) {
        return RunConfig.builder(transport, service, client).bulk();
    }

    private static RunConfig.Builder discard(OpenServer server) {
        return bulk(Transport.TCP, Service.DISCARD, server.config());
    }

    private RunResult run(RunConfig.Builder config) throws IOException {
        return new Run(config.build(), listener).run();
    }

    private OpenServer sink() throws IOException {
        return OpenServer.running(peer -> taken.addAndGet(peer.readAll().length));
    }

    /** Checks the bytes of a run: at most those of its rate, and few less on a slow machine. */
    private static void assertRate(long rate, RunResult result) {
        long burst = rate / 8 / 1000 + 1;
        long max = rate / 8 * result.duration().toNanos() / SECOND.toNanos() + burst;
        assertTrue(result.bytesSent() <= max, result.bytesSent() + " of " + max);
        assertTrue(result.bytesSent() > max / 2, result.bytesSent() + " of " + max);
    }

    @ParameterizedTest
    @ValueSource(longs = {8_000, 1_000_000, RATE})
    void streamKeepsTheRate(long rate) throws Exception {
        try (OpenServer server = sink()) {
            RunResult result = run(discard(server).bandwidth(rate).duration(SECOND));
            assertEquals(1, result.ok());
            assertRate(rate, result);
            assertEquals(result.bytesSent(), taken.get());
        }
    }

    /** The receiver sees no more than the rate allows, even with blocks of other sizes. */
    @ParameterizedTest
    @ValueSource(ints = {7, 100, 100_000})
    void byteCountTakesItsTime(int block) throws Exception {
        try (OpenServer server = sink()) {
            long bytes = 300_001;
            RunResult result =
                    run(
                            discard(server)
                                    .payload(Payload.pattern(block))
                                    .bandwidth(8_000_000)
                                    .bytes(bytes));
            assertEquals(bytes, result.bytesSent());
            assertEquals(bytes, taken.get());
            // The first burst is sent after a tick.
            assertTrue(result.duration().compareTo(Duration.ofMillis(300)) >= 0, result::toString);
        }
    }

    /** Writing the bytes that are due in a millisecond takes a minute. */
    @Test
    void blocksTooSmallForTheRateDoNotDelayTheEnd() throws Exception {
        try (OpenServer server = sink()) {
            RunResult result =
                    run(
                            discard(server)
                                    .payload(Payload.pattern(1))
                                    .bandwidth(RunConfig.MAX_BANDWIDTH)
                                    .parallel(3)
                                    .duration(SECOND));
            assertEquals(3, result.ok(), listener.messages()::toString);
            assertTrue(result.duration().compareTo(SECOND.multipliedBy(5)) < 0, result::toString);
        }
    }

    @Test
    void pacedBytesAreThoseOfThePattern() throws Exception {
        byte[] expected = new byte[12_345];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) (' ' + i % 1000 % 95);
        }
        try (OpenServer server =
                OpenServer.running(peer -> assertArrayEquals(expected, peer.readAll()))) {
            run(
                    discard(server)
                            .payload(Payload.pattern(1000))
                            .bandwidth(1_000_000)
                            .bytes(expected.length));
        }
    }

    @Test
    void streamsShareTheRate() throws Exception {
        try (OpenServer server = sink()) {
            RunResult result = run(discard(server).bandwidth(RATE).parallel(4).duration(SECOND));
            assertEquals(4, result.ok());
            assertRate(RATE, result);
            for (StreamFigures stream : result.streams()) {
                long share = result.bytesSent() / 4;
                assertEquals(share, stream.bytesSent(), share / 2.0);
            }
            assertEquals(result.bytesSent(), taken.get());
        }
    }

    /** The first peer does not read, so its stream fills its buffers and fails. */
    @Test
    void blockedStreamLeavesItsShareToTheOthers() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            if (peer.index == 0) {
                                peer.awaitEnd();
                            }
                            taken.addAndGet(peer.readAll().length);
                        })) {
            SocketConfig small = SocketConfig.builder().sendBufferBytes(65_536).build();
            ClientConfig client =
                    server.config().toBuilder()
                            .socket(small)
                            .timeout(Duration.ofMillis(700))
                            .build();
            long rate = 40_000_000;
            RunResult result =
                    run(
                            bulk(Transport.TCP, Service.DISCARD, client)
                                    .bandwidth(rate)
                                    .parallel(2)
                                    .duration(Duration.ofSeconds(2)));
            assertEquals(Map.of(Kind.TIMEOUT, 1L), result.errors());
            assertEquals(1, result.ok());
            // More than the half that is its share.
            assertTrue(taken.get() > 0.6 * 2 * rate / 8, taken::toString);
        }
    }

    /** A byte per second is due, which is not a stall, though the timeout is shorter. */
    @Test
    void waitForATurnIsNoStall() throws Exception {
        try (OpenServer server = sink()) {
            ClientConfig client =
                    server.config().toBuilder().timeout(Duration.ofMillis(300)).build();
            RunResult result =
                    run(
                            bulk(Transport.TCP, Service.DISCARD, client)
                                    .bandwidth(8)
                                    .parallel(5)
                                    .duration(Duration.ofMillis(1500)));
            assertEquals(5, result.ok());
            assertEquals(2, result.bytesSent());
        }
    }

    @Test
    void pacedSinkThatStopsReadingTimesOut() throws Exception {
        try (OpenServer server = OpenServer.running(OpenServer.Peer::awaitEnd)) {
            ClientConfig client =
                    server.config().toBuilder().timeout(Duration.ofMillis(300)).build();
            RunResult result =
                    run(
                            bulk(Transport.TCP, Service.DISCARD, client)
                                    .bandwidth(RunConfig.MAX_BANDWIDTH));
            assertEquals(Map.of(Kind.TIMEOUT, 1L), result.errors());
        }
    }

    @Test
    void resetOfAPacedStreamIsAFailure() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.read(1000);
                            peer.reset();
                        })) {
            RunResult result = run(discard(server).bandwidth(1_000_000));
            assertEquals(Map.of(Kind.RESET, 1L), result.errors());
        }
    }

    @Test
    void echoIsPacedInBothDirections() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            RunResult result =
                    run(
                            bulk(Transport.TCP, Service.ECHO, server.config())
                                    .bandwidth(RATE)
                                    .parallel(2)
                                    .duration(SECOND));
            assertEquals(2, result.ok());
            assertRate(RATE, result);
            assertEquals(result.bytesSent(), result.bytesReceived());
        }
    }

    /** A rate that no machine reaches is as fast as possible. */
    @Test
    void excessiveRateSendsAsFastAsPossible() throws Exception {
        try (OpenServer server = OpenServer.running(peer -> taken.addAndGet(skip(peer)))) {
            RunResult result =
                    run(
                            discard(server)
                                    .bandwidth(RunConfig.MAX_BANDWIDTH)
                                    .duration(Duration.ofMillis(300)));
            assertEquals(1, result.ok());
            assertTrue(result.bytesSent() > 10_000_000, result::toString);
            assertEquals(result.bytesSent(), taken.get());
        }
    }

    private static long skip(OpenServer.Peer peer) throws IOException {
        return peer.socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** 4 Mbit are 357.1 datagrams of 1400 bytes, the first of which is due at the start. */
    @Test
    void datagramsKeepTheRateAndHaveTheDefaultSize() throws Exception {
        try (DatagramSocket server =
                new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
            server.setReceiveBufferSize(4_000_000);
            Endpoint endpoint = Endpoint.of((InetSocketAddress) server.getLocalSocketAddress());
            RunResult result =
                    run(
                            bulk(Transport.UDP, Service.DISCARD, ClientConfig.of(endpoint))
                                    .bandwidth(8_000_000)
                                    .parallel(2)
                                    .duration(Duration.ofMillis(500)));
            assertEquals(358, result.sent() + result.skipped());
            assertEquals(1400 * result.sent(), result.bytesSent());
            assertEquals(0, result.skipped());
            DatagramPacket datagram = new DatagramPacket(new byte[2000], 2000);
            server.receive(datagram);
            assertArrayEquals(
                    bytes(Payload.pattern(1400)),
                    Arrays.copyOf(datagram.getData(), datagram.getLength()));
        }
    }

    private static byte[] bytes(Payload payload) {
        byte[] bytes = new byte[payload.size()];
        payload.buffer().get(bytes);
        return bytes;
    }
}
