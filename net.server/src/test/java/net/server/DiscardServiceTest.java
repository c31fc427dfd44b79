package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.protocol.Service;

import org.junit.jupiter.api.Test;

import java.util.Map;

/** RFC 863 over TCP: "throws away any data it receives". */
class DiscardServiceTest {
    private static final TcpServerConfig CONFIG = Loopback.patient(Service.DISCARD);

    private final ListenerLog listener = new ListenerLog();

    @Test
    void sendsNothingAndRecordsNothing() throws Exception {
        TcpServer server = TcpServer.start(CONFIG, listener);
        try (server;
                Peer peer = Peer.connect(server.local())) {
            peer.send("hello sever!\n").assertSilence();
            peer.finish().assertReceipt();
            Session session = listener.assertEnd(CloseReason.CLOSED);
            assertEquals(13, session.bytesReceived());
            assertEquals(0, session.bytesSent());
            assertEquals(0, session.messages());
        }
        listener.assertNoMessage();
        assertEquals(Map.of(), server.stats().errors());
    }

    @Test
    void dropsAndCounts64MebibytesFromTwoPeers() throws Exception {
        TcpServer server = TcpServer.start(CONFIG, listener);
        try (server;
                Peer first = Peer.connect(server.local());
                Peer second = Peer.connect(server.local())) {
            TestThreads sending =
                    TestThreads.start(
                            () -> {
                                new RandomBytes(863).sendTo(first, 512);
                                first.finish().assertReceipt();
                            });
            new RandomBytes(864).sendTo(second, 512);
            second.finish().assertReceipt();
            sending.join();
        }
        ServerStats stats = server.stats();
        assertEquals(64L << 20, stats.bytesReceived());
        assertEquals(0, stats.bytesSent());
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
    void resetIsAnErrorOfOnePeer() throws Exception {
        TcpServer server = TcpServer.start(CONFIG, listener);
        try (server;
                Peer first = Peer.connect(server.local());
                Peer second = Peer.connect(server.local())) {
            first.send("hello").abort();
            assertEquals(5, listener.assertEnd(CloseReason.RESET).bytesReceived());
            second.send("hello").finish().assertReceipt();
            listener.assertEnd(CloseReason.CLOSED);
        }
        assertEquals(Map.of(ErrorKind.RESET, 1L), server.stats().errors());
        listener.assertNoFailure();
    }
}
