package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Endpoint;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class TcpServerTest {
    private final ListenerLog listener = new ListenerLog();

    @Test
    void reportsItsAddressBeforeAccepting() throws Exception {
        EarlyPeer early = new EarlyPeer(Peer::assertSilence);
        try (early;
                TcpServer server = TcpServer.start(Loopback.patient(), early)) {
            assertTrue(server.isOpen());
            early.peer().assertGreeting();
            early.peer().finish().assertReceipt();
        }
    }

    @Test
    void reportsTheActualPortOnce() throws Exception {
        List<InetSocketAddress> reported = new ArrayList<>();
        ServerListener listening =
                new ListenerLog() {
                    @Override
                    public void onListening(BoundAddress listening) {
                        reported.add(listening.local());
                    }
                };
        try (TcpServer server = TcpServer.start(Loopback.ENDPOINT, listening)) {
            assertEquals(List.of(server.local()), reported);
            assertEquals(InetAddress.ofLiteral("127.0.0.1"), server.local().getAddress());
            assertNotEquals(0, server.local().getPort());
        }
    }

    @Test
    void startFailsWithTheListenersExceptionAndFreesThePort() throws Exception {
        IOException failure = new IOException("write standard output failed");
        List<InetSocketAddress> reported = new ArrayList<>();
        ServerListener failing =
                new ListenerLog() {
                    @Override
                    public void onListening(BoundAddress listening) throws IOException {
                        reported.add(listening.local());
                        throw failure;
                    }
                };
        IOException thrown =
                assertThrows(IOException.class, () -> TcpServer.start(Loopback.ENDPOINT, failing));
        assertSame(failure, thrown);
        Endpoint same = Endpoint.of(reported.getFirst());
        Loopback.assertNoThread("tcp-server " + same);
        try (TcpServer server = TcpServer.start(same, listener)) {
            Peer.assertServed(server, "hello sever!");
        }
    }

    @Test
    void portInUseIsABindException() throws Exception {
        try (TcpServer first = TcpServer.start(Loopback.ENDPOINT, listener)) {
            Endpoint same = first.endpoint();
            BindException thrown =
                    assertThrows(BindException.class, () -> TcpServer.start(same, listener));
            assertEquals(
                    "listen on 127.0.0.1:" + same.port() + " failed: address already in use",
                    thrown.getMessage());
            assertTrue(thrown.getCause() instanceof BindException, "cause is kept");
            Peer.assertServed(first, "first is as it was");
        }
    }

    @Test
    void addressOfAnotherMachineIsABindException() {
        // An address that no machine has (RFC 5737).
        Endpoint foreign = new Endpoint("192.0.2.1", 0);
        BindException thrown =
                assertThrows(BindException.class, () -> TcpServer.start(foreign, listener));
        String message = thrown.getMessage();
        assertTrue(message.startsWith("listen on 192.0.2.1:0 failed: "), message);
        assertTrue(message.endsWith("assign requested address"), message);
    }

    @Test
    void errorNamesTheUnknownHost() {
        Endpoint unknown = new Endpoint("nosuch.invalid", 8888);
        UnknownHostException thrown =
                assertThrows(UnknownHostException.class, () -> TcpServer.start(unknown, listener));
        assertEquals("listen on nosuch.invalid:8888 failed: name not found", thrown.getMessage());
        assertTrue(thrown.getCause() instanceof UnknownHostException, "cause is kept");
    }

    @Test
    void failedStartsLeakNoDescriptor() throws Exception {
        ServerListener failing =
                new ListenerLog() {
                    @Override
                    public void onListening(BoundAddress listening) throws IOException {
                        throw new IOException("write standard output failed");
                    }
                };
        try (TcpServer first = TcpServer.start(Loopback.ENDPOINT, listener)) {
            Endpoint used = first.endpoint();
            long before = Loopback.openDescriptors();
            // Twice as many as all other tests together may open or close meanwhile.
            for (int i = 0; i < 1000; i++) {
                assertThrows(BindException.class, () -> TcpServer.start(used, listener));
                assertThrows(IOException.class, () -> TcpServer.start(Loopback.ENDPOINT, failing));
            }
            assertTrue(Loopback.openDescriptors() < before + 500);
        }
    }

    @Test
    void listensOnTheFirstAddressOfAName() throws Exception {
        try (TcpServer server = TcpServer.start(new Endpoint("localhost", 0), listener)) {
            InetAddress first = InetAddress.getAllByName("localhost")[0];
            assertEquals(first, server.local().getAddress());
            Peer.assertServed(server, "hello sever!");
        }
    }

    @Test
    void listensOnAllAddresses() throws Exception {
        try (TcpServer server = TcpServer.start(new Endpoint(Endpoint.ANY_HOST, 0), listener)) {
            assertTrue(server.local().getAddress().isAnyLocalAddress());
            InetSocketAddress asked = new InetSocketAddress("127.0.0.1", server.local().getPort());
            try (Peer peer = Peer.connect(asked)) {
                peer.assertGreeting();
                peer.send("hello sever!").finish().assertReceipt();
                ReceivedMessage message = listener.message();
                assertEquals(asked, message.local());
                assertEquals(peer.address(), message.peer());
            }
        }
    }

    @Test
    void silentClientsDoNotDelayOthers() throws Exception {
        List<Peer> silent = new ArrayList<>();
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener)) {
            try {
                for (int i = 0; i < 200; i++) {
                    silent.add(Peer.connect(server.local()));
                }
                Peer.assertServed(server, "hello sever!");
                listener.assertMessage("hello sever!");
                listener.assertEnd(CloseReason.RECEIPT);
                for (Peer peer : silent) {
                    peer.assertGreeting();
                }
                listener.assertNoSession();
                assertEquals(201, server.stats().accepted());
            } finally {
                for (Peer peer : silent) {
                    peer.close();
                }
            }
        }
    }

    @Test
    void acceptsTheLongestDurations() throws Exception {
        Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
        TcpServerConfig config =
                TcpServerConfig.of(Loopback.ENDPOINT).toBuilder()
                        .messageGap(ages)
                        .idleTimeout(ages)
                        .sessionTimeout(ages)
                        .drain(ages)
                        .build();
        TcpServer server = TcpServer.start(config, listener);
        try (server) {
            Peer.assertServed(server, "hello sever!");
        }
        assertFalse(server.isOpen());
    }

    @Test
    void servesWithTheSmallestBacklog() throws Exception {
        try (TcpServer server =
                TcpServer.start(Loopback.patient().toBuilder().backlog(1).build(), listener)) {
            Peer.assertServed(server, "hello sever!");
        }
    }
}
