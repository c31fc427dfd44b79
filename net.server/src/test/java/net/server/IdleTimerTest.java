package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Service;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Timeouts of real connections. */
class IdleTimerTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    /** Reached on a busy machine only if 30 consecutive bytes are late. */
    private static final Duration TRICKLE_IDLE = Duration.ofMillis(1500);

    private static final Duration PACE = Duration.ofMillis(50);

    private final ListenerLog listener = new ListenerLog();

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"CHARGEN", "STAMP", "CONNECT"})
    void resetsAnIdlePeer(Service service) throws Exception {
        TcpServer server = TcpServer.start(idle(service, SHORT), listener);
        try (server;
                Peer peer = Peer.connect(server.local())) {
            Session session = listener.assertEnd(CloseReason.IDLE);
            assertLasted(SHORT, session);
            peer.assertResetAfterAll();
        }
        assertEquals(Map.of(ErrorKind.IDLE, 1L), server.stats().errors());
        listener.assertNoMessage();
        listener.assertNoFailure();
    }

    @Test
    void resetsAPeerThatStopsReading() throws Exception {
        try (TcpServer server = TcpServer.start(idle(Service.CHARGEN, ONE_SECOND), listener);
                Peer peer = Peer.connect(server.local())) {
            peer.read(74);
            assertLasted(ONE_SECOND, listener.assertEnd(CloseReason.IDLE));
            peer.assertResetAfterAll();
        }
        listener.assertNoFailure();
    }

    @Test
    void resetsAPeerThatSendsAndNeverReads() throws Exception {
        try (TcpServer server = TcpServer.start(idle(Service.ECHO, ONE_SECOND), listener);
                Peer peer = Peer.connect(server.local())) {
            assertThrows(SocketException.class, () -> sendForEver(peer));
            listener.assertEnd(CloseReason.IDLE);
        }
        listener.assertNoFailure();
    }

    @Test
    void recordsMessagesBeforeTheReset() throws Exception {
        try (TcpServer server = TcpServer.start(idle(Service.RECEIVE, ONE_SECOND), listener);
                Peer peer = Peer.connect(server.local())) {
            peer.send("whole\npar");
            listener.assertMessage("whole");
            peer.assertReset();
            listener.assertMessage("par");
            assertEquals(2, listener.assertEnd(CloseReason.IDLE).messages());
        }
    }

    @Test
    void slowPeerReachesOnlyTheSessionTimeout() throws Exception {
        Duration longest = Duration.ofMillis(2500);
        TcpServerConfig config =
                idle(Service.RECEIVE, TRICKLE_IDLE).toBuilder().sessionTimeout(longest).build();
        try (TcpServer server = TcpServer.start(config, listener);
                Peer peer = Peer.connect(server.local())) {
            assertThrows(SocketException.class, () -> trickle(peer));
            Session session = listener.assertEnd(CloseReason.TIMEOUT);
            assertLasted(longest, session);
            assertTrue(session.bytesReceived() > 10, session.toString());
        }
        listener.assertNoFailure();
    }

    @Test
    void sentBytesKeepAConnectionActive() throws Exception {
        TcpService ticking =
                connection -> {
                    while (true) {
                        connection.write(ByteBuffer.allocate(1));
                        LockSupport.parkNanos(PACE.toNanos());
                    }
                };
        TcpServerConfig config =
                Loopback.patient(ticking).toBuilder()
                        .idleTimeout(TRICKLE_IDLE)
                        .sessionTimeout(Duration.ofMillis(2500))
                        .build();
        try (TcpServer server = TcpServer.start(config, listener);
                Peer peer = Peer.connect(server.local())) {
            peer.assertResetAfterAll();
            Session session = listener.assertEnd(CloseReason.TIMEOUT);
            assertTrue(session.bytesSent() > 10, session.toString());
        }
    }

    @Test
    void firstLimitReachedIsTheReason() throws Exception {
        TcpServerConfig config = idle(Service.DISCARD, SHORT);
        try (TcpServer idle =
                        TcpServer.start(
                                config.toBuilder().sessionTimeout(Loopback.NEVER).build(),
                                listener);
                Peer _ = Peer.connect(idle.local())) {
            listener.assertEnd(CloseReason.IDLE);
        }
        config = idle(Service.DISCARD, Loopback.NEVER).toBuilder().sessionTimeout(SHORT).build();
        try (TcpServer timeout = TcpServer.start(config, listener);
                Peer _ = Peer.connect(timeout.local())) {
            listener.assertEnd(CloseReason.TIMEOUT);
        }
    }

    @Test
    void zeroDisablesBothTimeouts() throws Exception {
        TcpServerConfig config =
                idle(Service.ECHO, Duration.ZERO).toBuilder().sessionTimeout(Duration.ZERO).build();
        try (TcpServer server = TcpServer.start(config, listener);
                Peer peer = Peer.connect(server.local())) {
            peer.assertSilence();
            peer.send("still here").assertReads("still here");
        }
        listener.assertEnd(CloseReason.CLOSED);
    }

    @Test
    void zeroDisablesEachTimeoutAlone() throws Exception {
        TcpServerConfig config =
                idle(Service.ECHO, Duration.ZERO).toBuilder().sessionTimeout(SHORT).build();
        try (TcpServer server = TcpServer.start(config, listener);
                Peer _ = Peer.connect(server.local())) {
            listener.assertEnd(CloseReason.TIMEOUT);
        }
        config = idle(Service.ECHO, SHORT).toBuilder().sessionTimeout(Duration.ZERO).build();
        try (TcpServer server = TcpServer.start(config, listener);
                Peer _ = Peer.connect(server.local())) {
            listener.assertEnd(CloseReason.IDLE);
        }
    }

    @Test
    void eachConnectionHasItsOwnTimeout() throws Exception {
        try (TcpServer server = TcpServer.start(idle(Service.ECHO, ONE_SECOND), listener);
                Peer first = Peer.connect(server.local())) {
            // After the first check, and again while no connection is open.
            first.assertSilence();
            try (Peer second = Peer.connect(server.local())) {
                second.assertSilence();
                second.send("x").assertReads("x");
                assertLasted(ONE_SECOND, listener.assertEnd(CloseReason.IDLE));
                assertLasted(ONE_SECOND, listener.assertEnd(CloseReason.IDLE));
            }
            try (Peer third = Peer.connect(server.local())) {
                third.send("x").assertReads("x");
                assertLasted(ONE_SECOND, listener.assertEnd(CloseReason.IDLE));
            }
        }
        listener.assertNoSession();
    }

    @Test
    void resetsManyIdlePeers() throws Exception {
        List<Peer> peers = new ArrayList<>();
        TcpServer server = TcpServer.start(idle(Service.ECHO, SHORT), listener);
        try (server) {
            try {
                for (int i = 0; i < 50; i++) {
                    peers.add(Peer.connect(server.local()));
                }
                for (Peer peer : peers) {
                    peer.assertReset();
                }
            } finally {
                for (Peer peer : peers) {
                    peer.close();
                }
            }
        }
        assertEquals(Map.of(ErrorKind.IDLE, 50L), server.stats().errors());
    }

    @Test
    void doesNotResetAPeerThatWaitsForTheListener() throws Exception {
        TcpServerConfig config = Loopback.patient().toBuilder().sessionTimeout(ONE_SECOND).build();
        try (BlockedListener held = new BlockedListener();
                TcpServer server = TcpServer.start(config, held);
                Peer peer = Peer.connect(server.local());
                Peer idle = Peer.greeted(server)) {
            peer.send("hello sever!").finish();
            held.awaitHeld();
            peer.assertGreeting();
            LockSupport.parkNanos(ONE_SECOND.plus(SHORT).toNanos());
            peer.assertSilence();
            held.release();
            peer.assertReceipt();
            held.assertMessage("hello sever!");
            idle.assertReset();
        }
    }

    private static void assertLasted(Duration limit, Session session) {
        assertTrue(session.duration().compareTo(limit) >= 0, session.toString());
    }

    private static TcpServerConfig idle(Service service, Duration timeout) {
        return Loopback.patient(service).toBuilder().idleTimeout(timeout).build();
    }

    private static void sendForEver(Peer peer) throws IOException {
        byte[] bytes = new byte[64 * 1024];
        while (true) {
            peer.send(bytes);
        }
    }

    private static void trickle(Peer peer) throws IOException {
        while (true) {
            peer.send("x");
            LockSupport.parkNanos(PACE.toNanos());
        }
    }
}
