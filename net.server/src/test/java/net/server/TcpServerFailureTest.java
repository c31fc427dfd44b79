package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A throwing listener affects only its own peer. */
class TcpServerFailureTest {
    private final ListenerLog listener = spy(ListenerLog.class);

    static List<Exception> failures() {
        return List.of(
                new IOException("no space left on device"),
                new IllegalStateException("log is closed"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void unrecordedMessageResetsThePeer(Exception failure) throws Exception {
        doThrow(failure).doCallRealMethod().when(listener).onMessage(any());
        TcpServer server = TcpServer.start(Loopback.patient(), listener);
        try (server;
                Peer peer = Peer.connect(server.local())) {
            peer.send("hello sever!").finish();
            assertEquals(12, listener.assertEnd(CloseReason.UNRECORDED).bytesReceived());
            assertSame(failure, listener.failure());
            peer.assertGreeting();
            peer.assertReset();
            Peer.assertServed(server, "next");
        }
        listener.assertMessage("next");
        listener.assertNoFailure();
        ServerStats stats = server.stats();
        assertEquals(2, stats.accepted());
        assertEquals(1, stats.messages());
        assertEquals(1, stats.dropped());
        assertEquals(Map.of(ErrorKind.UNRECORDED, 1L), stats.errors());
    }

    @Test
    void droppedMessageIsNotCountedAsTruncated() throws Exception {
        doThrow(new IOException("no space left on device")).when(listener).onMessage(any());
        TcpServer server = TcpServer.start(Loopback.patient(), listener);
        try (server;
                Peer peer = Peer.greeted(server)) {
            peer.send(Loopback.bytes(1025)).finish().assertReset();
        }
        assertEquals(0, server.stats().truncated());
        assertEquals(1, server.stats().dropped());
    }

    @Test
    void failureInOnFailureEndsOneConnection() throws Exception {
        doThrow(new IOException("no space left on device"))
                .doCallRealMethod()
                .when(listener)
                .onMessage(any());
        doThrow(new IllegalStateException("log is closed")).when(listener).onFailure(any());
        TcpServer server = TcpServer.start(Loopback.patient(), listener);
        try (server;
                Peer peer = Peer.greeted(server)) {
            peer.send("hello sever!").finish().assertReset();
            listener.assertEnd(CloseReason.UNRECORDED);
            Peer.assertServed(server, "next");
        }
        listener.assertMessage("next");
        assertEquals(1, server.stats().dropped());
        assertEquals(0, server.stats().active());
    }

    @Test
    void failureInOnEndIsReported() throws Exception {
        IllegalStateException failure = new IllegalStateException("log is closed");
        doThrow(failure).doCallRealMethod().when(listener).onEnd(any());
        TcpServer server = TcpServer.start(Loopback.patient(), listener);
        try (server) {
            Peer.assertServed(server, "first");
            assertSame(failure, listener.failure());
            Peer.assertServed(server, "second");
            listener.assertEnd(CloseReason.RECEIPT);
        }
        assertEquals(2, server.stats().messages());
        assertEquals(0, server.stats().active());
    }
}
