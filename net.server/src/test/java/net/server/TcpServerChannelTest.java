package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Service;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;

/** Servers on a channel of the caller. */
@Timeout(60)
class TcpServerChannelTest {
    @AutoClose private ServerSocketChannel channel;
    private final ListenerLog listener = new ListenerLog();

    @BeforeEach
    void open() throws IOException {
        channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Test
    void servesItsPeers() throws Exception {
        try (TcpServer server = TcpServer.start(channel, Loopback.patient(), listener)) {
            assertEquals(List.of(channel.getLocalAddress()), server.locals());
            assertEquals(server.local(), listener.listenings().getFirst().local());
            Peer.assertServed(server, "first");
            Peer.assertServed(server, "second");
        }
        listener.assertMessage("first");
        listener.assertMessage("second");
        listener.assertNoFailure();
    }

    @Test
    void ignoresTheDscp() throws Exception {
        TcpServerConfig config =
                Loopback.patient().toBuilder()
                        .sockets(SocketSettings.builder().dscp(46).build())
                        .build();
        try (TcpServer server = TcpServer.start(channel, config, listener)) {
            Peer.assertServed(server, "hello sever!");
        }
    }

    @Test
    void peersThatConnectDuringTheDrainWaitForTheNextServer() throws Exception {
        TcpServer server = TcpServer.start(channel, Loopback.patient(Service.ECHO), listener);
        try (server;
                Peer old = Peer.connect(server.local())) {
            old.send("old").assertReads("old");
            Thread closer = Loopback.closeInBackground(server);
            // Then it no longer accepts.
            Loopback.await(() -> closer.getState() == Thread.State.TIMED_WAITING);
            try (Peer late = Peer.connect(server.local())) {
                late.send("late").assertSilence();
                assertTrue(closer.isAlive(), "close waits for the current client");
                old.finish().assertReceipt();
                Loopback.assertEnds(closer);
                assertTrue(channel.isOpen());
                assertEquals(1, server.stats().accepted());
                try (TcpServer next =
                        TcpServer.start(channel, Loopback.patient(Service.ECHO), listener)) {
                    late.assertReads("late");
                    late.finish().assertReceipt();
                    assertEquals(server.local(), next.local());
                }
            }
        }
        listener.assertNoFailure();
    }

    @Test
    void servesThePeerThatWaits() throws Exception {
        try (Peer waiting = Peer.connect((InetSocketAddress) channel.getLocalAddress());
                TcpServer server =
                        TcpServer.start(channel, Loopback.patient(Service.ECHO), listener)) {
            waiting.send("early").assertReads("early");
            waiting.finish().assertReceipt();
            assertEquals(1, server.stats().accepted());
        }
        listener.assertNoFailure();
    }

    @Test
    void failedStartLeavesTheChannelOpen() throws Exception {
        IOException failure = new IOException("full");
        ServerListener failing =
                new ListenerLog() {
                    @Override
                    public void onListening(BoundAddress listening) throws IOException {
                        throw failure;
                    }
                };
        try (Peer waiting = Peer.connect((InetSocketAddress) channel.getLocalAddress())) {
            assertSame(
                    failure,
                    assertThrows(
                            IOException.class,
                            () -> TcpServer.start(channel, Loopback.patient(), failing)));
            waiting.assertReset();
        }
        try (TcpServer server = TcpServer.start(channel, Loopback.patient(), listener)) {
            Peer.assertServed(server, "hello sever!");
        }
    }

    @Test
    void rejectsOtherChannels(@TempDir Path folder) throws IOException {
        try (ServerSocketChannel unbound = ServerSocketChannel.open()) {
            assertRejected("channel must be bound to an Internet address: null", unbound);
        }
        try (ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path path = folder.resolve("socket");
            unix.bind(UnixDomainSocketAddress.of(path));
            assertRejected("channel must be bound to an Internet address: " + path, unix);
        }
        channel.close();
        assertThrows(
                ClosedChannelException.class,
                () -> TcpServer.start(channel, Loopback.patient(), listener));
    }

    private void assertRejected(String message, ServerSocketChannel other) {
        assertEquals(
                message,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TcpServer.start(other, Loopback.patient(), listener))
                        .getMessage());
    }
}
