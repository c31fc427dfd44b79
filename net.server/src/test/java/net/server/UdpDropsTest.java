package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import net.protocol.Endpoint;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Datagrams dropped by the system are counted. */
class UdpDropsTest {
    private static final int SENT = 30_000;
    private static final int LENGTH = 1000;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", ""})
    void datagramsAreRecordedOrCountedAsDropped(String host) throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/net/udp")), "the system does not report drops");
        byte[] payload = Loopback.bytes(LENGTH);
        UdpServer server;
        try (BlockedListener held = new BlockedListener();
                Sender sender = new Sender("127.0.0.1")) {
            server = UdpServer.start(new Endpoint(host, 0), held);
            try (server) {
                InetSocketAddress to =
                        new InetSocketAddress(
                                InetAddress.ofLiteral("127.0.0.1"), server.local().getPort());
                sender.send(payload, to);
                held.awaitHeld();
                for (int i = 1; i < SENT; i++) {
                    sender.send(payload, to);
                }
                assertEquals(1, server.stats().accepted());
                assertTrue(server.stats().dropped() > 0, "the buffer held all");
                held.release();
                Loopback.await(() -> messagesAndDrops(server) == SENT);
            }
        }
        ServerStats stats = server.stats();
        assertEquals(SENT, stats.messages() + stats.dropped(), "after close");
        assertEquals(stats.messages(), stats.accepted());
        assertEquals(stats.messages() * LENGTH, stats.bytesReceived());
        assertEquals(Map.of(), stats.errors());
    }

    private static long messagesAndDrops(UdpServer server) {
        ServerStats stats = server.stats();
        return stats.messages() + stats.dropped();
    }
}
