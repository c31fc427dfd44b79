package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import net.protocol.Service;
import net.server.access.AddressFilter;
import net.server.access.AddressSet;
import net.server.access.RefusalReason;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Filters of a TCP server, and their replacement. */
class TcpFilterTest {
    private static final AddressFilter DENY_TWO =
            new AddressFilter(AddressSet.ALL, AddressSet.parse("127.0.0.2"));
    private static final TcpServerConfig ECHO = Loopback.patient(Service.ECHO);

    private final ListenerLog listener = new ListenerLog();

    @Test
    void deniedPeerIsResetCountedAndReported() throws Exception {
        TcpServer server = start(Loopback.patient(), DENY_TWO);
        try (server) {
            Peer.assertRefused("127.0.0.2", server);
            listener.assertRefused("127.0.0.2", RefusalReason.DENIED);
            Peer.assertServed(server, "hello sever!");
        }
        listener.assertMessage("hello sever!");
        listener.assertEnd(CloseReason.RECEIPT);
        listener.assertNoSession();
        listener.assertNoFailure();
        ServerStats stats = server.stats();
        assertEquals(
                new ServerStats(
                        1,
                        0,
                        Map.of(RefusalReason.DENIED, 1L),
                        1,
                        12,
                        13,
                        0,
                        0,
                        Map.of(),
                        stats.uptime()),
                stats);
    }

    @Test
    void deniesPeersThatAreNotAllowed() throws Exception {
        TcpServer server =
                start(
                        Loopback.patient(),
                        new AddressFilter(AddressSet.parse("127.0.0.2/31"), AddressSet.NONE));
        try (server) {
            Peer.assertRefused("127.0.0.1", server);
            for (String source : List.of("127.0.0.2", "127.0.0.3")) {
                try (Peer peer = Peer.connectFrom(source, server.local())) {
                    peer.assertGreeting();
                    peer.finish().assertReceipt();
                }
            }
            Peer.assertRefused("127.0.0.4", server);
        }
        assertEquals(Map.of(RefusalReason.DENIED, 2L), server.stats().refused());
    }

    @Test
    void newFilterAppliesToNewPeersOnly() throws Exception {
        TcpServer server = start(ECHO, AddressFilter.PERMIT_ALL);
        try (server;
                Peer in = Peer.connectFrom("127.0.0.2", server.local())) {
            in.send("x").assertReads("x");
            server.replaceFilter(DENY_TWO);
            Peer.assertRefused("127.0.0.2", server);
            in.send("still").assertReads("still");
            server.replaceFilter(new AddressFilter(AddressSet.ALL, AddressSet.parse("127.0.0.1")));
            Peer.assertRefused("127.0.0.1", server);
            try (Peer next = Peer.connectFrom("127.0.0.2", server.local())) {
                next.send("next").assertReads("next");
            }
            in.finish().assertReceipt();
        }
        ServerStats stats = server.stats();
        assertEquals(Map.of(RefusalReason.DENIED, 2L), stats.refused());
        assertEquals(2, stats.accepted());
        assertEquals(Map.of(), stats.errors());
    }

    @Test
    void deniedPeersDoNotCountAsConnections() throws Exception {
        TcpServerConfig config = ECHO.toBuilder().maxConnections(1).maxPerSource(1).build();
        TcpServer server = start(config, DENY_TWO);
        try (server) {
            for (int i = 0; i < 20; i++) {
                Peer.assertRefused("127.0.0.2", server);
            }
            try (Peer in = Peer.connect(server.local())) {
                in.send("x").assertReads("x");
                // The filter is checked before the limits.
                Peer.assertRefused("127.0.0.2", server);
                Peer.assertRefused("127.0.0.3", server);
            }
        }
        assertEquals(
                Map.of(RefusalReason.DENIED, 21L, RefusalReason.LIMIT, 1L),
                server.stats().refused());
    }

    @Test
    void thousandDenialsLeakNoDescriptor() throws Exception {
        TcpServer server = start(Loopback.patient(), DENY_TWO);
        try (server) {
            long before = Loopback.openDescriptors();
            for (int i = 0; i < 1000; i++) {
                Peer.assertRefused("127.0.0.2", server);
            }
            assertTrue(Loopback.openDescriptors() < before + 500);
            Peer.assertServed(server, "hello sever!");
        }
        assertEquals(Map.of(RefusalReason.DENIED, 1000L), server.stats().refused());
    }

    @Test
    void limitsAreReportedLikeDenials() throws Exception {
        TcpServerConfig config = ECHO.toBuilder().maxPerSource(1).maxConnections(2).build();
        try (TcpServer server = start(config, AddressFilter.PERMIT_ALL);
                Peer one = Peer.connect(server.local())) {
            one.send("x").assertReads("x");
            Peer.assertRefused("127.0.0.1", server);
            listener.assertRefused("127.0.0.1", RefusalReason.SOURCE_LIMIT);
            try (Peer two = Peer.connectFrom("127.0.0.2", server.local())) {
                two.send("x").assertReads("x");
                Peer.assertRefused("127.0.0.3", server);
                listener.assertRefused("127.0.0.3", RefusalReason.LIMIT);
                two.finish().assertReceipt();
            }
            one.finish().assertReceipt();
        }
        listener.assertNoRefusal();
    }

    @Test
    void throwingListenerHasNoEffect() throws Exception {
        ListenerLog failing = spy(ListenerLog.class);
        IllegalStateException failure = new IllegalStateException("log is closed");
        doThrow(failure).when(failing).onRefused(any(), any());
        TcpServer server =
                TcpServer.start(Loopback.patient().toBuilder().filter(DENY_TWO).build(), failing);
        try (server) {
            for (int i = 0; i < 3; i++) {
                Peer.assertRefused("127.0.0.2", server);
                assertSame(failure, failing.failure());
            }
            Peer.assertServed(server, "hello sever!");
        }
        assertEquals(Map.of(RefusalReason.DENIED, 3L), server.stats().refused());
        assertEquals(Map.of(), server.stats().errors());
    }

    @Test
    void rejectsNullFilter() throws Exception {
        try (TcpServer server = start(Loopback.patient(), DENY_TWO)) {
            assertThrows(NullPointerException.class, () -> server.replaceFilter(null));
            Peer.assertRefused("127.0.0.2", server);
        }
    }

    @Test
    void filterOfAClosedServerCanBeReplaced() throws Exception {
        TcpServer server = start(Loopback.patient(), DENY_TWO);
        server.close();
        server.replaceFilter(AddressFilter.PERMIT_ALL);
        listener.assertNoFailure();
    }

    private TcpServer start(TcpServerConfig config, AddressFilter filter) throws IOException {
        return TcpServer.start(config.toBuilder().filter(filter).build(), listener);
    }
}
