package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.Service;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.List;

/** Sockets of a service that answers, after an update of the local addresses. */
class UdpSocketSetTest {
    private final ListenerLog listener = new ListenerLog();

    private static UdpSocketSet open(Endpoint... endpoints) throws IOException {
        return UdpSocketSet.open(
                UdpServerConfig.of(endpoints[0], Service.ECHO).toBuilder()
                        .endpoints(endpoints)
                        .family(AddressFamily.IPV4)
                        .build());
    }

    private static List<InetSocketAddress> locals(UdpSocketSet sockets) {
        return sockets.all().stream().map(UdpServerSocket::local).toList();
    }

    @Test
    void keepsConfiguredAddressesThatNoInterfaceHas() throws Exception {
        Endpoint any = new Endpoint(Endpoint.ANY_HOST, 0);
        try (UdpSocketSet sockets = open(any, new Endpoint("127.1.5.1", 0))) {
            List<InetSocketAddress> locals = locals(sockets);
            assertEquals("127.1.5.1", Endpoint.of(locals.getLast()).host());
            sockets.followAddresses(listener);
            assertEquals(locals, locals(sockets));
        }
        listener.assertNoFailure();
    }

    @Test
    void newAddressesGetThePortOfTheWildcard() throws Exception {
        int port;
        try (DatagramSocket free = new DatagramSocket()) {
            port = free.getLocalPort();
        }
        Endpoint any = new Endpoint(Endpoint.ANY_HOST, 0);
        try (UdpSocketSet sockets = open(new Endpoint("127.0.0.1", port), any)) {
            List<InetSocketAddress> locals = locals(sockets);
            assertTrue(locals.size() >= 2, locals::toString);
            sockets.followAddresses(listener);
            assertEquals(locals, locals(sockets));
            assertEquals(1, locals.stream().filter(local -> local.getPort() == port).count());
        }
        listener.assertNoFailure();
    }
}
