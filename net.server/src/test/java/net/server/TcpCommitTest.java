package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doCallRealMethod;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import net.protocol.Message;
import net.protocol.Service;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Commits of a TCP server, and their failures. */
class TcpCommitTest {
    private static final TcpServerConfig RECEIVE = Loopback.patient(Service.RECEIVE);

    static List<Exception> failures() {
        return List.of(
                new IOException("no space left on device"),
                new IllegalStateException("log is closed"));
    }

    @Test
    void receiptAndCountersWaitForTheCommit() throws Exception {
        try (BatchingListener held = BatchingListener.held();
                TcpServer server = TcpServer.start(Loopback.patient(), held);
                Peer peer = Peer.greeted(server)) {
            peer.send("hello sever!").finish();
            held.awaitCommit();
            held.assertMessage("hello sever!");
            peer.assertSilence();
            assertEquals(0, server.stats().messages());
            held.assertNoSession();
            held.release();
            peer.assertReceipt();
            assertEquals(1, server.stats().messages());
            assertEquals(1, held.assertEnd(CloseReason.RECEIPT).messages());
            held.assertCalls("message", "commit");
        }
    }

    @Test
    void answerWaitsForTheCommit() throws Exception {
        TcpService answering =
                connection -> {
                    connection.record(Message.of("question"), 8);
                    connection.write(ByteBuffer.wrap("answer".getBytes(StandardCharsets.US_ASCII)));
                };
        try (BatchingListener held = BatchingListener.held();
                TcpServer server = TcpServer.start(Loopback.patient(answering), held);
                Peer peer = Peer.connect(server.local())) {
            held.awaitCommit();
            peer.assertSilence();
            held.release();
            peer.assertReads("answer");
            peer.assertReceipt();
            held.assertCalls("message", "commit");
        }
    }

    @Test
    void messagesOfOneSegmentAreCommittedTogether() throws Exception {
        BatchingListener listener = new BatchingListener();
        TcpServer server = TcpServer.start(RECEIVE, listener);
        try (server;
                Peer peer = Peer.connect(server.local())) {
            peer.send("one\ntwo\nthree\n");
            for (String line : List.of("one", "two", "three")) {
                listener.assertMessage(line);
            }
            // The commit does not wait for the end of the connection.
            Loopback.await(() -> server.stats().messages() == 3);
            listener.assertCalls("message", "message", "message", "commit");
            peer.finish().assertReceipt();
            listener.assertCalls("message", "message", "message", "commit");
        }
        assertEquals(3, server.stats().messages());
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"CHARGEN", "STAMP", "CONNECT"})
    void doesNotCommitWithoutMessages(Service service) throws Exception {
        BatchingListener listener = new BatchingListener();
        TcpServerConfig config = Loopback.patient(service);
        try (TcpServer server = TcpServer.start(config, listener);
                Peer peer = Peer.connect(server.local())) {
            peer.finish();
            listener.assertEnd(CloseReason.CLOSED);
        }
        listener.assertCalls();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failedCommitResetsThePeer(Exception failure) throws Exception {
        BatchingListener listener = spy(BatchingListener.class);
        doThrow(failure).doCallRealMethod().when(listener).commit();
        TcpServer server = TcpServer.start(RECEIVE, listener);
        try (server;
                Peer peer = Peer.connect(server.local());
                Peer next = Peer.connect(server.local())) {
            peer.send("one\ntwo\nthr").assertReset();
            assertSame(failure, listener.failure());
            Session session = listener.assertEnd(CloseReason.UNRECORDED);
            assertEquals(11, session.bytesReceived());
            next.send("next\n").finish().assertReceipt();
            assertEquals(1, listener.assertEnd(CloseReason.RECEIPT).messages());
        }
        listener.assertNoFailure();
        ServerStats stats = server.stats();
        assertEquals(2, stats.dropped());
        assertEquals(Map.of(ErrorKind.UNRECORDED, 1L), stats.errors());
    }

    @Test
    void failedCommitOfGreetSendsNoReceipt() throws Exception {
        BatchingListener listener = spy(BatchingListener.class);
        doThrow(new IOException("no space left on device")).when(listener).commit();
        TcpServer server = TcpServer.start(Loopback.patient(), listener);
        try (server;
                Peer peer = Peer.greeted(server)) {
            peer.send(Loopback.bytes(1025)).finish().assertReset();
            listener.assertEnd(CloseReason.UNRECORDED);
        }
        ServerStats stats = server.stats();
        assertEquals(0, stats.messages());
        assertEquals(0, stats.truncated());
        assertEquals(1, stats.dropped());
    }

    @Test
    void failedCommitIsNotUndoneByALaterOne() throws Exception {
        BatchingListener listener = spy(BatchingListener.class);
        doThrow(new IOException("no space left on device"))
                .doCallRealMethod()
                .when(listener)
                .commit();
        // Continues after the failure, as a user's service may.
        TcpService stubborn =
                connection -> {
                    connection.read(ByteBuffer.allocate(1));
                    connection.record(Message.of("first"), 5);
                    try {
                        connection.write(ByteBuffer.allocate(1));
                    } catch (IOException expected) {
                        connection.record(Message.of("second"), 6);
                    }
                };
        try (TcpServer server = TcpServer.start(Loopback.patient(stubborn), listener);
                Peer peer = Peer.connect(server.local())) {
            peer.send("x").assertReset();
            assertEquals(1, listener.assertEnd(CloseReason.UNRECORDED).messages());
            assertEquals(1, server.stats().dropped());
        }
    }

    @Test
    void messagesBeforeAFailedOneAreRecorded() throws Exception {
        BatchingListener listener = spy(BatchingListener.class);
        doCallRealMethod()
                .doThrow(new IOException("no space left on device"))
                .when(listener)
                .onMessage(any());
        TcpServer server = TcpServer.start(RECEIVE, listener);
        try (server;
                Peer peer = Peer.connect(server.local())) {
            peer.send("one\ntwo\n").assertReset();
            assertEquals(1, listener.assertEnd(CloseReason.UNRECORDED).messages());
        }
        listener.assertMessage("one");
        listener.assertNoMessage();
        listener.assertCalls("message", "commit");
        assertEquals(1, server.stats().dropped());
    }
}
