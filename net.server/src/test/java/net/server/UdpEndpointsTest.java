package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.server.access.RefusalReason;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Servers with several endpoints. */
class UdpEndpointsTest {
    private static final Endpoint ONE = new Endpoint("127.1.4.1", 0);
    private static final Endpoint TWO = new Endpoint("127.1.4.2", 0);
    private static final Endpoint THREE = new Endpoint("127.1.4.3", 0);

    private final ListenerLog listener = new ListenerLog();

    @Test
    void listensAtEachEndpointOnOnePort() throws Exception {
        UdpServer server = start(TWO, ONE, THREE);
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            assertEquals(List.of("127.1.4.2", "127.1.4.1", "127.1.4.3"), hosts(server));
            assertEquals(1, ports(server).size());
            assertSame(server.locals().getFirst(), server.local());
            for (InetSocketAddress local : server.locals()) {
                sender.send("hello sever!", local);
                ReceivedMessage message = listener.message();
                assertEquals(local, message.local());
                assertEquals(sender.address(), message.peer());
            }
        }
        listener.assertNoFailure();
    }

    @Test
    void eachAnswersFromItsOwnAddress() throws Exception {
        try (UdpServer server = echo(ONE, TWO);
                WildcardClient asker = new WildcardClient()) {
            for (InetSocketAddress local : server.locals()) {
                asker.assertEchoedBy(local);
            }
        }
    }

    @Test
    void reportsEachSocketInOrder() throws Exception {
        try (UdpServer server = start(THREE, ONE, TWO)) {
            assertEquals(server.locals(), reported());
            assertEquals(3, reported().size());
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
        UdpServerConfig config = config(UdpService.of(Service.RECEIVE), ONE, TWO, THREE);
        assertSame(
                failure, assertThrows(IOException.class, () -> UdpServer.start(config, failing)));
        assertEquals(2, reported.size());
        Loopback.assertNoThread("udp-server " + reported.getFirst());
        start(reported.get(0), reported.get(1), new Endpoint("127.1.4.3", reported.get(0).port()))
                .close();
    }

    @Test
    void failureAtTheSecondClosesTheFirst() throws Exception {
        try (UdpServer used = start(TWO)) {
            Endpoint free = new Endpoint("127.1.4.1", used.local().getPort());
            BindException thrown =
                    assertThrows(BindException.class, () -> start(free, used.endpoint()));
            assertEquals(
                    "listen on 127.1.4.2:" + free.port() + " failed: address already in use",
                    thrown.getMessage());
            assertEquals(List.of(used.local()), reported());
            start(free).close();
        }
    }

    @Test
    void sameEndpointTwiceIsOneSocket() throws Exception {
        try (UdpServer server = start(ONE, TWO, ONE, TWO)) {
            assertEquals(List.of("127.1.4.1", "127.1.4.2"), hosts(server));
        }
    }

    @Test
    void countsApplyToAllSockets() throws Exception {
        UdpServer server = start(ONE, TWO);
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("one", server.locals().get(0));
            listener.assertMessage("one");
            sender.send("three", server.locals().get(1));
            listener.assertMessage("three");
        }
        ServerStats stats = server.stats();
        assertEquals(
                new ServerStats(2, 0, Map.of(), 2, 8, 0, 0, 0, Map.of(), stats.uptime()), stats);
    }

    @Test
    void recordsDatagramsOfAllSocketsFromBeforeClose() throws Exception {
        try (BlockedListener held = new BlockedListener();
                Sender sender = new Sender("127.0.0.1")) {
            UdpServer server =
                    UdpServer.start(config(UdpService.of(Service.RECEIVE), ONE, TWO, THREE), held);
            try (server) {
                sender.send("first", server.local());
                held.awaitHeld();
                for (InetSocketAddress local : server.locals()) {
                    sender.send("one", local);
                    sender.send("two", local);
                }
                Thread closer = Loopback.closeInBackground(server);
                held.release();
                Loopback.assertEnds(closer);
            }
            assertEquals(7, server.stats().messages());
            held.assertNoFailure();
        }
    }

    @Test
    void closeEndsAllSockets() throws Exception {
        UdpServer server = start(ONE, TWO);
        String receiver = "udp-server " + server.endpoint();
        Loopback.assertThreadRuns(receiver);
        server.close();
        Loopback.assertNoThread(receiver);
        start(Endpoint.of(server.locals().get(0)), Endpoint.of(server.locals().get(1))).close();
        listener.assertNoFailure();
    }

    /** Two sockets of a server must not answer each other (CVE-2024-2169). */
    @Test
    void portsOfAllSocketsAreOwnPorts() throws Exception {
        try (UdpServer other = start(THREE)) {
            Endpoint fixed = new Endpoint("127.1.4.1", other.local().getPort());
            UdpServer server = echo(fixed, TWO);
            assertEquals(2, ports(server).size());
            try (server;
                    Sender one = new Sender("127.1.4.4", server.locals().get(0).getPort());
                    Sender two = new Sender("127.1.4.4", server.locals().get(1).getPort())) {
                for (InetSocketAddress local : server.locals()) {
                    one.send("hello sever!", local);
                    listener.assertRefused(one.address(), RefusalReason.OWN_PORT);
                    two.send("hello sever!", local);
                    listener.assertRefused(two.address(), RefusalReason.OWN_PORT);
                }
            }
            assertEquals(Map.of(RefusalReason.OWN_PORT, 4L), server.stats().refused());
            assertEquals(0, server.stats().bytesSent());
        }
    }

    @Test
    void wildcardIsOneSocketForAServiceThatDoesNotAnswer() throws Exception {
        for (Service service : List.of(Service.RECEIVE, Service.DISCARD)) {
            for (AddressFamily family : AddressFamily.values()) {
                try (UdpServer server = startAny(UdpService.of(service), family)) {
                    assertEquals(1, server.locals().size());
                    assertTrue(server.local().getAddress().isAnyLocalAddress());
                }
            }
        }
    }

    @Test
    void datagramsOfAnotherFamilyAreRefusedAndCounted() throws Exception {
        Loopback.ipv6();
        UdpServer server = startAny(UdpService.of(Service.RECEIVE), AddressFamily.IPV6);
        try (server;
                Sender ipv4 = new Sender("127.0.0.1");
                Sender ipv6 = new Sender("::1")) {
            int port = server.local().getPort();
            ipv4.send("four", new InetSocketAddress("127.0.0.1", port));
            listener.assertRefused(ipv4.address(), RefusalReason.FAMILY);
            ipv6.send("six", new InetSocketAddress("::1", port));
            listener.assertMessage("six");
        }
        assertEquals(Map.of(RefusalReason.FAMILY, 1L), server.stats().refused());
        assertEquals(1, server.stats().accepted());
        assertEquals(3, server.stats().bytesReceived());
    }

    private UdpServer startAny(UdpService service, AddressFamily family) throws IOException {
        UdpServerConfig any = config(service, new Endpoint(Endpoint.ANY_HOST, 0));
        return UdpServer.start(any.toBuilder().family(family).build(), listener);
    }

    private UdpServer start(Endpoint... endpoints) throws IOException {
        return UdpServer.start(config(UdpService.of(Service.RECEIVE), endpoints), listener);
    }

    private UdpServer echo(Endpoint... endpoints) throws IOException {
        return UdpServer.start(config(UdpService.of(Service.ECHO), endpoints), listener);
    }

    private static UdpServerConfig config(UdpService service, Endpoint... endpoints) {
        return UdpServerConfig.of(endpoints[0], service).toBuilder().endpoints(endpoints).build();
    }

    private List<InetSocketAddress> reported() {
        return listener.listenings().stream().map(BoundAddress::local).toList();
    }

    private static List<String> hosts(UdpServer server) {
        return server.locals().stream().map(local -> Endpoint.of(local).host()).toList();
    }

    private static Set<Integer> ports(UdpServer server) {
        Set<Integer> ports = new HashSet<>();
        server.locals().forEach(local -> ports.add(local.getPort()));
        return ports;
    }
}
