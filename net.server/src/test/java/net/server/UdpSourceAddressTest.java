package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.Service;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Source addresses of answers of a server on a wildcard address. */
class UdpSourceAddressTest {
    private final ListenerLog listener = new ListenerLog();

    @ParameterizedTest
    @CsvSource({"'', ANY", "'', IPV4", "'', IPV6", "0.0.0.0, ANY", "::, ANY", "::, IPV6"})
    void answersFromEachAddressOfTheMachine(String host, AddressFamily family) throws Exception {
        if (family == AddressFamily.IPV6 || host.equals("::")) {
            Loopback.ipv6();
        }
        boolean takesIpv4 = family != AddressFamily.IPV6;
        boolean takesIpv6 = family != AddressFamily.IPV4 && !host.equals("0.0.0.0");
        try (UdpServer server = start(host, family, Service.ECHO);
                WildcardClient asker = new WildcardClient()) {
            Set<String> asked = new HashSet<>();
            for (InetAddress address : ofThisMachine()) {
                boolean isIpv4 = address.getAddress().length == 4;
                if (isIpv4 ? takesIpv4 : takesIpv6) {
                    InetSocketAddress at = new InetSocketAddress(address, server.local().getPort());
                    asker.assertEchoedBy(at);
                    asked.add(text(at));
                }
            }
            assertEquals(asked, locals(server));
            assertEquals(takesIpv4, asked.contains("127.0.0.1:" + server.local().getPort()));
        }
        listener.assertNoFailure();
    }

    @Test
    void stampAnswersFromTheAskedAddress() throws Exception {
        try (UdpServer server = start(Endpoint.ANY_HOST, AddressFamily.ANY, Service.STAMP);
                Sender sender = new Sender("127.0.0.1")) {
            InetSocketAddress asked = new InetSocketAddress("127.0.0.1", server.local().getPort());
            assertTrue(server.locals().contains(asked));
            sender.send(new byte[44], asked);
            assertEquals(44, sender.receive().length);
        }
    }

    @Test
    void reportsEachSocket() throws Exception {
        try (UdpServer server = start(Endpoint.ANY_HOST, AddressFamily.IPV4, Service.ECHO)) {
            assertEquals(
                    server.locals(),
                    listener.listenings().stream().map(BoundAddress::local).toList());
            assertTrue(
                    server.locals().stream().noneMatch(at -> at.getAddress().isAnyLocalAddress()));
        }
    }

    @Test
    void addressesBesidesTheWildcardAreBoundOnce() throws Exception {
        Endpoint any = new Endpoint(Endpoint.ANY_HOST, 0);
        for (Endpoint one : List.of(Loopback.ENDPOINT, Loopback.ipv6())) {
            UdpServerConfig config =
                    UdpServerConfig.of(any, Service.ECHO).toBuilder().endpoints(one, any).build();
            try (UdpServer server = UdpServer.start(config, listener);
                    UdpServer wildcardOnly = start(any.host(), AddressFamily.ANY, Service.ECHO)) {
                assertEquals(wildcardOnly.locals().size(), server.locals().size());
                assertEquals(one.host(), server.endpoint().host());
            }
        }
    }

    @Test
    void servesOnlyAddressesOfInterfaces() throws Exception {
        UdpServer server = start(Endpoint.ANY_HOST, AddressFamily.ANY, Service.ECHO);
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            int port = server.local().getPort();
            sender.send("hello sever!", new InetSocketAddress("127.1.5.1", port));
            sender.send("hello sever!", new InetSocketAddress("127.0.0.1", port));
            sender.assertReceives("hello sever!");
            sender.assertSilence();
        }
        assertEquals(1, server.stats().accepted());
        assertEquals(Map.of(), server.stats().errors());
    }

    private UdpServer start(String host, AddressFamily family, Service service) throws IOException {
        UdpServerConfig config =
                UdpServerConfig.of(new Endpoint(host, 0), service).toBuilder()
                        .family(family)
                        .build();
        return UdpServer.start(config, listener);
    }

    private static Set<String> locals(UdpServer server) {
        Set<String> locals = new HashSet<>();
        server.locals().forEach(local -> locals.add(text(local)));
        return locals;
    }

    /** Returns the address without the zone, which may be a name or a number. */
    private static String text(InetSocketAddress address) {
        return Endpoint.of(address).toString().replaceFirst("%.*]", "]");
    }

    private static List<InetAddress> ofThisMachine() throws SocketException {
        List<InetAddress> addresses = new ArrayList<>();
        for (NetworkInterface one : NetworkInterface.networkInterfaces().toList()) {
            if (one.isUp()) {
                one.inetAddresses().forEach(addresses::add);
            }
        }
        return addresses;
    }
}
