package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Endpoint;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

class UdpServerLifecycleTest {
    private final ListenerLog listener = new ListenerLog();

    /** A listener that fails the start. */
    private static final class GivingUp extends ListenerLog {
        private final List<InetSocketAddress> reported = new ArrayList<>();
        private final IOException failure = new IOException("write standard output failed");

        @Override
        public void onListening(BoundAddress listening) throws IOException {
            reported.add(listening.local());
            throw failure;
        }
    }

    @Test
    void recordsDatagramsFromBeforeClose() throws Exception {
        try (BlockedListener held = new BlockedListener();
                UdpServer server = UdpServer.start(Loopback.ENDPOINT, held);
                Sender sender = new Sender("127.0.0.1")) {
            for (int i = 0; i < 5; i++) {
                sender.send("message " + i, server.local());
            }
            held.awaitHeld();
            Thread closer = Loopback.closeInBackground(server);
            held.release();
            Loopback.assertEnds(closer);
            for (int i = 0; i < 5; i++) {
                held.assertMessage("message " + i);
            }
            assertEquals(5, server.stats().messages());
            held.assertNoFailure();
        }
    }

    @Test
    void recordsDatagramsFromBeforeTheFirstReceive() throws Exception {
        try (Sender sender = new Sender("127.0.0.1")) {
            ListenerLog early =
                    new ListenerLog() {
                        @Override
                        public void onListening(BoundAddress listening) throws IOException {
                            sender.send("hello sever!", listening.local());
                        }
                    };
            UdpServer.start(Loopback.ENDPOINT, early).close();
            early.assertMessage("hello sever!");
        }
    }

    @Test
    void closeEndsTheThreadAndFreesThePort() throws Exception {
        UdpServer server = UdpServer.start(Loopback.ENDPOINT, listener);
        String receiver = "udp-server 127.0.0.1:" + server.local().getPort();
        Loopback.assertThreadRuns(receiver);
        server.close();
        Loopback.assertNoThread(receiver);
        try (UdpServer next = UdpServer.start(server.endpoint(), listener);
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("next", next.local());
            listener.assertMessage("next");
        }
        listener.assertNoFailure();
    }

    @Test
    void secondCloseDoesNothing() throws Exception {
        UdpServer server = UdpServer.start(Loopback.ENDPOINT, listener);
        server.close();
        try (UdpServer next = UdpServer.start(server.endpoint(), listener);
                Sender sender = new Sender("127.0.0.1")) {
            server.close();
            sender.send("next", next.local());
            listener.assertMessage("next");
        }
        listener.assertNoFailure();
    }

    @Test
    void keepsItsAddressAfterClose() throws Exception {
        UdpServer server = UdpServer.start(Loopback.ENDPOINT, listener);
        InetSocketAddress local = server.local();
        assertTrue(server.isOpen());
        server.close();
        assertEquals(local, server.local());
        assertFalse(server.isOpen());
    }

    @Test
    void interruptEndsTheGraceTimeAndIsSetAgain() throws Exception {
        try (BlockedListener held = new BlockedListener();
                UdpServer server = UdpServer.start(Loopback.ENDPOINT, held);
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("hello sever!", server.local());
            held.awaitHeld();
            AtomicBoolean interrupted = new AtomicBoolean();
            long startNanos = System.nanoTime();
            Thread closer = Loopback.closeInBackground(server, interrupted);
            closer.interrupt();
            Loopback.assertEnds(closer);
            assertTrue(
                    System.nanoTime() - startNanos < Server.DEFAULT_DRAIN.toNanos(), "waited on");
            assertTrue(interrupted.get());
            held.release();
            held.assertMessage("hello sever!");
        }
    }

    @Test
    void portInUseIsABindException() throws Exception {
        try (UdpServer first = UdpServer.start(Loopback.ENDPOINT, listener);
                Sender sender = new Sender("127.0.0.1")) {
            Endpoint same = first.endpoint();
            BindException thrown =
                    assertThrows(BindException.class, () -> UdpServer.start(same, listener));
            assertEquals(
                    "listen on 127.0.0.1:" + same.port() + " failed: address already in use",
                    thrown.getMessage());
            assertTrue(thrown.getCause() instanceof BindException, "cause is kept");
            sender.send("first is as it was", first.local());
            listener.assertMessage("first is as it was");
        }
    }

    @Test
    void errorNamesTheUnknownHost() {
        Endpoint unknown = new Endpoint("nosuch.invalid", 8888);
        UnknownHostException thrown =
                assertThrows(UnknownHostException.class, () -> UdpServer.start(unknown, listener));
        assertEquals("listen on nosuch.invalid:8888 failed: name not found", thrown.getMessage());
        assertTrue(thrown.getCause() instanceof UnknownHostException, "cause is kept");
    }

    @Test
    void startFailsWithTheListenersExceptionAndFreesThePort() throws Exception {
        GivingUp givingUp = new GivingUp();
        IOException thrown =
                assertThrows(IOException.class, () -> UdpServer.start(Loopback.ENDPOINT, givingUp));
        assertSame(givingUp.failure, thrown);
        assertEquals(1, givingUp.reported.size());
        Endpoint same = Endpoint.of(givingUp.reported.getFirst());
        Loopback.assertNoThread("udp-server " + same);
        UdpServer.start(same, listener).close();
    }

    @Test
    void failedStartsLeakNoDescriptor() throws Exception {
        GivingUp givingUp = new GivingUp();
        try (UdpServer first = UdpServer.start(Loopback.ENDPOINT, listener)) {
            Endpoint used = first.endpoint();
            long before = Loopback.openDescriptors();
            // Twice as many as all other tests together may open or close meanwhile.
            for (int i = 0; i < 1000; i++) {
                assertThrows(BindException.class, () -> UdpServer.start(used, listener));
                assertThrows(IOException.class, () -> UdpServer.start(Loopback.ENDPOINT, givingUp));
            }
            assertTrue(Loopback.openDescriptors() < before + 500);
        }
    }
}
