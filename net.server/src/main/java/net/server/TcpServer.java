package net.server;

import net.protocol.Endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running TCP server for {@link net.protocol.Service#GREET}: it greets each peer, takes one
 * message, tells its listener, and closes in order, which is the peer's receipt.
 *
 * <p>A message ends at the peer's FIN, or when bytes have come and none follow for the message gap.
 * Of a longer one the first {@value net.protocol.Protocol#MAX_MESSAGE_BYTES} bytes are kept; a peer
 * that sends more than 64 KiB beyond them is reset. A peer that sends nothing is no error. What
 * came before a reset or a time-out is recorded too, though its sender gets no receipt.
 *
 * <p>{@code close} resets the connections that have not ended in the grace time. Each connection
 * has a virtual thread of its own.
 */
public final class TcpServer implements Server {
    /** The first and the longest pause after a failed accept, such as for want of descriptors. */
    private static final long MIN_PAUSE_MILLIS = 10;

    private static final long MAX_PAUSE_MILLIS = 1000;
    private static final int ALL = Integer.MAX_VALUE;

    private final ServerSocketChannel channel;
    private final InetSocketAddress local;
    private final TcpServerConfig config;
    private final ServerListener listener;
    private final Counters counters = new Counters();
    private final GreetService service;
    private final Thread acceptor;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    /** One permit for each connection, taken before its thread starts and given back at its end. */
    private final Semaphore permits = new Semaphore(ALL);

    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch listening = new CountDownLatch(1);

    private TcpServer(ServerSocketChannel channel, TcpServerConfig config, ServerListener listener)
            throws IOException {
        this.channel = channel;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.config = config;
        this.listener = new GuardedListener(listener);
        this.service = new GreetService(config, counters, this.listener);
        this.acceptor =
                Thread.ofPlatform()
                        .name("tcp-server " + Endpoint.of(local))
                        .unstarted(this::acceptAll);
    }

    /**
     * Starts a server with the defaults of {@link TcpServerConfig}.
     *
     * @param endpoint where to listen; port 0 lets the system choose
     * @param listener told of each message
     * @return a server that is bound and accepts
     * @throws java.net.UnknownHostException if the host's name is not known; nothing is left open
     * @throws java.net.BindException if the address cannot be bound; nothing is left open
     * @throws IOException if the listener gave up; nothing is left open
     */
    public static TcpServer start(Endpoint endpoint, ServerListener listener) throws IOException {
        return start(TcpServerConfig.of(endpoint), listener);
    }

    /**
     * Starts a server. Blocks while the host's name is looked up.
     *
     * @param config what it is to do
     * @param listener told of each message
     * @return a server that is bound and accepts
     * @throws java.net.UnknownHostException if the host's name is not known; nothing is left open
     * @throws java.net.BindException if the address cannot be bound; nothing is left open
     * @throws IOException if the listener gave up; nothing is left open
     */
    public static TcpServer start(TcpServerConfig config, ServerListener listener)
            throws IOException {
        InetSocketAddress address = Binding.address(config.endpoint());
        ServerSocketChannel channel =
                Binding.isIpv4(config.endpoint(), address)
                        ? ServerSocketChannel.open(StandardProtocolFamily.INET)
                        : ServerSocketChannel.open();
        try {
            bind(channel, address, config.backlog());
            prepareWaiting();
            TcpServer server = new TcpServer(channel, config, listener);
            listener.onListening(server.local);
            server.acceptor.start();
            return server;
        } catch (Throwable e) {
            Binding.closeAfter(e, channel);
            throw e;
        }
    }

    /**
     * Has the JDK open the descriptors that its virtual threads wait with, by having one wait: were
     * there none left when the first connection needs them, no thread could ever wait.
     */
    private static void prepareWaiting() throws IOException {
        try (Selector nothing = Selector.open()) {
            Thread waiting = Thread.startVirtualThread(() -> await(nothing));
            // Woken before it waits, it would not.
            while (waiting.isAlive() && waiting.getState() != Thread.State.WAITING) {
                Thread.yield();
            }
            nothing.wakeup();
            waiting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(Selector nothing) {
        try {
            nothing.select();
        } catch (IOException | ClosedSelectorException expected) {
            // Without it, the first connection has the JDK try again.
        }
    }

    private static void bind(ServerSocketChannel channel, InetSocketAddress address, int backlog)
            throws IOException {
        try {
            channel.bind(address, backlog);
        } catch (IOException | UnsupportedAddressTypeException e) {
            throw Binding.failed(address, e);
        }
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public boolean isOpen() {
        return !closing.get();
    }

    @Override
    public ServerStats stats() {
        return counters.snapshot(connections.size());
    }

    private void acceptAll() {
        long pauseMillis = MIN_PAUSE_MILLIS;
        while (!closing.get()) {
            try {
                serve(channel.accept());
                pauseMillis = MIN_PAUSE_MILLIS;
            } catch (ClosedChannelException expected) {
                return;
            } catch (IOException e) {
                counters.error("accept");
                listener.onFailure(Binding.failed("accept", local, e));
                pause(pauseMillis);
                pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
            }
        }
    }

    /** Waits, but no longer than until {@code close}. */
    private void pause(long millis) {
        try {
            listening.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException expected) {
            // Nobody else knows the acceptor, so nobody means anything by it: accept again.
        }
    }

    private void serve(SocketChannel accepted) throws IOException {
        counters.accepted.increment();
        Connection connection;
        try {
            connection = new Connection(accepted);
        } catch (IOException expected) {
            // The peer has gone again; others are waiting.
            counters.error(SessionEnd.RESET.label());
            accepted.close();
            return;
        }
        permits.acquireUninterruptibly();
        connections.add(connection);
        try {
            Thread.ofVirtual()
                    .name("tcp-server " + Endpoint.of(connection.peer()))
                    .start(() -> serve(connection));
        } catch (Throwable e) {
            connections.remove(connection);
            permits.release();
            connection.close();
            throw e;
        }
    }

    private void serve(Connection connection) {
        SessionEnd end = SessionEnd.RESET;
        try (connection) {
            end = service.serve(connection);
        } catch (IOException e) {
            listener.onFailure(e);
        } finally {
            finish(connection, end);
        }
    }

    private void finish(Connection connection, SessionEnd end) {
        counters.bytesReceived.add(connection.bytesReceived());
        counters.bytesSent.add(connection.bytesSent());
        if (!end.isOrderly()) {
            counters.error(end.label());
        }
        try {
            listener.onEnd(connection.session(end));
        } finally {
            connections.remove(connection);
            permits.release();
        }
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        listening.countDown();
        boolean interrupted = Thread.interrupted();
        closeQuietly(channel);
        if (!interrupted) {
            interrupted = awaitEnd(config.drain());
        }
        connections.forEach(this::closeQuietly);
        interrupted |= awaitEnd(GuardedListener.BUSY_GRACE);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until no connection is left or the time is up; returns whether it was interrupted. */
    private boolean awaitEnd(Duration timeout) {
        try {
            acceptor.join(GuardedListener.BUSY_GRACE);
            if (permits.tryAcquire(
                    ALL, TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS)) {
                permits.release(ALL);
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            listener.onFailure(e);
        }
    }
}
