package net.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Message;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Arrays;

/** The blocking view of a connection between two real sockets. */
class BlockingConnectionTest {
    private final BatchingListener listener = new BatchingListener();
    private final Counters counters = new Counters();
    private final ByteBuffer buffer = ByteBuffer.allocate(100);
    private Peer peer;
    private RecordedConnection recorded;
    private BlockingConnection connection;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress("127.0.0.1", 0));
            peer = Peer.connect((InetSocketAddress) server.getLocalAddress());
            recorded =
                    new RecordedConnection(
                            server.accept(), SocketSettings.DEFAULT, listener, counters);
            connection = new BlockingConnection(recorded);
        }
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        recorded.close();
    }

    @Test
    void readCommitsFirst() throws Exception {
        connection.record(Message.of("one"), 3);
        connection.record(Message.of("two"), 3);
        listener.assertCalls("message", "message");
        assertEquals(0, messages());
        peer.send("x");
        assertEquals(1, connection.read(buffer));
        listener.assertCalls("message", "message", "commit");
        assertEquals(2, messages());
    }

    @Test
    void timedReadCommitsFirst() throws Exception {
        connection.record(Message.of("one"), 3);
        assertThrows(
                SocketTimeoutException.class, () -> connection.read(buffer, Duration.ofNanos(1)));
        listener.assertCalls("message", "commit");
    }

    @Test
    void writeCommitsFirst() throws Exception {
        connection.record(Message.of("one"), 3);
        connection.write(ByteBuffer.allocate(1));
        listener.assertCalls("message", "commit");
    }

    @Test
    void readsAndWritesWithoutMessagesDoNotCommit() throws Exception {
        peer.send("x");
        connection.read(buffer);
        connection.write(ByteBuffer.allocate(1));
        recorded.commit();
        listener.assertCalls();
    }

    @Test
    void timedReadFillsOnlyTheRemainingSpace() throws Exception {
        peer.send("hello");
        buffer.position(10).limit(13);
        assertEquals(3, connection.read(buffer, Loopback.DEADLINE));
        assertEquals(13, buffer.position());
        assertArrayEquals(new byte[] {'h', 'e', 'l'}, Arrays.copyOfRange(buffer.array(), 10, 13));
        assertEquals(2, connection.read(buffer.clear()));
        assertEquals(5, recorded.bytesReceived());
    }

    @Test
    void timedReadSupportsSlices() throws Exception {
        peer.send("x");
        ByteBuffer slice = buffer.slice(50, 10).position(2);
        assertEquals(1, connection.read(slice, Loopback.DEADLINE));
        assertEquals('x', buffer.get(52));
    }

    @Test
    void connectionIsUsableAfterATimeout() throws Exception {
        Duration timeout = Duration.ofMillis(20);
        long startNanos = System.nanoTime();
        assertThrows(SocketTimeoutException.class, () -> connection.read(buffer, timeout));
        assertTrue(System.nanoTime() - startNanos >= timeout.toNanos(), "too early");
        assertEquals(0, buffer.position());
        peer.send("x").finish();
        assertEquals(1, connection.read(buffer));
        assertEquals(-1, connection.read(buffer, Loopback.NEVER));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void rejectsTimeoutThatIsNotPositive(long nanos) {
        Duration timeout = Duration.ofNanos(nanos);
        IllegalArgumentException thrown =
                assertThrows(
                        IllegalArgumentException.class, () -> connection.read(buffer, timeout));
        assertEquals("timeout must be above zero: " + timeout, thrown.getMessage());
    }

    @Test
    void hasBothAddressesAndByteCounts() throws Exception {
        assertEquals(peer.address(), connection.peer());
        assertEquals(peer.remote(), connection.local());
        peer.send("hello");
        connection.read(buffer);
        connection.write(ByteBuffer.allocate(7));
        assertEquals(5, recorded.bytesReceived());
        assertEquals(7, recorded.bytesSent());
    }

    @Test
    void closeResetsTheConnection() throws Exception {
        recorded.close();
        peer.assertReset();
    }

    @Test
    void orderlyCloseWithoutMessageIsNoReceipt() throws Exception {
        assertEquals(CloseReason.CLOSED, recorded.closeWithReceipt());
        peer.assertReceipt();
    }

    @Test
    void orderlyCloseAfterAMessageIsAReceipt() throws Exception {
        connection.record(Message.of("one"), 3);
        recorded.commit();
        assertEquals(CloseReason.RECEIPT, recorded.closeWithReceipt());
        peer.assertReceipt();
    }

    @Test
    void keepsTheFirstAbortReason() throws Exception {
        recorded.abort(CloseReason.IDLE);
        recorded.abort(CloseReason.ABORTED);
        assertEquals(CloseReason.IDLE, recorded.closeWithReceipt());
        peer.assertReset();
    }

    private long messages() {
        return counters.snapshot(0, 0, 0, 0).messages();
    }
}
