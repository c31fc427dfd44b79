package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Endpoint;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

class TcpServerCloseTest {
    private final ListenerLog listener = new ListenerLog();

    @Test
    void closeUnblocksAcceptAndEndsItsThread() throws Exception {
        TcpServer server = TcpServer.start(Loopback.patient(), listener);
        String acceptor = "tcp-server 127.0.0.1:" + server.local().getPort();
        Loopback.assertThreadRuns(acceptor);
        Loopback.assertEnds(Loopback.closeInBackground(server));
        Loopback.assertNoThread(acceptor);
        listener.assertNoFailure();
    }

    @Test
    void closeFreesThePort() throws Exception {
        TcpServer first = TcpServer.start(Loopback.patient(), listener);
        Peer.assertServed(first, "first");
        first.close();
        try (TcpServer second = TcpServer.start(first.endpoint(), listener)) {
            Peer.assertServed(second, "second");
        }
        listener.assertMessage("first");
        listener.assertMessage("second");
    }

    @Test
    void keepsItsAddressAfterClose() throws Exception {
        TcpServer server = TcpServer.start(Loopback.patient(), listener);
        InetSocketAddress local = server.local();
        assertTrue(server.isOpen());
        server.close();
        assertEquals(local, server.local());
        assertFalse(server.isOpen());
    }

    @Test
    void secondCloseDoesNothing() throws Exception {
        TcpServer server = TcpServer.start(Loopback.patient(), listener);
        Peer.assertServed(server, "hello sever!");
        server.close();
        try (TcpServer next = TcpServer.start(server.endpoint(), listener)) {
            server.close();
            Peer.assertServed(next, "next");
        }
        listener.assertNoFailure();
    }

    @Test
    void openConnectionGetsItsReceiptAndNewOnesAreRefused() throws Exception {
        TcpServer server = TcpServer.start(Loopback.patient(), listener);
        try (server;
                Peer peer = Peer.greeted(server)) {
            Thread closer = Loopback.closeInBackground(server);
            Peer.awaitRefusal(server);
            assertTrue(closer.isAlive(), "close waits for the current client");
            peer.send("hello sever!").finish().assertReceipt();
            Loopback.assertEnds(closer);
        }
        listener.assertMessage("hello sever!");
        assertEquals(Map.of(), server.stats().errors());
        assertEquals(0, server.stats().active());
    }

    @Test
    void gapEndsTheCurrentMessageWithinTheGraceTime() throws Exception {
        TcpServerConfig config = Loopback.greet(Duration.ofMillis(500));
        try (TcpServer server = TcpServer.start(config, listener);
                Peer peer = Peer.greeted(server)) {
            Thread closer = Loopback.closeInBackground(server);
            Peer.awaitRefusal(server);
            peer.send("hello sever!").assertReceipt();
            Loopback.assertEnds(closer);
        }
        listener.assertMessage("hello sever!");
    }

    @Test
    void silentClientIsResetAfterTheGraceTime() throws Exception {
        Duration drain = Duration.ofMillis(300);
        TcpServer server =
                TcpServer.start(Loopback.patient().toBuilder().drain(drain).build(), listener);
        try (server;
                Peer peer = Peer.greeted(server)) {
            long startNanos = System.nanoTime();
            server.close();
            assertTrue(System.nanoTime() - startNanos >= drain.toNanos(), "cut off too early");
            peer.assertReset();
            listener.assertEnd(CloseReason.ABORTED);
        }
        listener.assertNoMessage();
        listener.assertNoFailure();
        assertEquals(Map.of(ErrorKind.ABORTED, 1L), server.stats().errors());
        Loopback.await(() -> server.stats().active() == 0);
    }

    @Test
    void incompleteMessageIsRecordedAndItsClientReset() throws Exception {
        Duration drain = Duration.ofSeconds(2);
        try (TcpServer server =
                        TcpServer.start(
                                Loopback.patient().toBuilder().drain(drain).build(), listener);
                Peer peer = Peer.greeted(server)) {
            peer.send("hello se");
            Loopback.assertEnds(Loopback.closeInBackground(server));
            peer.assertReset();
            listener.assertMessage("hello se");
            listener.assertEnd(CloseReason.ABORTED);
        }
        listener.assertNoFailure();
    }

    @Test
    void zeroGraceTimeResetsAtOnce() throws Exception {
        TcpServerConfig config = Loopback.patient().toBuilder().drain(Duration.ZERO).build();
        try (TcpServer server = TcpServer.start(config, listener);
                Peer peer = Peer.greeted(server)) {
            Loopback.assertEnds(Loopback.closeInBackground(server));
            peer.assertReset();
            listener.assertEnd(CloseReason.ABORTED);
        }
    }

    @Test
    void busyListenerMayRecordAfterTheGraceTime() throws Exception {
        TcpServerConfig config = Loopback.patient().toBuilder().drain(Duration.ZERO).build();
        try (BlockedListener held = new BlockedListener();
                TcpServer server = TcpServer.start(config, held);
                Peer peer = Peer.greeted(server)) {
            peer.send("hello sever!").finish();
            held.awaitHeld();
            Thread closer = Loopback.closeInBackground(server);
            peer.assertSilence();
            held.release();
            held.assertMessage("hello sever!");
            peer.assertReceipt();
            held.assertEnd(CloseReason.RECEIPT);
            held.assertNoFailure();
            Loopback.assertEnds(closer);
        }
    }

    @Test
    void closeWaitsForAListenerForALimitedTime() throws Exception {
        TcpServerConfig config = Loopback.patient().toBuilder().drain(Duration.ZERO).build();
        try (BlockedListener held = new BlockedListener();
                TcpServer server = TcpServer.start(config, held);
                Peer peer = Peer.greeted(server)) {
            peer.send("hello sever!").finish();
            held.awaitHeld();
            Loopback.assertEnds(Loopback.closeInBackground(server));
            held.assertNoSession();
            assertEquals(1, server.stats().active());
        }
    }

    @Test
    void interruptEndsTheGraceTimeAndIsSetAgain() throws Exception {
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener);
                Peer peer = Peer.greeted(server)) {
            AtomicBoolean interrupted = new AtomicBoolean();
            Thread closer = Loopback.closeInBackground(server, interrupted);
            Peer.awaitRefusal(server);
            assertTrue(closer.isAlive(), "close waits for the current client");
            closer.interrupt();
            peer.assertReset();
            Loopback.assertEnds(closer);
            assertTrue(interrupted.get());
            awaitAborted();
        }
    }

    @Test
    void interruptBeforeCloseSkipsTheGraceTime() throws Exception {
        TcpServer server = TcpServer.start(Loopback.patient(), listener);
        Endpoint same = server.endpoint();
        try (Peer peer = Peer.greeted(server)) {
            Thread.currentThread().interrupt();
            server.close();
            assertTrue(Thread.interrupted());
            peer.assertReset();
            listener.assertEnd(CloseReason.ABORTED);
            Loopback.assertNoThread("tcp-server " + same);
        }
    }

    @Test
    void closeOnManyThreadsRunsOnce() throws Exception {
        TcpServer server = TcpServer.start(Loopback.patient(), listener);
        try (Peer peer = Peer.greeted(server)) {
            Thread first = Loopback.closeInBackground(server);
            Thread second = Thread.ofPlatform().start(server::close);
            Loopback.assertEnds(second);
            peer.finish().assertReceipt();
            Loopback.assertEnds(first);
        }
        listener.assertEnd(CloseReason.CLOSED);
        listener.assertNoFailure();
    }

    /** Connections that tested for refusal may end before the one that is reset. */
    private void awaitAborted() throws InterruptedException {
        CloseReason end = listener.session().end();
        while (end != CloseReason.ABORTED) {
            end = listener.session().end();
        }
    }
}
