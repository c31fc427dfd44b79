package net.server;

import net.protocol.Endpoint;
import net.server.access.AddressFilter;
import net.server.access.Refusal;
import net.server.bind.Binding;
import net.server.bind.Pollers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * A running TCP server: it accepts at each of its addresses, lets its service serve each peer that
 * is admitted, and tells its listener of each message.
 *
 * <p>A connection is set to abort from accept on. It is closed in order, which is a receipt for its
 * messages, only when the service is done and the messages are recorded. {@code close} resets the
 * connections that have not ended in the grace time, and those of an endless service at once. Each
 * connection has a virtual thread of its own.
 */
public final class TcpServer implements Server {
    private static final int ALL = Integer.MAX_VALUE;

    private final List<Acceptor> acceptors = new ArrayList<>();
    private final TcpServerConfig config;
    private final ServerListener listener;
    private final Counters counters = new Counters();
    private final Set<ChannelConnection> connections = ConcurrentHashMap.newKeySet();
    private final Admission admission;
    private final Capacity capacity;
    private final Sweeper sweeper;
    private final List<Thread> accepting = new ArrayList<>();
    private final Thread sweeping;

    /** One permit for each connection, taken before its thread starts and given back at its end. */
    private final Semaphore permits = new Semaphore(ALL);

    private final AtomicBoolean closing = new AtomicBoolean();

    private TcpServer(
            List<ServerSocketChannel> channels, TcpServerConfig config, ServerListener listener)
            throws IOException {
        this.config = config;
        this.listener = new GuardedListener(listener);
        this.admission = new Admission(config.family(), config.filter());
        this.capacity = new Capacity(config.maxConnections(), config.maxPerSource());
        for (ServerSocketChannel channel : channels) {
            Acceptor acceptor = new Acceptor(channel, this.listener, counters, this::admit);
            acceptors.add(acceptor);
            accepting.add(thread("tcp-server ", acceptor.local()).unstarted(acceptor));
        }
        this.sweeper = new Sweeper(connections, config, this.listener);
        this.sweeping = thread("tcp-server limits ", local()).unstarted(sweeper);
    }

    private static Thread.Builder.OfPlatform thread(String role, InetSocketAddress local) {
        return Thread.ofPlatform().name(role + Endpoint.of(local));
    }

    /**
     * Starts a server with the defaults of {@link TcpServerConfig}.
     *
     * @param endpoint where to listen; port 0 lets the system choose
     * @param listener told of each message
     * @return a server that is bound and accepts
     * @throws java.net.UnknownHostException if a host's name is not known; nothing is left open
     * @throws java.net.SocketTimeoutException if a look-up takes long; nothing is left open
     * @throws java.net.BindException if an address cannot be bound; nothing is left open
     * @throws IOException if the listener gave up; nothing is left open
     */
    public static TcpServer start(Endpoint endpoint, ServerListener listener) throws IOException {
        return start(TcpServerConfig.of(endpoint), listener);
    }

    /**
     * Starts a server, at all its addresses or not at all. Blocks while names are looked up.
     *
     * @param config what it is to do
     * @param listener told of each message
     * @return a server that is bound and accepts
     * @throws java.net.UnknownHostException if a host's name is not known; nothing is left open
     * @throws java.net.SocketTimeoutException if a look-up takes long; nothing is left open
     * @throws java.net.BindException if an address cannot be bound; nothing is left open
     * @throws IOException if the listener gave up; nothing is left open
     */
    public static TcpServer start(TcpServerConfig config, ServerListener listener)
            throws IOException {
        List<ServerSocketChannel> channels =
                Binding.bind(
                        Binding.places(config.endpoints(), config.family()),
                        place -> Acceptor.open(place, config));
        try {
            Pollers.prepare();
            TcpServer server = new TcpServer(channels, config, listener);
            int sendBufferBytes = Acceptor.sendBufferBytes(config);
            for (Acceptor acceptor : server.acceptors) {
                listener.onListening(acceptor.listening(sendBufferBytes));
            }
            server.startThreads();
            return server;
        } catch (Throwable e) {
            channels.forEach(channel -> Binding.closeAfter(e, channel));
            throw e;
        }
    }

    private void startThreads() {
        sweeping.start();
        try {
            accepting.forEach(Thread::start);
        } catch (Throwable e) {
            sweeper.stop();
            abort(connection -> true);
            throw e;
        }
    }

    @Override
    public List<InetSocketAddress> locals() {
        return acceptors.stream().map(Acceptor::local).toList();
    }

    @Override
    public void replaceFilter(AddressFilter filter) {
        admission.replace(filter);
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

    private void admit(SocketChannel accepted) throws IOException {
        ChannelConnection connection;
        try {
            connection = new ChannelConnection(accepted, config.sockets(), listener, counters);
        } catch (IOException expected) {
            // The peer has gone again; others are waiting.
            counters.error(SessionEnd.RESET.label());
            accepted.close();
            return;
        }
        Optional<Refusal> refusal = refusal(connection.peer().getAddress());
        if (refusal.isPresent()) {
            closeQuietly(connection);
            counters.refused(refusal.get());
            listener.onRefused(connection.peer(), refusal.get());
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
            capacity.release(connection.peer().getAddress());
            connections.remove(connection);
            permits.release();
            closeQuietly(connection);
            throw e;
        }
    }

    /** Takes a place for a peer, or returns the reason not to let it in. */
    private Optional<Refusal> refusal(InetAddress source) {
        Optional<Refusal> refusal = admission.refusal(source);
        return refusal.isPresent() ? refusal : capacity.take(source);
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
            capacity.release(connection.peer().getAddress());
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
        boolean interrupted = Thread.interrupted();
        acceptors.forEach(this::closeQuietly);
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
            for (Thread thread : accepting) {
                thread.join(GuardedListener.BUSY_GRACE);
            }
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
