package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;

/** A client beside many that send as fast as they can. */
@Timeout(120)
class FloodIT {
    private static final int PEERS = 300;
    private static final int SEND_BYTES = 16 * 1024;

    /** Connections that send empty lines, and drop what they receive, until this is closed. */
    private static final class Flood implements AutoCloseable {
        private final Selector selector = Selector.open();
        private final AtomicLong sent = new AtomicLong();
        private final ByteBuffer lines = ByteBuffer.allocateDirect(SEND_BYTES);
        private final ByteBuffer received = ByteBuffer.allocateDirect(SEND_BYTES);
        private final Thread thread = Thread.ofPlatform().unstarted(this::run);

        Flood(int port) throws IOException {
            while (lines.hasRemaining()) {
                lines.put((byte) '\n');
            }
            for (int i = 0; i < PEERS; i++) {
                SocketChannel peer = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                peer.configureBlocking(false);
                peer.register(selector, SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
            thread.start();
        }

        private void run() {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    selector.select(this::transfer);
                }
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
                selector.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private void transfer(SelectionKey key) {
            SocketChannel peer = (SocketChannel) key.channel();
            try {
                sent.addAndGet(peer.write(lines.clear()));
                peer.read(received.clear());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Waits until a number of further bytes per peer are sent. */
        void awaitSent(int bytes) {
            long until = sent.get() + (long) bytes * PEERS;
            Await.holds(bytes + " bytes sent per peer", () -> sent.get() >= until);
        }

        @Override
        public void close() {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"receive, --service=receive --output=/dev/null", "echo, --service=echo"})
    void exchangesOfAnotherAddressCompleteDuringAFlood(String service, String options)
            throws IOException {
        try (RunningProcess server =
                ProcessCommand.of("tcp-server", options.split(" "))
                        .with("127.0.0.1", "0")
                        .start()) {
            int port = server.port();
            try (Flood flood = new Flood(port)) {
                flood.awaitSent(SEND_BYTES);
                ProcessResult ended =
                        ProcessCommand.of("tcp-client", "--service", service)
                                .with("--source", "127.0.0.2", "--count", "10", "--timeout", "5s")
                                .with("127.0.0.1", String.valueOf(port))
                                .run();
                assertEquals(0, ended.status(), ended.toString());
                flood.awaitSent(1);
            }
        }
    }
}
