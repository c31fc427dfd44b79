package net.server.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Connections that always have bytes to read or write do not delay the others; counts ticks. */
@Timeout(60)
class EventLoopFairnessTest {
    private static final int OPERATION_BYTES = 64 * 1024;
    private static final int OPERATIONS = 8;

    /** Many times what a tick has a budget for. */
    private static final int FLOODING = 100;

    /** For the channels that are ready, and for those that wait; the last operation exceeds it. */
    private static final long MAX_TICK_BYTES = 2 * (WorkBudget.MAX_BYTES + OPERATION_BYTES);

    /** Many times what all of them need to be served once. */
    private static final int MAX_TICKS = 1000;

    @AutoClose private final EventLoop loop = new EventLoop();
    private final List<Channel> channels = new ArrayList<>();
    private long work;

    /** The loop reports what a handler throws, and continues. */
    private boolean hasWrongOps;

    EventLoopFairnessTest() throws IOException {}

    /** A channel that is always ready, since its byte is not read. */
    private class Channel implements LoopHandler, AutoCloseable {
        private final Pipe pipe = Pipe.open();
        private final int operationBytes;
        private final ConnectionKey key;
        private int interestOps = SelectionKey.OP_READ;
        private boolean isSilent;
        private boolean isAborted;
        private int calls;
        private long bytes;

        Channel(int operationBytes) throws IOException {
            this.operationBytes = operationBytes;
            pipe.source().configureBlocking(false);
            pipe.sink().write(ByteBuffer.allocate(1));
            key = loop.register(pipe.source(), SelectionKey.OP_READ, this);
            channels.add(this);
        }

        @Override
        public void onReady(int readyOps) {
            hasWrongOps |= readyOps != interestOps;
            calls++;
            for (int i = 0; !isSilent && i < OPERATIONS; i++) {
                operate();
                if (loop.isShareUsed()) {
                    return;
                }
            }
        }

        void operate() {
            addWork(operationBytes, operationBytes);
        }

        void addWork(int count, int countWork) {
            loop.addWork(countWork);
            bytes += count;
            work += countWork;
        }

        @Override
        public long gapEndNanos() {
            throw new IllegalStateException();
        }

        @Override
        public void onMessageGap() {
            throw new IllegalStateException();
        }

        @Override
        public boolean commit(boolean isLost) {
            throw new IllegalStateException();
        }

        @Override
        public void abort() {
            isAborted = true;
        }

        @Override
        public void close() throws IOException {
            pipe.source().close();
            pipe.sink().close();
        }
    }

    @AfterEach
    void close() throws IOException {
        assertFalse(hasWrongOps);
        for (Channel channel : channels) {
            channel.close();
        }
    }

    /** Returns channels that are known to be busy. */
    private List<Channel> flood() throws IOException {
        List<Channel> flood = new ArrayList<>();
        for (int i = 0; i < FLOODING; i++) {
            flood.add(new Channel(OPERATION_BYTES));
        }
        tickWhile(() -> flood.stream().anyMatch(channel -> !channel.key.isWaiting()));
        return flood;
    }

    /** Runs the loop while a condition holds, which must end. */
    private void tickWhile(BooleanSupplier condition) throws IOException {
        for (int i = 0; condition.getAsBoolean(); i++) {
            assertTrue(i < MAX_TICKS, "the condition does not end");
            loop.tick();
        }
    }

    @Test
    void bytesOfATickAreLimited() throws IOException {
        flood();
        for (int i = 0; i < FLOODING; i++) {
            work = 0;
            loop.tick();
            assertTrue(work > 0 && work <= MAX_TICK_BYTES, work + " bytes");
        }
    }

    @Test
    void newConnectionIsServedInTheNextTick() throws IOException {
        flood();
        Channel later = new Channel(1);
        work = 0;
        loop.tick();
        assertEquals(1, later.calls);
        assertTrue(work <= MAX_TICK_BYTES, work + " bytes");
    }

    @Test
    void quietConnectionIsServedInEachTick() throws IOException {
        Channel quiet = new Channel(BusyQueue.BUSY_BYTES / OPERATIONS - 1);
        flood();
        int before = quiet.calls;
        for (int i = 1; i <= FLOODING; i++) {
            loop.tick();
            assertEquals(before + i, quiet.calls);
        }
    }

    @Test
    void connectionThatIsBusyOnceWaitsForTheOthersOnce() throws IOException {
        List<Channel> flood = flood();
        Channel later = new Channel(BusyQueue.BUSY_BYTES / OPERATIONS);
        loop.tick();
        assertEquals(1, later.calls);
        assertFalse(later.key.isWaiting());
        List<Integer> before = flood.stream().map(channel -> channel.calls).toList();
        do {
            loop.tick();
        } while (later.calls == 1);
        for (int i = 0; i < FLOODING; i++) {
            assertNotEquals(before.get(i), flood.get(i).calls);
        }
    }

    /**
     * What it costs to handle a byte is known only once it is read. Reads of 256, 512 … 16,384
     * bytes end once the work is that of a busy connection.
     */
    @ParameterizedTest
    @CsvSource({"1, 32512", "256, 256"})
    void newConnectionReadsLittleWhileOthersWait(int byteWork, long expected) throws IOException {
        flood();
        Channel later =
                new Channel(0) {
                    @Override
                    void operate() {
                        int count = loop.readBuffer(OPERATION_BYTES).remaining();
                        addWork(count, count * byteWork);
                    }
                };
        loop.tick();
        assertEquals(1, later.calls);
        assertEquals(expected, later.bytes);
    }

    @Test
    void floodingConnectionsProgressEqually() throws IOException {
        List<Channel> flood = flood();
        List<Long> before = flood.stream().map(channel -> channel.bytes).toList();
        for (int i = 0; i < FLOODING; i++) {
            loop.tick();
        }
        Set<Long> shares = new HashSet<>();
        for (int i = 0; i < FLOODING; i++) {
            shares.add((flood.get(i).bytes - before.get(i)) / BusyQueue.SHARE_BYTES);
        }
        long least = shares.stream().min(Long::compare).orElseThrow();
        assertTrue(least > 0, shares.toString());
        shares.remove(least);
        shares.remove(least + 1);
        assertEquals(Set.of(), shares);
    }

    @Test
    void singleFloodingConnectionIsServedInEachTick() throws IOException {
        Channel flooding = new Channel(OPERATION_BYTES);
        for (int i = 1; i <= FLOODING; i++) {
            loop.tick();
            assertEquals(i, flooding.calls);
        }
    }

    @Test
    void connectionsThatEndAFloodAreServedWhenTheyAreReady() throws IOException {
        List<Channel> flood = flood();
        flood.forEach(channel -> channel.isSilent = true);
        tickWhile(() -> flood.stream().anyMatch(channel -> channel.key.isWaiting()));
        List<Integer> before = flood.stream().map(channel -> channel.calls).toList();
        loop.tick();
        for (int i = 0; i < FLOODING; i++) {
            assertEquals(before.get(i) + 1, flood.get(i).calls);
        }
    }

    @Test
    void waitingConnectionsAreAbortedByStop() throws IOException {
        List<Channel> flood = flood();
        loop.stop();
        loop.run();
        for (Channel channel : flood) {
            assertTrue(channel.isAborted);
        }
    }

    @Test
    void connectionClosedWhileItWaitsLeavesTheQueue() throws IOException {
        List<Channel> flood = flood();
        for (Channel channel : flood) {
            channel.isSilent = true;
            channel.close();
        }
        List<Throwable> reported = new ArrayList<>();
        Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> reported.add(e));
        try {
            stopOnce(() -> flood.stream().noneMatch(channel -> channel.key.isWaiting()));
            loop.run();
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(null);
        }
        assertEquals(List.of(), reported);
    }

    private void stopOnce(BooleanSupplier condition) {
        loop.schedule(
                TimeUnit.MILLISECONDS.toNanos(1),
                () -> {
                    if (condition.getAsBoolean()) {
                        loop.stop();
                    } else {
                        stopOnce(condition);
                    }
                });
    }

    @Test
    void changeOfInterestIsKeptWhileAConnectionWaits() throws IOException {
        List<Channel> flood = flood();
        Channel first = flood.getFirst();
        first.interestOps = 0;
        first.key.interestOps(first.interestOps);
        flood.forEach(channel -> channel.isSilent = true);
        tickWhile(() -> flood.stream().anyMatch(channel -> channel.key.isWaiting()));
        first.calls = 0;
        loop.tick();
        assertEquals(0, first.calls);
    }

    @Test
    @SuppressWarnings("try") // The peer of the quiet connection only exists.
    void waitingConnectionIsNotIdle() throws IOException {
        List<TcpConnection> idle = new ArrayList<>();
        TimeoutHandler<TcpConnection> handler =
                new TimeoutHandler<>() {
                    @Override
                    public boolean isSuspended(TcpConnection connection) {
                        return false;
                    }

                    @Override
                    public void onIdle(TcpConnection connection) {
                        idle.add(connection);
                    }

                    @Override
                    public void onSessionTimeout(TcpConnection connection) {
                        throw new IllegalStateException();
                    }
                };
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(any);
                SocketChannel peer = SocketChannel.open(server.getLocalAddress());
                TcpConnection quiet = new TcpConnection(server.accept());
                SocketChannel flooding = SocketChannel.open(server.getLocalAddress());
                TcpConnection busy = new TcpConnection(server.accept())) {
            busy.configureNonBlocking();
            flooding.write(ByteBuffer.allocate(1));
            Channel handled = new Channel(OPERATION_BYTES);
            busy.register(loop, SelectionKey.OP_READ, handled);
            flood();
            tickWhile(() -> !busy.isWaiting());
            IdleTimer<TcpConnection> timer =
                    new IdleTimer<>(loop, Duration.ofNanos(1), Duration.ZERO, handler);
            timer.add(busy);
            timer.add(quiet);
            while (idle.isEmpty()) {
                loop.tick();
            }
            assertEquals(List.of(quiet), idle);
        }
    }
}
