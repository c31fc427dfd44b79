package net.server.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

@Timeout(60)
class AcceptorTest {
    @AutoClose private ServerSocketChannel channel;
    @AutoClose private EventLoop loop;
    private final RecordingHandler handler = new RecordingHandler();
    private Acceptor acceptor;

    /** Closes what is accepted, and keeps the peers' addresses and the failures. */
    private static final class RecordingHandler implements AcceptHandler {
        private final BlockingQueue<SocketAddress> peers = new LinkedBlockingQueue<>();
        private final BlockingQueue<IOException> failures = new LinkedBlockingQueue<>();

        /** Thrown by the next call of {@link #onAccept} if it is set. */
        private volatile IOException nextFailure;

        private volatile InetSocketAddress failedLocal;

        @Override
        public void onAccept(SocketChannel accepted) throws IOException {
            try (accepted) {
                peers.add(accepted.getRemoteAddress());
            }
            IOException failure = nextFailure;
            if (failure != null) {
                nextFailure = null;
                throw failure;
            }
        }

        @Override
        public void onAcceptFailure(InetSocketAddress local, IOException failure) {
            failedLocal = local;
            failures.add(failure);
        }
    }

    @BeforeEach
    void open() throws IOException {
        loop = new EventLoop();
        channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        acceptor = new Acceptor(channel, handler);
    }

    @Test
    void passesEachConnectionUntilItIsClosed() throws Exception {
        Thread thread = start();
        for (int i = 0; i < 3; i++) {
            connect();
        }
        acceptor.close();
        stop(thread);
        assertFalse(channel.isOpen());
        assertTrue(handler.failures.isEmpty());
    }

    @Test
    void reportsAFailureAndAcceptsTheNext() throws Exception {
        IOException failure = new IOException("Too many open files");
        handler.nextFailure = failure;
        Thread thread = start();
        connect();
        assertSame(failure, handler.failures.take());
        assertEquals(channel.getLocalAddress(), handler.failedLocal);
        connect();
        stop(thread);
        assertTrue(handler.failures.isEmpty());
    }

    @Test
    void doesNotStartAfterClose() throws Exception {
        acceptor.close();
        stop(start());
        assertTrue(handler.failures.isEmpty());
    }

    @Test
    void keepsItsAddressAfterClose() throws Exception {
        SocketAddress local = channel.getLocalAddress();
        acceptor.close();
        assertEquals(local, acceptor.local());
    }

    private Thread start() {
        loop.execute(() -> acceptor.start(loop));
        return Thread.ofPlatform().start(loop);
    }

    private void stop(Thread thread) throws InterruptedException {
        loop.stop();
        thread.join();
    }

    private void connect() throws Exception {
        try (SocketChannel peer = SocketChannel.open(acceptor.local())) {
            assertEquals(peer.getLocalAddress(), handler.peers.take());
        }
    }
}
