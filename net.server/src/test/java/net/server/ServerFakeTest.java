package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.protocol.Endpoint;
import net.server.access.AddressFilter;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** A user's implementation of {@link Server}, for tests without sockets. */
class ServerFakeTest {
    private static final InetSocketAddress LOCAL =
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 8888);

    private static final class FakeServer implements Server {
        @Override
        public List<InetSocketAddress> locals() {
            return List.of(LOCAL);
        }

        @Override
        public void replaceFilter(AddressFilter filter) {}

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public ServerStats stats() {
            return new Counters().snapshot(0, 0, 0, 0);
        }

        @Override
        public void close() {}
    }

    @Test
    void derivesLocalAndEndpointFromLocals() {
        try (Server server = new FakeServer()) {
            assertEquals(LOCAL, server.local());
            assertEquals(new Endpoint("192.0.2.1", 8888), server.endpoint());
        }
    }
}
