package net.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.protocol.Service;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

/** RFC 862 over TCP: "any data received is sent back". */
class EchoServiceTest {
    private static final TcpServerConfig CONFIG = Loopback.patient(Service.ECHO);

    private final ListenerLog listener = new ListenerLog();

    @ParameterizedTest
    @ValueSource(ints = {1, 1023, 1024, 1025, 8191, 8192, 8193, 60_000})
    void returnsTheReceivedBytes(int length) throws Exception {
        byte[] bytes = Loopback.bytes(length);
        TcpServer server = TcpServer.start(CONFIG, listener);
        try (server;
                Peer peer = Peer.connect(server.local())) {
            assertArrayEquals(bytes, peer.send(bytes).read(length));
            assertArrayEquals(bytes, peer.send(bytes).read(length));
            peer.finish().assertReceipt();
            Session session = listener.assertEnd(CloseReason.CLOSED);
            assertEquals(2 * length, session.bytesReceived());
            assertEquals(2 * length, session.bytesSent());
            assertEquals(0, session.messages());
        }
        listener.assertNoMessage();
        listener.assertNoFailure();
        assertEquals(Map.of(), server.stats().errors());
    }

    @Test
    void returnsEachByteWithoutWaitingForMore() throws Exception {
        try (TcpServer server = TcpServer.start(CONFIG, listener);
                Peer peer = Peer.connect(server.local())) {
            peer.assertSilence();
            for (String letter : "hello\r\n".split("")) {
                peer.send(letter).assertReads(letter);
            }
            peer.assertSilence();
        }
    }

    @Test
    void returnsBytesReceivedBeforeTheFin() throws Exception {
        try (TcpServer server = TcpServer.start(CONFIG, listener);
                Peer peer = Peer.connect(server.local())) {
            peer.send("hello sever!").finish();
            peer.assertReads("hello sever!");
            peer.assertReceipt();
        }
    }

    @Test
    void finWithoutAByteIsAnsweredWithFin() throws Exception {
        try (TcpServer server = TcpServer.start(CONFIG, listener);
                Peer peer = Peer.connect(server.local())) {
            peer.finish().assertReceipt();
            listener.assertEnd(CloseReason.CLOSED);
        }
    }

    @Test
    void returns64MebibytesInFullDuplex() throws Exception {
        int chunks = 1024;
        try (TcpServer server = TcpServer.start(CONFIG, listener);
                Peer peer = Peer.connect(server.local())) {
            TestThreads sending =
                    TestThreads.start(
                            () -> {
                                new RandomBytes(862).sendTo(peer, chunks);
                                peer.finish();
                            });
            new RandomBytes(862).assertReceived(peer.in(), chunks);
            peer.assertReceipt();
            sending.join();
            Session session = listener.assertEnd(CloseReason.CLOSED);
            assertEquals(64L << 20, session.bytesReceived());
            assertEquals(64L << 20, session.bytesSent());
        }
    }

    @Test
    void peersGetOnlyTheirOwnBytes() throws Exception {
        try (TcpServer server = TcpServer.start(CONFIG, listener);
                Peer first = Peer.connect(server.local());
                Peer second = Peer.connect(server.local())) {
            first.send("first");
            second.send("second");
            second.assertReads("second");
            first.assertReads("first");
            first.abort();
            listener.assertEnd(CloseReason.RESET);
            second.send("still here").assertReads("still here");
        }
        listener.assertNoFailure();
    }
}
