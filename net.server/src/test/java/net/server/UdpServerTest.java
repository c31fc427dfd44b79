package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

class UdpServerTest {
    private final ListenerLog listener = new ListenerLog();

    static List<Exception> failures() {
        return List.of(
                new IOException("no space left on device"),
                new IllegalStateException("log is closed"));
    }

    @Test
    void recordsADatagramAndItsAddresses() throws Exception {
        try (UdpServer server = UdpServer.start(Loopback.ENDPOINT, listener);
                Sender sender = new Sender("127.0.0.1")) {
            Instant before = Instant.now();
            sender.send("hello sever!", server.local());

            ReceivedMessage message = listener.message();
            assertEquals(Message.of("hello sever!"), message.message());
            assertEquals(12, message.received());
            assertFalse(message.isTruncated());
            assertEquals(Transport.UDP, message.transport());
            assertEquals(server.local(), message.local());
            assertEquals(sender.address(), message.peer());
            assertFalse(message.time().isBefore(before));
            assertFalse(message.time().isAfter(Instant.now()));
        }
        listener.assertNoMessage();
        listener.assertNoFailure();
    }

    @Test
    void neverAnswers() throws Exception {
        try (UdpServer server = UdpServer.start(Loopback.ENDPOINT, listener);
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("hello sever!", server.local());
            listener.message();
            sender.assertSilence();
            assertEquals(0, server.stats().bytesSent());
        }
    }

    @Test
    void emptyDatagramIsAMessage() throws Exception {
        UdpServer server = UdpServer.start(Loopback.ENDPOINT, listener);
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("", server.local());
            listener.assertMessage("");
        }
        assertEquals(1, server.stats().messages());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1023, 1024, 1025, 60_000})
    void truncatesTo1024BytesAndCountsAll(int length) throws Exception {
        UdpServer server = UdpServer.start(Loopback.ENDPOINT, listener);
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send(Loopback.bytes(length), server.local());
            Loopback.assertPattern(length, listener.message());
        }
        ServerStats stats = server.stats();
        assertEquals(length > 1024 ? 1 : 0, stats.truncated());
        assertEquals(length, stats.bytesReceived());
    }

    @Test
    void datagramHasNoBytesOfAnEarlierOne() throws Exception {
        try (UdpServer server = UdpServer.start(Loopback.ENDPOINT, listener);
                Sender sender = new Sender("127.0.0.1")) {
            sender.send(Loopback.bytes(2000), server.local());
            sender.send("hello sever!", server.local());
            Loopback.assertPattern(2000, listener.message());
            listener.assertMessage("hello sever!");
        }
    }

    @Test
    void countsDatagrams() throws Exception {
        UdpServer server = UdpServer.start(Loopback.ENDPOINT, listener);
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("hello sever!", server.local());
            sender.send(Loopback.bytes(1025), server.local());
            sender.send("", server.local());
        }
        ServerStats stats = server.stats();
        assertEquals(
                new ServerStats(3, 0, Map.of(), 3, 12 + 1025, 0, 1, 0, Map.of(), stats.uptime()),
                stats);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void continuesAfterAThrowingListener(Exception failure) throws Exception {
        ListenerLog failing = spy(ListenerLog.class);
        doThrow(failure).doCallRealMethod().when(failing).onMessage(any());
        UdpServer server = UdpServer.start(Loopback.ENDPOINT, failing);
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("first", server.local());
            assertSame(failure, failing.failure());
            sender.send("second", server.local());
            failing.assertMessage("second");
        }
        failing.assertNoFailure();
        ServerStats stats = server.stats();
        assertEquals(
                new ServerStats(2, 0, Map.of(), 1, 5 + 6, 0, 0, 1, Map.of(), stats.uptime()),
                stats);
    }

    @Test
    void continuesAfterAFailureInOnFailure() throws Exception {
        ListenerLog failing = spy(ListenerLog.class);
        doThrow(new IOException("no space left on device"))
                .doCallRealMethod()
                .when(failing)
                .onMessage(any());
        doThrow(new IllegalStateException("log is closed")).when(failing).onFailure(any());
        try (UdpServer server = UdpServer.start(Loopback.ENDPOINT, failing);
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("first", server.local());
            sender.send("second", server.local());
            failing.assertMessage("second");
        }
    }

    @Test
    void servesOverIpv6() throws Exception {
        Endpoint ipv6 = Loopback.ipv6();
        try (UdpServer server = UdpServer.start(ipv6, listener);
                Sender sender = new Sender("::1")) {
            assertEquals(new Endpoint("::1", server.local().getPort()), server.endpoint());
            sender.send("hello sever!", server.local());
            ReceivedMessage message = listener.message();
            assertEquals(Message.of("hello sever!"), message.message());
            assertEquals(sender.address(), message.peer());
        }
    }

    @Test
    void listensOnAllAddresses() throws Exception {
        try (UdpServer server = UdpServer.start(new Endpoint(Endpoint.ANY_HOST, 0), listener);
                Sender sender = new Sender("127.0.0.1")) {
            assertTrue(server.local().getAddress().isAnyLocalAddress());
            int port = server.local().getPort();
            sender.send(
                    "hello sever!",
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            ReceivedMessage message = listener.message();
            assertEquals(Message.of("hello sever!"), message.message());
            assertEquals(server.local(), message.local());
            assertEquals(sender.address(), message.peer());
        }
    }

    @Test
    void rejectsNull() {
        assertThrows(NullPointerException.class, () -> UdpServer.start((Endpoint) null, listener));
        assertThrows(NullPointerException.class, () -> UdpServer.start(Loopback.ENDPOINT, null));
    }
}
