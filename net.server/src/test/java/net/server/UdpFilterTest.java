package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import net.protocol.Service;
import net.server.access.AddressFilter;
import net.server.access.AddressSet;
import net.server.access.RefusalReason;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Map;

/** Filters of a UDP server, and their replacement. */
class UdpFilterTest {
    private static final AddressFilter DENY_TWO =
            new AddressFilter(AddressSet.ALL, AddressSet.parse("127.0.0.2"));

    private final ListenerLog listener = new ListenerLog();

    @Test
    void deniedDatagramIsDroppedCountedAndReported() throws Exception {
        UdpServer server = start(Service.RECEIVE, DENY_TWO);
        try (server;
                Sender denied = new Sender("127.0.0.2");
                Sender other = new Sender("127.0.0.1")) {
            denied.send("let me in", server.local());
            listener.assertRefused(denied.address(), RefusalReason.DENIED);
            other.send("hello sever!", server.local());
            listener.assertMessage("hello sever!");
        }
        listener.assertNoMessage();
        listener.assertNoFailure();
        ServerStats stats = server.stats();
        assertEquals(
                new ServerStats(
                        1,
                        0,
                        Map.of(RefusalReason.DENIED, 1L),
                        1,
                        12,
                        0,
                        0,
                        0,
                        Map.of(),
                        stats.uptime()),
                stats);
    }

    @Test
    void deniedDatagramIsNotAnswered() throws Exception {
        UdpServer server = start(Service.ECHO, DENY_TWO);
        try (server;
                Sender denied = new Sender("127.0.0.2");
                Sender other = new Sender("127.0.0.1")) {
            denied.send("let me in", server.local());
            other.send("hello sever!", server.local());
            other.assertReceives("hello sever!");
            denied.assertSilence();
        }
        assertEquals(12, server.stats().bytesSent());
    }

    @Test
    void newFilterAppliesToLaterDatagrams() throws Exception {
        UdpServer server = start(Service.ECHO, AddressFilter.PERMIT_ALL);
        try (server;
                Sender sender = new Sender("127.0.0.2")) {
            sender.send("one", server.local());
            sender.assertReceives("one");
            server.replaceFilter(DENY_TWO);
            sender.send("two", server.local());
            listener.assertRefused(sender.address(), RefusalReason.DENIED);
            server.replaceFilter(new AddressFilter(AddressSet.parse("127.0.0.2"), AddressSet.NONE));
            sender.send("three", server.local());
            sender.assertReceives("three");
        }
        listener.assertNoRefusal();
        assertEquals(Map.of(RefusalReason.DENIED, 1L), server.stats().refused());
        assertEquals(2, server.stats().accepted());
    }

    @Test
    void throwingListenerHasNoEffect() throws Exception {
        ListenerLog failing = spy(ListenerLog.class);
        IllegalStateException failure = new IllegalStateException("log is closed");
        doThrow(failure).when(failing).onRefused(any(), any());
        UdpServer server =
                UdpServer.start(
                        UdpServerConfig.of(Loopback.ENDPOINT).toBuilder().filter(DENY_TWO).build(),
                        failing);
        try (server;
                Sender denied = new Sender("127.0.0.2");
                Sender other = new Sender("127.0.0.1")) {
            for (int i = 0; i < 3; i++) {
                denied.send("let me in", server.local());
                assertSame(failure, failing.failure());
            }
            other.send("hello sever!", server.local());
            failing.assertMessage("hello sever!");
        }
        assertEquals(Map.of(RefusalReason.DENIED, 3L), server.stats().refused());
        assertEquals(Map.of(), server.stats().errors());
    }

    @Test
    void refusedAnswersAreReported() throws Exception {
        UdpServer server = start(Service.ECHO, AddressFilter.PERMIT_ALL);
        try (server;
                Sender sender = new Sender("127.0.0.2", server.local().getPort())) {
            sender.send("hello sever!", server.local());
            listener.assertRefused(sender.address(), RefusalReason.OWN_PORT);
        }
        assertEquals(1, server.stats().accepted());
    }

    @Test
    void rejectsNullFilter() throws Exception {
        try (UdpServer server = start(Service.RECEIVE, DENY_TWO);
                Sender denied = new Sender("127.0.0.2")) {
            assertThrows(NullPointerException.class, () -> server.replaceFilter(null));
            denied.send("let me in", server.local());
            listener.assertRefused(denied.address(), RefusalReason.DENIED);
        }
    }

    private UdpServer start(Service service, AddressFilter filter) throws IOException {
        UdpServerConfig config = UdpServerConfig.of(Loopback.ENDPOINT, service);
        return UdpServer.start(config.toBuilder().filter(filter).build(), listener);
    }
}
