package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.protocol.Service;
import net.server.access.ConnectionLimiter;
import net.server.access.RefusalReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Connection limits: further connections are reset and counted. */
class TcpAdmissionTest {
    private static final TcpServerConfig ECHO = Loopback.patient(Service.ECHO);

    private final ListenerLog listener = new ListenerLog();

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void resetsConnectionsAboveTheLimit(int max) throws Exception {
        List<Peer> in = new ArrayList<>();
        TcpServerConfig config = Loopback.patient().toBuilder().maxConnections(max).build();
        TcpServer server = TcpServer.start(config, listener);
        try (server) {
            try {
                for (int i = 0; i < max; i++) {
                    in.add(Peer.greeted(server));
                }
                Peer.assertRefused("127.0.0.1", server);
                assertEquals(max, server.stats().active());
                for (Peer peer : in) {
                    peer.send("hello sever!").finish().assertReceipt();
                }
            } finally {
                for (Peer peer : in) {
                    peer.close();
                }
            }
        }
        ServerStats stats = server.stats();
        assertEquals(Map.of(RefusalReason.LIMIT, 1L), stats.refused());
        assertEquals(max, stats.accepted());
        assertEquals(max, stats.messages());
        assertEquals(13 * max, stats.bytesSent());
        assertEquals(Map.of(), stats.errors());
        for (int i = 0; i < max; i++) {
            listener.assertEnd(CloseReason.RECEIPT);
        }
        listener.assertNoSession();
        listener.assertNoFailure();
    }

    @Test
    void serversCanShareALimiter() throws Exception {
        TcpServerConfig shared = ECHO.toBuilder().limiter(new ConnectionLimiter(2, 2)).build();
        TcpServer one = TcpServer.start(shared, listener);
        TcpServer two = TcpServer.start(shared, listener);
        try (one;
                two) {
            try (Peer first = Peer.connectFrom("127.0.0.1", one.local());
                    Peer second = Peer.connectFrom("127.0.0.1", two.local())) {
                first.send("a");
                second.send("a");
                Loopback.await(() -> one.stats().active() + two.stats().active() == 2);
                Peer.assertRefused("127.0.0.1", two);
            }
            Loopback.await(() -> one.stats().active() + two.stats().active() == 0);
            try (Peer next = Peer.connectFrom("127.0.0.1", one.local())) {
                next.send("a");
                Loopback.await(() -> one.stats().active() == 1);
            }
        }
        assertEquals(Map.of(), one.stats().refused());
        assertEquals(Map.of(RefusalReason.LIMIT, 1L), two.stats().refused());
    }

    @Test
    void limitPerSourceAppliesToEachSource() throws Exception {
        TcpServerConfig config = Loopback.patient().toBuilder().maxPerSource(2).build();
        TcpServer server = TcpServer.start(config, listener);
        try (server;
                Peer one = Peer.connectFrom("127.0.0.1", server.local());
                Peer two = Peer.connectFrom("127.0.0.1", server.local());
                Peer other = Peer.connectFrom("127.0.0.2", server.local())) {
            one.assertGreeting();
            two.assertGreeting();
            other.assertGreeting();
            Peer.assertRefused("127.0.0.1", server);
            try (Peer third = Peer.connectFrom("127.0.0.3", server.local())) {
                third.assertGreeting();
                third.finish().assertReceipt();
            }
            one.finish().assertReceipt();
            try (Peer next = Peer.connectFrom("127.0.0.1", server.local())) {
                next.assertGreeting();
                next.finish().assertReceipt();
            }
            two.finish().assertReceipt();
            other.finish().assertReceipt();
        }
        assertEquals(Map.of(RefusalReason.SOURCE_LIMIT, 1L), server.stats().refused());
        assertEquals(5, server.stats().accepted());
    }

    @Test
    void refusedPeersDoNotCount() throws Exception {
        TcpServer server = TcpServer.start(ECHO.toBuilder().maxConnections(1).build(), listener);
        try (server;
                Peer in = Peer.connect(server.local())) {
            in.send("x").assertReads("x");
            for (int i = 0; i < 50; i++) {
                Peer.assertRefused("127.0.0.1", server);
            }
            in.finish().assertReceipt();
            try (Peer next = Peer.connect(server.local())) {
                next.send("next").assertReads("next");
            }
        }
        assertEquals(Map.of(RefusalReason.LIMIT, 50L), server.stats().refused());
        assertEquals(2, server.stats().accepted());
    }

    @Test
    void receiptReleasesThePlace() throws Exception {
        TcpServer server =
                TcpServer.start(Loopback.patient().toBuilder().maxConnections(1).build(), listener);
        try (server) {
            for (int i = 0; i < 200; i++) {
                Peer.assertServed(server, "message " + i);
            }
        }
        assertEquals(Map.of(), server.stats().refused());
        assertEquals(200, server.stats().messages());
    }

    @Test
    void echoReleasesThePlaceOfTheSource() throws Exception {
        TcpServer server = TcpServer.start(ECHO.toBuilder().maxPerSource(1).build(), listener);
        try (server) {
            for (int i = 0; i < 200; i++) {
                try (Peer peer = Peer.connect(server.local())) {
                    peer.send("hello").finish().assertReads("hello");
                    peer.assertReceipt();
                }
            }
        }
        assertEquals(Map.of(), server.stats().refused());
        assertEquals(200, server.stats().accepted());
    }

    @Test
    void resetByThePeerReleasesThePlace() throws Exception {
        TcpServer server =
                TcpServer.start(Loopback.patient().toBuilder().maxConnections(1).build(), listener);
        try (server) {
            for (int i = 0; i < 20; i++) {
                try (Peer peer = Peer.greeted(server)) {
                    peer.abort();
                }
                listener.assertEnd(CloseReason.RESET);
            }
            Peer.assertServed(server, "next");
        }
        assertEquals(Map.of(), server.stats().refused());
    }

    @Test
    void timeoutReleasesThePlace() throws Exception {
        TcpServerConfig config =
                ECHO.toBuilder().maxConnections(1).idleTimeout(Duration.ofMillis(200)).build();
        TcpServer server = TcpServer.start(config, listener);
        try (server) {
            for (int i = 0; i < 3; i++) {
                try (Peer peer = Peer.connect(server.local())) {
                    listener.assertEnd(CloseReason.IDLE);
                    peer.assertReset();
                }
            }
        }
        assertEquals(Map.of(), server.stats().refused());
        assertEquals(Map.of(ErrorKind.IDLE, 3L), server.stats().errors());
    }

    @Test
    void failedServiceReleasesThePlace() throws Exception {
        TcpService failing =
                connection -> {
                    connection.read(ByteBuffer.allocate(1));
                    throw new IllegalStateException("disk is gone");
                };
        TcpServerConfig config = Loopback.patient(failing).toBuilder().maxConnections(1).build();
        TcpServer server = TcpServer.start(config, listener);
        try (server) {
            for (int i = 0; i < 3; i++) {
                try (Peer peer = Peer.connect(server.local())) {
                    peer.send("x");
                    listener.assertEnd(CloseReason.FAILED);
                    peer.assertReset();
                    assertEquals("disk is gone", listener.failure().getMessage());
                }
            }
        }
        assertEquals(Map.of(), server.stats().refused());
        assertEquals(Map.of(ErrorKind.FAILED, 3L), server.stats().errors());
    }
}
