package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

class GreetServiceTest {
    /** Maximum size of a message with its surplus: 1024 bytes and 64 KiB. */
    private static final int LIMIT = 66_560;

    private final ListenerLog listener = new ListenerLog();

    @Test
    void greetsBeforeTheClientSends() throws Exception {
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener);
                Peer peer = Peer.connect(server.local())) {
            peer.assertGreeting();
            peer.assertSilence();
            peer.finish().assertReceipt();
        }
    }

    @Test
    void recordsTheMessageAndItsAddresses() throws Exception {
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener);
                Peer peer = Peer.greeted(server)) {
            Instant before = Instant.now();
            peer.send("hello sever!").finish().assertReceipt();

            ReceivedMessage message = listener.message();
            assertEquals(Message.of("hello sever!"), message.message());
            assertEquals(12, message.received());
            assertFalse(message.isTruncated());
            assertEquals(Transport.TCP, message.transport());
            assertEquals(server.local(), message.local());
            assertEquals(peer.address(), message.peer());
            assertFalse(message.time().isBefore(before));
            assertFalse(message.time().isAfter(Instant.now()));
        }
        listener.assertNoMessage();
        listener.assertNoFailure();
    }

    @Test
    void recordsBinaryBytes() throws Exception {
        byte[] bytes = {0, (byte) 0xff, '\r', '\n', (byte) 0xc3, 0};
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener);
                Peer peer = Peer.greeted(server)) {
            peer.send(bytes).finish().assertReceipt();
        }
        assertEquals(Message.of(bytes), listener.message().message());
    }

    @Test
    void allSegmentsUntilTheFinAreOneMessage() throws Exception {
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener);
                Peer peer = Peer.greeted(server)) {
            for (String piece : new String[] {"hello", " ", "sever!"}) {
                peer.send(piece).assertSilence();
            }
            listener.assertNoMessage();
            peer.finish().assertReceipt();
        }
        listener.assertMessage("hello sever!");
        listener.assertNoMessage();
    }

    @Test
    void lineEndIsPartOfTheMessage() throws Exception {
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener);
                Peer peer = Peer.greeted(server)) {
            peer.send("one\ntwo\r\n").assertSilence();
            peer.finish().assertReceipt();
        }
        listener.assertMessage("one\ntwo\r\n");
    }

    @Test
    void gapEndsAMessageWithoutFin() throws Exception {
        Duration gap = Duration.ofMillis(300);
        try (TcpServer server = TcpServer.start(Loopback.greet(gap), listener);
                Peer peer = Peer.greeted(server)) {
            long sentNanos = System.nanoTime();
            peer.send("hello sever!").assertReceipt();
            assertTrue(System.nanoTime() - sentNanos >= gap.toNanos(), "before the gap was over");
            listener.assertMessage("hello sever!");
            listener.assertEnd(CloseReason.RECEIPT);
        }
    }

    @Test
    void segmentsWithinTheDefaultGapAreOneMessage() throws Exception {
        TcpServerConfig config = Loopback.patient(Service.GREET);
        try (TcpServer server = TcpServer.start(config, listener)) {
            for (int i = 0; i < 10; i++) {
                try (Peer peer = Peer.greeted(server)) {
                    long startNanos = System.nanoTime();
                    peer.send("hello ");
                    LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
                    peer.send("sever!");
                    long pauseNanos = System.nanoTime() - startNanos;
                    if (pauseNanos < TcpServerConfig.DEFAULT_MESSAGE_GAP.toNanos()) {
                        peer.assertReceipt();
                        listener.assertMessage("hello sever!");
                        return;
                    }
                    listener.message();
                }
            }
        }
        abort("this machine is too busy to keep a pause of 250 ms below one of 300 ms");
    }

    @Test
    void eachSegmentRestartsTheGap() throws Exception {
        Duration gap = Duration.ofSeconds(2);
        try (TcpServer server = TcpServer.start(Loopback.greet(gap), listener);
                Peer peer = Peer.greeted(server)) {
            peer.send("hello ").assertSilence();
            long sentNanos = System.nanoTime();
            peer.send("sever!").assertReceipt();
            assertTrue(System.nanoTime() - sentNanos >= gap.toNanos(), "before the gap was over");
        }
        listener.assertMessage("hello sever!");
    }

    @Test
    void gapStartsWithTheFirstByte() throws Exception {
        Duration gap = Duration.ofMillis(1);
        try (TcpServer server = TcpServer.start(Loopback.greet(gap), listener);
                Peer peer = Peer.greeted(server)) {
            peer.assertSilence();
            peer.send("hello sever!").assertReceipt();
        }
        listener.assertMessage("hello sever!");
    }

    @Test
    void clientThatSendsNothingIsClosedInOrder() throws Exception {
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener);
                Peer peer = Peer.greeted(server)) {
            peer.finish().assertReceipt();
            listener.assertEnd(CloseReason.CLOSED);
            Peer.assertServed(server, "next");
        }
        listener.assertMessage("next");
        listener.assertNoMessage();
        listener.assertNoFailure();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1023, 1024, 1025, 66_559, LIMIT})
    void truncatesTo1024BytesAndCountsAll(int length) throws Exception {
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener);
                Peer peer = Peer.greeted(server)) {
            peer.send(Loopback.bytes(length)).finish().assertReceipt();
            listener.assertEnd(CloseReason.RECEIPT);
        }
        Loopback.assertPattern(length, listener.message());
    }

    @Test
    void fullMessageWaitsForItsEnd() throws Exception {
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener);
                Peer peer = Peer.greeted(server)) {
            peer.send(Loopback.bytes(1024)).assertSilence();
            listener.assertNoMessage();
            peer.finish().assertReceipt();
        }
        Loopback.assertPattern(1024, listener.message());
    }

    @Test
    void gapEndsATruncatedMessage() throws Exception {
        TcpServerConfig config = Loopback.greet(Duration.ofMillis(500));
        try (TcpServer server = TcpServer.start(config, listener);
                Peer peer = Peer.greeted(server)) {
            peer.send(Loopback.bytes(1025)).assertReceipt();
        }
        Loopback.assertPattern(1025, listener.message());
    }

    @Test
    void resetsClientAboveTheSurplusAndRecordsItsFirstBytes() throws Exception {
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener);
                Peer peer = Peer.connect(server.local())) {
            peer.send(Loopback.bytes(LIMIT + 1));
            Loopback.assertPattern(LIMIT + 1, listener.message());
            assertEquals(LIMIT + 1, listener.assertEnd(CloseReason.PROTOCOL).bytesReceived());
            peer.assertGreeting();
            peer.assertReset();
            Peer.assertServed(server, "next");
        }
        listener.assertMessage("next");
    }

    @Test
    void acceptsExactlyTheSurplus() throws Exception {
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener);
                Peer peer = Peer.greeted(server)) {
            peer.send(Loopback.bytes(LIMIT)).assertSilence();
            listener.assertNoMessage();
            peer.finish().assertReceipt();
        }
        Loopback.assertPattern(LIMIT, listener.message());
    }
}
