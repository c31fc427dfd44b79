package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class TcpServerStatsTest {
    private final ListenerLog listener = new ListenerLog();

    @Test
    void newServerHasZeroCounts() throws Exception {
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener)) {
            ServerStats stats = server.stats();
            Duration uptime = stats.uptime();
            assertEquals(new ServerStats(0, 0, Map.of(), 0, 0, 0, 0, 0, Map.of(), uptime), stats);
        }
    }

    @Test
    void countsEveryKindOfExchange() throws Exception {
        TcpServer server = TcpServer.start(Loopback.patient(), listener);
        try (server;
                Peer truncated = Peer.greeted(server);
                Peer empty = Peer.greeted(server);
                Peer reset = Peer.greeted(server);
                Peer overrun = Peer.greeted(server)) {
            Peer.assertServed(server, "hello sever!");
            truncated.send(Loopback.bytes(1025)).finish().assertReceipt();
            empty.finish().assertReceipt();
            reset.abort();
            overrun.send(Loopback.bytes(66_561)).assertReset();
        }
        ServerStats stats = server.stats();
        assertEquals(
                new ServerStats(
                        5,
                        0,
                        Map.of(),
                        3,
                        12 + 1025 + 66_561,
                        5 * 13,
                        2,
                        0,
                        Map.of(ErrorKind.RESET, 1L, ErrorKind.PROTOCOL, 1L),
                        stats.uptime()),
                stats);
    }

    @Test
    void activeIsTheNumberOfOpenConnections() throws Exception {
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener);
                Peer first = Peer.greeted(server);
                Peer second = Peer.greeted(server)) {
            assertEquals(2, server.stats().active());
            assertEquals(2, server.stats().accepted());
            first.finish().assertReceipt();
            Loopback.await(() -> server.stats().active() == 1);
            second.abort();
            Loopback.await(() -> server.stats().active() == 0);
            assertEquals(2, server.stats().accepted());
        }
    }

    @Test
    void errorsOfOneKindAddUp() throws Exception {
        TcpServer server =
                TcpServer.start(
                        Loopback.patient().toBuilder().drain(Duration.ZERO).build(), listener);
        try (Peer first = Peer.greeted(server);
                Peer second = Peer.greeted(server)) {
            server.close();
            first.assertReset();
            second.assertReset();
            listener.assertEnd(CloseReason.ABORTED);
            listener.assertEnd(CloseReason.ABORTED);
        }
        assertEquals(Map.of(ErrorKind.ABORTED, 2L), server.stats().errors());
    }

    @Test
    void timeoutIsAnError() throws Exception {
        TcpServerConfig config =
                Loopback.patient().toBuilder().sessionTimeout(Duration.ofMillis(50)).build();
        TcpServer server = TcpServer.start(config, listener);
        try (server;
                Peer _ = Peer.connect(server.local())) {
            listener.assertEnd(CloseReason.TIMEOUT);
        }
        assertEquals(Map.of(ErrorKind.TIMEOUT, 1L), server.stats().errors());
    }

    @Test
    void uptimeGrows() throws Exception {
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener);
                Peer peer = Peer.greeted(server)) {
            Duration before = server.stats().uptime();
            peer.assertSilence();
            Duration grown = server.stats().uptime().minus(before);
            assertTrue(grown.compareTo(Loopback.WATCH) >= 0, grown.toString());
        }
    }
}
