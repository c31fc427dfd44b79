package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.server.bind.BindAddress;
import net.server.bind.SocketBinder;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class AcceptorTest {
    private final ListenerLog listener = new ListenerLog();
    private final Counters counters = new Counters();
    private final BlockingQueue<SocketAddresses> accepted = new LinkedBlockingQueue<>();
    @AutoClose private ServerSocketChannel channel;
    @AutoClose private EventLoop loop;

    /** Of an accepted connection. */
    private record SocketAddresses(InetSocketAddress local, InetSocketAddress peer) {}

    @BeforeEach
    void open() throws IOException {
        loop = new EventLoop();
        channel = Acceptor.open(place(Loopback.ENDPOINT), Loopback.patient());
    }

    @Test
    void handsOverEachConnectionUntilItIsClosed() throws Exception {
        Acceptor acceptor = acceptor(this::take);
        Thread accepting = start(acceptor);
        for (int i = 0; i < 3; i++) {
            try (Peer peer = Peer.connect(acceptor.local())) {
                assertEquals(new SocketAddresses(acceptor.local(), peer.address()), accepted());
            }
        }
        acceptor.close();
        stop(accepting);
        assertFalse(channel.isOpen());
        listener.assertNoFailure();
        assertEquals(Map.of(), errors());
    }

    @Test
    void failureIsCountedAndToldWithTheAddressAndTheNextIsAccepted() throws Exception {
        IOException failure = new IOException("Too many open files");
        Acceptor acceptor =
                acceptor(
                        connection -> {
                            take(connection);
                            if (counters.snapshot(0, 0, 0, 0).errors().isEmpty()) {
                                throw failure;
                            }
                        });
        Thread accepting = start(acceptor);
        for (int i = 0; i < 2; i++) {
            try (Peer peer = Peer.connect(acceptor.local())) {
                assertEquals(peer.address(), accepted().peer());
            }
        }
        Exception told = listener.failure();
        assertEquals(
                "accept on " + Endpoint.of(acceptor.local()) + " failed: too many open files",
                told.getMessage());
        assertSame(failure, told.getCause());
        acceptor.close();
        stop(accepting);
        listener.assertNoFailure();
        assertEquals(Map.of("accept", 1L), errors());
    }

    @Test
    void closedBeforeItBeginsItDoesNot() throws Exception {
        Acceptor acceptor = acceptor(this::take);
        acceptor.close();
        stop(start(acceptor));
        listener.assertNoFailure();
        assertEquals(Map.of(), errors());
    }

    @Test
    void tellsTheAddressAndTheBuffers() throws Exception {
        Acceptor acceptor = acceptor(this::take);
        assertEquals(channel.getLocalAddress(), acceptor.local());
        int granted = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        assertEquals(new BoundAddress(acceptor.local(), granted, 4711), acceptor.listening(4711));
        acceptor.close();
        assertTrue(acceptor.local().getPort() > 0, "also after the end");
    }

    @Test
    void openThatFailsLeavesNothingOpen() throws Exception {
        BindAddress used = place(Endpoint.of((InetSocketAddress) channel.getLocalAddress()));
        long before = Loopback.openDescriptors();
        // Twice as many as what all other tests together open or close meanwhile.
        for (int i = 0; i < 1000; i++) {
            assertThrows(BindException.class, () -> Acceptor.open(used, Loopback.patient()));
        }
        assertTrue(Loopback.openDescriptors() < before + 500);
    }

    private Thread start(Acceptor acceptor) {
        loop.execute(() -> acceptor.begin(loop));
        return Thread.ofPlatform().start(loop);
    }

    private void stop(Thread accepting) throws InterruptedException {
        loop.stop();
        Loopback.assertEnds(accepting);
    }

    private Acceptor acceptor(Acceptor.Taker taker) throws IOException {
        return new Acceptor(channel, listener, counters, taker);
    }

    private void take(SocketChannel connection) throws IOException {
        try (connection) {
            accepted.add(
                    new SocketAddresses(
                            (InetSocketAddress) connection.getLocalAddress(),
                            (InetSocketAddress) connection.getRemoteAddress()));
        }
    }

    private SocketAddresses accepted() throws InterruptedException {
        return accepted.poll(Loopback.DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    private Map<String, Long> errors() {
        return counters.snapshot(0, 0, 0, 0).errors();
    }

    private static BindAddress place(Endpoint endpoint) throws IOException {
        return SocketBinder.places(List.of(endpoint), AddressFamily.ANY).getFirst().getFirst();
    }
}
