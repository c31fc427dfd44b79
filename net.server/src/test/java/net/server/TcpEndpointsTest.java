package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.server.access.RefusalReason;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Servers with several endpoints. */
class TcpEndpointsTest {
    private static final Endpoint ONE = new Endpoint("127.1.3.1", 0);
    private static final Endpoint TWO = new Endpoint("127.1.3.2", 0);
    private static final Endpoint THREE = new Endpoint("127.1.3.3", 0);

    private final ListenerLog listener = new ListenerLog();

    @Test
    void listensAtEachEndpointOnOnePort() throws Exception {
        TcpServer server = start(TWO, ONE, THREE);
        try (server) {
            assertEquals(List.of("127.1.3.2", "127.1.3.1", "127.1.3.3"), hosts(server));
            assertEquals(1, ports(server).size());
            assertSame(server.locals().getFirst(), server.local());
            for (InetSocketAddress local : server.locals()) {
                assertServed(local);
                assertEquals(local, listener.message().local());
                assertEquals(local, listener.session().local());
            }
        }
        listener.assertNoFailure();
    }

    @Test
    void portsMayDiffer() throws Exception {
        try (TcpServer first = start(ONE);
                TcpServer server = start(new Endpoint("127.1.3.2", port(first)), ONE, ONE)) {
            assertEquals(List.of("127.1.3.2", "127.1.3.1"), hosts(server));
            assertEquals(port(first), server.locals().getFirst().getPort());
            assertEquals(2, ports(server).size());
            assertServed(server);
        }
    }

    @Test
    void bothFamiliesHaveOnePort() throws Exception {
        Endpoint ipv6 = Loopback.ipv6();
        try (TcpServer server = start(ONE, ipv6)) {
            assertEquals(List.of("127.1.3.1", "::1"), hosts(server));
            assertEquals(1, ports(server).size());
            assertServed(server);
        }
    }

    @Test
    void listensAtAllAddressesOfAName() throws Exception {
        Set<String> expected = new HashSet<>();
        for (InetAddress address : InetAddress.getAllByName("localhost")) {
            try (TcpServer probe = start(Endpoint.of(new InetSocketAddress(address, 0)))) {
                expected.addAll(hosts(probe));
            } catch (BindException expectedWithoutIpv6) {
                // The name is known, but the machine has none of its addresses.
            }
        }
        try (TcpServer server = start(new Endpoint("localhost", 0))) {
            assertEquals(expected, Set.copyOf(hosts(server)));
            assertEquals(expected.size(), server.locals().size());
            assertServed(server);
        }
    }

    @Test
    void reportsEachSocketInOrderBeforeAccepting() throws Exception {
        List<InetSocketAddress> reported = new ArrayList<>();
        List<Peer> early = new ArrayList<>();
        ServerListener telling =
                new ListenerLog() {
                    @Override
                    public void onListening(BoundAddress listening) throws IOException {
                        reported.add(listening.local());
                        early.add(Peer.connect(listening.local()));
                        for (Peer peer : early) {
                            peer.assertSilence();
                        }
                    }
                };
        try (TcpServer server = TcpServer.start(config(ONE, TWO), telling)) {
            assertEquals(server.locals(), reported);
            assertEquals(2, reported.size());
            for (Peer peer : early) {
                peer.assertGreeting();
                peer.finish().assertReceipt();
            }
        } finally {
            for (Peer peer : early) {
                peer.close();
            }
        }
    }

    @Test
    void listenerThatRejectsTheSecondAddressFailsTheStart() throws Exception {
        IOException failure = new IOException("write standard output failed");
        List<Endpoint> reported = new ArrayList<>();
        ServerListener failing =
                new ListenerLog() {
                    @Override
                    public void onListening(BoundAddress listening) throws IOException {
                        reported.add(Endpoint.of(listening.local()));
                        if (reported.size() == 2) {
                            throw failure;
                        }
                    }
                };
        TcpServerConfig config = config(ONE, TWO, THREE);
        assertSame(
                failure, assertThrows(IOException.class, () -> TcpServer.start(config, failing)));
        assertEquals(2, reported.size());
        for (Endpoint endpoint : reported) {
            Loopback.assertNoThread("tcp-server " + endpoint);
        }
        start(reported.get(0), reported.get(1), new Endpoint("127.1.3.3", reported.get(0).port()))
                .close();
    }

    @Test
    void failureAtTheSecondClosesTheFirst() throws Exception {
        try (TcpServer used = start(TWO)) {
            Endpoint free = new Endpoint("127.1.3.1", port(used));
            BindException thrown =
                    assertThrows(BindException.class, () -> start(free, used.endpoint()));
            assertEquals(
                    "listen on 127.1.3.2:" + free.port() + " failed: address already in use",
                    thrown.getMessage());
            assertEquals(List.of(used.local()), reported());
            start(free).close();
        }
    }

    @Test
    void errorNamesTheConfiguredWildcard() throws Exception {
        try (TcpServer used = start(ONE)) {
            int port = port(used);
            for (String host : new String[] {Endpoint.ANY_HOST, "0.0.0.0"}) {
                BindException thrown =
                        assertThrows(BindException.class, () -> start(new Endpoint(host, port)));
                assertEquals(
                        "listen on " + host + ":" + port + " failed: address already in use",
                        thrown.getMessage());
            }
        }
    }

    @Test
    void sameEndpointTwiceIsOneSocket() throws Exception {
        try (TcpServer server = start(ONE, TWO, ONE, TWO)) {
            assertEquals(List.of("127.1.3.1", "127.1.3.2"), hosts(server));
            assertEquals(server.locals(), reported());
        }
    }

    @Test
    void countsAndLimitsApplyToAllSockets() throws Exception {
        TcpServerConfig config = config(ONE, TWO).toBuilder().maxConnections(2).build();
        TcpServer server = TcpServer.start(config, listener);
        InetSocketAddress first = server.locals().get(0);
        InetSocketAddress second = server.locals().get(1);
        try (server;
                Peer one = Peer.connect(first);
                Peer two = Peer.connect(second)) {
            one.assertGreeting();
            two.assertGreeting();
            for (InetSocketAddress full : List.of(first, second)) {
                Peer.assertRefused("127.0.0.1", full);
            }
            assertEquals(2, server.stats().active());
            one.send("one").finish().assertReceipt();
            two.send("three").finish().assertReceipt();
        }
        ServerStats stats = server.stats();
        assertEquals(
                new ServerStats(
                        2,
                        0,
                        Map.of(RefusalReason.LIMIT, 2L),
                        2,
                        8,
                        26,
                        0,
                        0,
                        Map.of(),
                        stats.uptime()),
                stats);
    }

    @Test
    void closeEndsAllSocketsAndThreads() throws Exception {
        TcpServer server = start(ONE, TWO);
        String thread = "tcp-server " + at(server, 0);
        Loopback.assertThreadRuns(thread);
        server.close();
        Loopback.assertNoThread(thread);
        for (InetSocketAddress local : server.locals()) {
            assertThrows(ConnectException.class, () -> Peer.connect(local));
        }
        start(at(server, 0), at(server, 1)).close();
    }

    /** Java cannot open a socket that accepts only IPv6, so these are refused after the accept. */
    @Test
    void peersOfAnotherFamilyAreRefusedAndCounted() throws Exception {
        Loopback.ipv6();
        TcpServer server = startAny(AddressFamily.IPV6);
        try (server) {
            assertEquals(List.of("::"), hosts(server));
            assertServed(address("::1", port(server)));
            Peer.assertRefused("127.0.0.1", address("127.0.0.1", port(server)));
        }
        assertEquals(Map.of(RefusalReason.FAMILY, 1L), server.stats().refused());
        assertEquals(1, server.stats().accepted());
    }

    @Test
    void wildcardOfIpv4IsNotReachedOverIpv6() throws Exception {
        Loopback.ipv6();
        try (TcpServer server = startAny(AddressFamily.IPV4)) {
            assertEquals(List.of("0.0.0.0"), hosts(server));
            assertServed(address("127.0.0.1", port(server)));
            InetSocketAddress other = address("::1", port(server));
            assertThrows(ConnectException.class, () -> Peer.connect(other));
        }
    }

    @Test
    void wildcardOfBothFamiliesIsReachedOverBoth() throws Exception {
        Loopback.ipv6();
        try (TcpServer server = startAny(AddressFamily.ANY)) {
            assertEquals(1, server.locals().size());
            assertTrue(server.local().getAddress().isAnyLocalAddress());
            assertServed(address("127.0.0.1", port(server)));
            assertServed(address("::1", port(server)));
        }
    }

    private TcpServer startAny(AddressFamily family) throws IOException {
        Endpoint any = new Endpoint(Endpoint.ANY_HOST, 0);
        return TcpServer.start(config(any).toBuilder().family(family).build(), listener);
    }

    private TcpServer start(Endpoint... endpoints) throws IOException {
        return TcpServer.start(config(endpoints), listener);
    }

    private static TcpServerConfig config(Endpoint... endpoints) {
        return Loopback.patient().toBuilder().endpoints(endpoints).build();
    }

    private static void assertServed(InetSocketAddress server) throws IOException {
        try (Peer peer = Peer.connect(server)) {
            peer.assertGreeting();
            peer.send("hello sever!").finish().assertReceipt();
        }
    }

    /** Checks an exchange at each socket. */
    private static void assertServed(TcpServer server) throws IOException {
        for (InetSocketAddress local : server.locals()) {
            assertServed(local);
        }
    }

    private List<InetSocketAddress> reported() {
        return listener.listenings().stream().map(BoundAddress::local).toList();
    }

    private static List<String> hosts(TcpServer server) {
        return server.locals().stream().map(local -> Endpoint.of(local).host()).toList();
    }

    private static Set<Integer> ports(TcpServer server) {
        Set<Integer> ports = new HashSet<>();
        server.locals().forEach(local -> ports.add(local.getPort()));
        return ports;
    }

    private static int port(TcpServer server) {
        return server.local().getPort();
    }

    private static Endpoint at(TcpServer server, int index) {
        return Endpoint.of(server.locals().get(index));
    }

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }
}
