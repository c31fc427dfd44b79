package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Endpoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

/** The close of connections, as seen by both sides. */
class SessionTest {
    private final ListenerLog listener = new ListenerLog();

    @ParameterizedTest
    @CsvSource({
        "RECEIPT, receipt, true",
        "CLOSED, closed, true",
        "RESET, reset, false",
        "IDLE, idle, false",
        "TIMEOUT, timeout, false",
        "PROTOCOL, protocol, false",
        "ABORTED, aborted, false",
        "UNRECORDED, unrecorded, false",
        "FAILED, failed, false",
    })
    void reasonsHaveLabelAndOrderliness(CloseReason end, String label, boolean orderly) {
        assertEquals(label, end.label());
        assertEquals(orderly, end.isOrderly());
    }

    @Test
    void sessionHasAddressesAndByteCounts() throws Exception {
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener);
                Peer peer = Peer.greeted(server)) {
            peer.assertSilence();
            peer.send("hello sever!").finish().assertReceipt();

            Session session = listener.assertEnd(CloseReason.RECEIPT);
            assertEquals(server.local(), session.local());
            assertEquals(peer.address(), session.peer());
            assertEquals(1, session.messages());
            assertEquals(12, session.bytesReceived());
            assertEquals(13, session.bytesSent());
            assertTrue(session.duration().compareTo(Loopback.WATCH) >= 0, session.toString());
        }
        listener.assertNoSession();
    }

    @Test
    void receiptWaitsForTheListener() throws Exception {
        try (BlockedListener held = new BlockedListener();
                TcpServer server = TcpServer.start(Loopback.patient(), held);
                Peer peer = Peer.greeted(server)) {
            peer.send("hello sever!").finish();
            held.awaitHeld();
            peer.assertSilence();
            held.assertNoSession();
            held.release();
            peer.assertReceipt();
            held.assertMessage("hello sever!");
            held.assertEnd(CloseReason.RECEIPT);
        }
    }

    @Test
    void blockedListenerDoesNotDelayOtherClients() throws Exception {
        try (BlockedListener held = new BlockedListener();
                TcpServer server = TcpServer.start(Loopback.patient(), held);
                Peer first = Peer.greeted(server);
                Peer second = Peer.connect(server.local())) {
            first.send("first").finish();
            held.awaitHeld();
            second.assertGreeting();
            second.finish().assertReceipt();
            held.assertEnd(CloseReason.CLOSED);
            held.release();
            first.assertReceipt();
        }
    }

    @Test
    void recordsBytesReceivedBeforeAReset() throws Exception {
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener);
                Peer peer = Peer.greeted(server)) {
            peer.send("hello se").abort();
            listener.assertMessage("hello se");
            assertEquals(8, listener.assertEnd(CloseReason.RESET).bytesReceived());
            Peer.assertServed(server, "next");
        }
        listener.assertMessage("next");
        listener.assertNoFailure();
    }

    @Test
    void recordsBytesReceivedBeforeAResetDuringTheGreeting() throws Exception {
        EarlyPeer early = new EarlyPeer(peer -> peer.send("hello se").abort());
        try (early;
                TcpServer server = TcpServer.start(Loopback.patient(), early)) {
            early.assertEnd(CloseReason.RESET);
            early.assertMessage("hello se");
            Peer.assertServed(server, "next");
        }
        early.assertMessage("next");
        early.assertNoFailure();
    }

    @Test
    void resetWithoutAByteIsNotRecorded() throws Exception {
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener);
                Peer peer = Peer.greeted(server)) {
            peer.abort();
            listener.assertEnd(CloseReason.RESET);
        }
        listener.assertNoMessage();
        listener.assertNoFailure();
    }

    @Test
    void resetsASilentClientAtTheSessionTimeout() throws Exception {
        Duration timeout = Duration.ofMillis(300);
        TcpServerConfig config = Loopback.patient().toBuilder().sessionTimeout(timeout).build();
        try (TcpServer server = TcpServer.start(config, listener);
                Peer peer = Peer.connect(server.local())) {
            Session session = listener.assertEnd(CloseReason.TIMEOUT);
            assertTrue(session.duration().compareTo(timeout) >= 0, session.toString());
            peer.assertGreeting();
            peer.assertReset();
        }
        listener.assertNoMessage();
        listener.assertNoFailure();
    }

    @Test
    void recordsBytesReceivedBeforeTheSessionTimeout() throws Exception {
        TcpServerConfig config =
                Loopback.patient().toBuilder().sessionTimeout(Duration.ofSeconds(2)).build();
        EarlyPeer early = new EarlyPeer(peer -> peer.send("hello se"));
        try (early;
                TcpServer _ = TcpServer.start(config, early)) {
            early.assertEnd(CloseReason.TIMEOUT);
            early.assertMessage("hello se");
            early.peer().assertGreeting();
            early.peer().assertReset();
        }
        early.assertNoFailure();
    }

    @Test
    void servesAClientFromBeforeTheFirstAccept() throws Exception {
        EarlyPeer early = new EarlyPeer(peer -> peer.send("hello sever!").finish());
        try (early;
                TcpServer _ = TcpServer.start(Loopback.patient(), early)) {
            early.peer().assertGreeting();
            early.peer().assertReceipt();
            early.assertMessage("hello sever!");
        }
    }

    @Test
    void servesOverIpv6() throws Exception {
        Endpoint ipv6 = Loopback.ipv6();
        try (TcpServer server = TcpServer.start(ipv6, listener);
                Peer peer = Peer.greeted(server)) {
            assertEquals(new Endpoint("::1", server.local().getPort()), server.endpoint());
            peer.send("hello sever!").finish().assertReceipt();
            ReceivedMessage message = listener.message();
            assertEquals("hello sever!", message.message().text().orElseThrow());
            assertEquals(server.local(), message.local());
            assertEquals(peer.address(), message.peer());
        }
    }
}
