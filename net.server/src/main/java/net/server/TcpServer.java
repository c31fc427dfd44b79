package net.server;

import net.protocol.Endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * A running TCP server: it accepts, lets its service serve each peer, and tells its listener of
 * each message.
 *
 * <p>A connection is set to abort from accept on. It is closed in order, which is a receipt for its
 * messages, only when the service is done and the messages are recorded. {@code close} resets the
 * connections that have not ended in the grace time, and those of an endless service at once. Each
 * connection has a virtual thread of its own.
 */
public final class TcpServer implements Server {
    private static final int ALL = Integer.MAX_VALUE;

    private final ServerSocketChannel channel;
    private final InetSocketAddress local;
    private final TcpServerConfig config;
    private final ServerListener listener;
    private final Counters counters = new Counters();
    private final Set<ChannelConnection> connections = ConcurrentHashMap.newKeySet();
    private final Admission admission;
    private final Sweeper sweeper;
    private final Thread acceptor;
    private final Thread sweeping;
    private final Backoff backoff = new Backoff();

    /** One permit for each connection, taken before its thread starts and given back at its end. */
    private final Semaphore permits = new Semaphore(ALL);

    private final AtomicBoolean closing = new AtomicBoolean();

    private TcpServer(ServerSocketChannel channel, TcpServerConfig config, ServerListener listener)
            throws IOException {
        this.channel = channel;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.config = config;
        this.listener = new GuardedListener(listener);
        this.admission = new Admission(config.maxConnections(), config.maxPerSource());
        this.sweeper = new Sweeper(connections, config, this.listener);
        this.acceptor = thread("tcp-server ").unstarted(this::acceptAll);
        this.sweeping = thread("tcp-server limits ").unstarted(sweeper);
    }

    private Thread.Builder.OfPlatform thread(String role) {
        return Thread.ofPlatform().name(role + Endpoint.of(local));
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
            Pollers.prepare();
            TcpServer server = new TcpServer(channel, config, listener);
            listener.onListening(server.local);
            server.startThreads();
            return server;
        } catch (Throwable e) {
            Binding.closeAfter(e, channel);
            throw e;
        }
    }

    private void startThreads() {
        sweeping.start();
        try {
            acceptor.start();
        } catch (Throwable e) {
            sweeper.stop();
            throw e;
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
        long received = 0;
        long sent = 0;
        for (ChannelConnection connection : connections) {
            received += connection.bytesReceived();
            sent += connection.bytesSent();
        }
        return counters.snapshot(connections.size(), received, sent, 0);
    }

    private void acceptAll() {
        while (!closing.get()) {
            try {
                SocketChannel accepted = channel.accept();
                backoff.reset();
                admit(accepted);
            } catch (ClosedChannelException expected) {
                return;
            } catch (IOException e) {
                counters.error("accept");
                listener.onFailure(Binding.failed("accept", local, e));
                backoff.pause();
            }
        }
    }

    private void admit(SocketChannel accepted) throws IOException {
        ChannelConnection connection;
        try {
            connection = new ChannelConnection(accepted, listener, counters);
        } catch (IOException expected) {
            // The peer has gone again; others are waiting.
            counters.error(SessionEnd.RESET.label());
            accepted.close();
            return;
        }
        Optional<String> refusal = admission.admit(connection.peer().getAddress());
        if (refusal.isPresent()) {
            counters.refused(refusal.get());
            connection.close();
            return;
        }
        counters.accepted.increment();
        permits.acquireUninterruptibly();
        connections.add(connection);
        sweeper.added();
        try {
            Thread.ofVirtual()
                    .name("tcp-server " + Endpoint.of(connection.peer()))
                    .start(() -> serve(connection));
        } catch (Throwable e) {
            admission.release(connection.peer().getAddress());
            connections.remove(connection);
            permits.release();
            closeQuietly(connection);
            throw e;
        }
    }

    private void serve(ChannelConnection connection) {
        SessionEnd end = SessionEnd.FAILED;
        try {
            end = end(connection);
        } finally {
            finish(connection, end);
        }
    }

    private SessionEnd end(ChannelConnection connection) {
        try {
            config.service().serve(connection);
            connection.commit();
        } catch (IOException e) {
            return connection.endAfter(e);
        } catch (RuntimeException e) {
            listener.onFailure(e);
            return connection.endAfter(e);
        } finally {
            // Before the peer can know that there is room for another one.
            admission.release(connection.peer().getAddress());
        }
        return connection.closeInOrder();
    }

    private void finish(ChannelConnection connection, SessionEnd end) {
        closeQuietly(connection);
        connections.remove(connection);
        counters.bytesReceived.add(connection.bytesReceived());
        counters.bytesSent.add(connection.bytesSent());
        if (!end.isOrderly()) {
            counters.error(end.label());
        }
        try {
            listener.onEnd(connection.session(end));
        } finally {
            permits.release();
        }
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        backoff.close();
        boolean interrupted = Thread.interrupted();
        closeQuietly(channel);
        boolean spared = interrupted || config.service().isEndless();
        interrupted |= awaitEnd(spared ? Duration.ZERO : config.drain());
        if (!spared && !interrupted) {
            abort(connection -> connection.bytesReceived() == 0);
            interrupted = awaitEnd(lastGap());
        }
        abort(connection -> true);
        sweeper.stop();
        interrupted |= awaitEnd(GuardedListener.BUSY_GRACE);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration lastGap() {
        Duration gap = config.service().lastGap();
        Duration longest = GuardedListener.BUSY_GRACE;
        return gap.compareTo(longest) < 0 ? gap : longest;
    }

    private void abort(Predicate<ChannelConnection> choice) {
        for (ChannelConnection connection : connections) {
            if (choice.test(connection)) {
                closeQuietly(() -> connection.abort(SessionEnd.ABORTED));
            }
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
            sweeping.join(sweeper.isStopped() ? GuardedListener.BUSY_GRACE : Duration.ZERO);
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
