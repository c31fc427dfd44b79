package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Messages over real connections; {@link net.server.service.LineSplitterTest} tests the splitting.
 */
class ReceiveServiceTest {
    private static final TcpServerConfig CONFIG = Loopback.patient(Service.RECEIVE);

    private final ListenerLog listener = new ListenerLog();

    @Test
    void sendsNothingAndWaits() throws Exception {
        try (TcpServer server = TcpServer.start(CONFIG, listener);
                Peer peer = Peer.connect(server.local())) {
            peer.assertSilence();
            peer.send("hello\n").assertSilence();
            peer.finish().assertReceipt();
        }
    }

    @Test
    void recordsALineAtItsEnd() throws Exception {
        try (TcpServer server = TcpServer.start(CONFIG, listener);
                Peer peer = Peer.connect(server.local())) {
            Instant before = Instant.now();
            peer.send("hello sever!\r\nsecond");
            ReceivedMessage message = listener.message();
            assertEquals(Message.of("hello sever!"), message.message());
            assertEquals(12, message.received());
            assertEquals(Transport.TCP, message.transport());
            assertEquals(server.local(), message.local());
            assertEquals(peer.address(), message.peer());
            assertFalse(message.time().isBefore(before));
            assertFalse(message.time().isAfter(Instant.now()));
            peer.assertSilence();
            listener.assertNoMessage();
            peer.finish().assertReceipt();
            listener.assertMessage("second");
        }
    }

    @Test
    void finIsAnsweredWithAReceiptForAllLines() throws Exception {
        TcpServer server = TcpServer.start(CONFIG, listener);
        try (server;
                Peer peer = Peer.connect(server.local())) {
            peer.send("one\ntwo\n\nlast").finish().assertReceipt();
            Session session = listener.assertEnd(CloseReason.RECEIPT);
            assertEquals(4, session.messages());
            assertEquals(13, session.bytesReceived());
            assertEquals(0, session.bytesSent());
        }
        for (String line : List.of("one", "two", "", "last")) {
            listener.assertMessage(line);
        }
        listener.assertNoMessage();
        assertEquals(4, server.stats().messages());
        assertEquals(0, server.stats().truncated());
        assertEquals(Map.of(), server.stats().errors());
    }

    @Test
    void finWithoutALineIsNoMessage() throws Exception {
        try (TcpServer server = TcpServer.start(CONFIG, listener);
                Peer peer = Peer.connect(server.local())) {
            peer.finish().assertReceipt();
            listener.assertEnd(CloseReason.CLOSED);
        }
        listener.assertNoMessage();
    }

    @ParameterizedTest
    @CsvSource({"1023, 1023, 0", "1024, 1024, 0", "1025, 1024, 1"})
    void longLinesAreSplit(int length, int first, int second) throws Exception {
        String line = "x".repeat(length);
        TcpServer server = TcpServer.start(CONFIG, listener);
        try (server;
                Peer peer = Peer.connect(server.local())) {
            peer.send(line + "\r\n" + line + "\n" + line).finish().assertReceipt();
        }
        for (int i = 0; i < 3; i++) {
            listener.assertMessage(line.substring(0, first));
            if (second > 0) {
                listener.assertMessage(line.substring(first));
            }
        }
        listener.assertNoMessage();
        assertEquals(0, server.stats().truncated());
    }

    @Test
    void lineInManySegmentsIsOneMessage() throws Exception {
        try (TcpServer server = TcpServer.start(CONFIG, listener);
                Peer peer = Peer.connect(server.local())) {
            for (String piece : List.of("he", "llo", "\r", "\n")) {
                listener.assertNoMessage();
                peer.send(piece).assertSilence();
            }
            listener.assertMessage("hello");
            listener.assertNoMessage();
        }
    }

    @Test
    void partOfALineIsRecordedBeforeAReset() throws Exception {
        TcpServer server = TcpServer.start(CONFIG, listener);
        try (server;
                Peer peer = Peer.connect(server.local())) {
            peer.send("whole\npar").abort();
            listener.assertMessage("whole");
            listener.assertMessage("par");
            Session session = listener.assertEnd(CloseReason.RESET);
            assertEquals(2, session.messages());
            assertEquals(9, session.bytesReceived());
        }
        assertEquals(2, server.stats().messages());
        assertEquals(Map.of(ErrorKind.RESET, 1L), server.stats().errors());
        listener.assertNoFailure();
    }

    @Test
    void partOfALineIsRecordedWhenTheServerCloses() throws Exception {
        TcpServerConfig config = CONFIG.toBuilder().drain(Duration.ZERO).build();
        TcpServer server = TcpServer.start(config, listener);
        try (server;
                Peer peer = Peer.connect(server.local())) {
            peer.send("whole\npar");
            listener.assertMessage("whole");
            server.close();
            peer.assertReset();
            listener.assertMessage("par");
            assertEquals(2, listener.assertEnd(CloseReason.ABORTED).messages());
        }
        listener.assertNoFailure();
    }

    @Test
    void linesOfManyPeersAreNotMixed() throws Exception {
        RecordingListener inbox = new RecordingListener();
        TcpServer server = TcpServer.start(CONFIG, inbox);
        try (server;
                Peer first = Peer.connect(server.local());
                Peer second = Peer.connect(server.local())) {
            for (int i = 0; i < 100; i++) {
                first.send("first ").send(i + "\n");
                second.send("second ").send(i + "\n");
            }
            first.finish().assertReceipt();
            second.finish().assertReceipt();
            for (Peer peer : List.of(first, second)) {
                String name = peer == first ? "first " : "second ";
                List<ReceivedMessage> own =
                        inbox.messages().stream()
                                .filter(message -> message.peer().equals(peer.address()))
                                .toList();
                assertEquals(100, own.size());
                for (int i = 0; i < 100; i++) {
                    assertEquals(Message.of(name + i), own.get(i).message());
                }
            }
        }
        assertEquals(200, server.stats().messages());
    }

    @Test
    void countsManyLines() throws Exception {
        String lines = "0123456789\n".repeat(100_000);
        TcpServer server = TcpServer.start(CONFIG, message -> {});
        try (server;
                Peer peer = Peer.connect(server.local())) {
            peer.send(lines).finish().assertReceipt();
        }
        ServerStats stats = server.stats();
        assertEquals(100_000, stats.messages());
        assertEquals(lines.length(), stats.bytesReceived());
    }
}
