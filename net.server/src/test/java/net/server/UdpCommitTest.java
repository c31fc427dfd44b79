package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Commits of a UDP server. */
class UdpCommitTest {
    private static final UdpServerConfig TAKE_AND_ANSWER =
            UdpServerConfig.of(
                    Loopback.ENDPOINT,
                    datagram -> {
                        datagram.record();
                        datagram.answer(datagram.payload());
                    });

    static List<Exception> failures() {
        return List.of(
                new IOException("no space left on device"),
                new IllegalStateException("log is closed"));
    }

    @Test
    void waitingDatagramsAreCommittedTogether() throws Exception {
        List<String> expected = new ArrayList<>(Collections.nCopies(100, "message"));
        expected.add("commit");
        try (Sender sender = new Sender("127.0.0.1");
                BatchingListener early =
                        new BatchingListener() {
                            @Override
                            public void onListening(BoundAddress listening) throws IOException {
                                for (int i = 0; i < 100; i++) {
                                    sender.send("hello sever!", listening.local());
                                }
                            }
                        };
                UdpServer server = UdpServer.start(Loopback.ENDPOINT, early)) {
            Loopback.await(() -> server.stats().messages() == 100);
            assertEquals(expected, early.calls());
        }
    }

    @Test
    void countersWaitForTheCommit() throws Exception {
        try (BatchingListener held = BatchingListener.held();
                UdpServer server = UdpServer.start(Loopback.ENDPOINT, held);
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("hello sever!", server.local());
            held.awaitCommit();
            held.assertMessage("hello sever!");
            assertEquals(1, server.stats().accepted());
            assertEquals(0, server.stats().messages());
            held.release();
            Loopback.await(() -> server.stats().messages() == 1);
        }
    }

    @Test
    void answerWaitsForTheCommit() throws Exception {
        try (BatchingListener held = BatchingListener.held();
                UdpServer server = UdpServer.start(TAKE_AND_ANSWER, held);
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("hello sever!", server.local());
            held.awaitCommit();
            sender.assertSilence();
            held.release();
            sender.assertReceives("hello sever!");
            held.assertCalls("message", "commit");
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failedCommitSuppressesTheAnswer(Exception failure) throws Exception {
        BatchingListener listener = spy(BatchingListener.class);
        doThrow(failure).doCallRealMethod().when(listener).commit();
        UdpServer server = UdpServer.start(TAKE_AND_ANSWER, listener);
        try (server;
                Sender first = new Sender("127.0.0.1");
                Sender second = new Sender("127.0.0.1")) {
            first.send("first", server.local());
            assertSame(failure, listener.failure());
            second.send("second", server.local());
            second.assertReceives("second");
            first.assertSilence();
        }
        listener.assertNoFailure();
        ServerStats stats = server.stats();
        assertEquals(
                new ServerStats(2, 0, Map.of(), 1, 11, 6, 0, 1, Map.of(), stats.uptime()), stats);
    }

    @Test
    void droppedMessageIsNotCountedAsTruncated() throws Exception {
        BatchingListener listener = spy(BatchingListener.class);
        doThrow(new IOException("no space left on device"))
                .doCallRealMethod()
                .when(listener)
                .commit();
        UdpServer server = UdpServer.start(Loopback.ENDPOINT, listener);
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send(Loopback.bytes(1025), server.local());
            listener.failure();
            sender.send("whole", server.local());
            Loopback.await(() -> server.stats().messages() == 1);
        }
        assertEquals(1, server.stats().dropped());
        assertEquals(0, server.stats().truncated());
    }
}
