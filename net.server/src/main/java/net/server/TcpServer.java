package net.server;

import net.protocol.Endpoint;
import net.server.access.AddressFilter;
import net.server.access.RefusalReason;
import net.server.bind.Pollers;
import net.server.bind.SocketBinder;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running TCP server: it accepts at each of its addresses, lets its service serve each peer that
 * is admitted, and tells its listener of each message.
 *
 * <p>A connection is set to abort from accept on. It is closed in order, which is a receipt for its
 * messages, only when the service is done and the messages are recorded. {@code close} resets the
 * connections that have not ended in the grace time, and those of an endless service at once.
 *
 * <p>A few threads serve all peers of Netpair's own services, which never wait for one. Each peer
 * of another service has a virtual thread of its own.
 */
public final class TcpServer implements Server {
    private static final int ALL = Integer.MAX_VALUE;

    /** So many threads at most: one of them accepts for all. */
    private static final int MAX_LANES = 4;

    private final List<Acceptor> acceptors = new ArrayList<>();
    private final List<TcpWorker> lanes = new ArrayList<>();
    private final TcpServerConfig config;
    private final ServerListener listener;
    private final Counters counters = new Counters();
    private final Admission admission;
    private final ConnectionLimiter capacity;

    /** One permit for each connection, taken before it is served and given back at its end. */
    private final Semaphore permits = new Semaphore(ALL);

    private final AtomicBoolean closing = new AtomicBoolean();

    /** Whose turn it is to serve the next peer; by the thread that accepts. */
    private int turn;

    private TcpServer(
            List<ServerSocketChannel> channels, TcpServerConfig config, ServerListener listener)
            throws IOException {
        this.config = config;
        this.listener = new SafeListener(listener);
        this.admission = new Admission(config.family(), config.filter());
        this.capacity = new ConnectionLimiter(config.maxConnections(), config.maxPerSource());
        for (ServerSocketChannel channel : channels) {
            acceptors.add(new Acceptor(channel, this.listener, counters, this::admit));
        }
    }

    /** Makes the threads: others than Netpair's services have one for each peer besides. */
    private void addLanes() throws IOException {
        String name = "tcp-server " + endpoint();
        int processors = Runtime.getRuntime().availableProcessors();
        int count = isPrompt(config) ? Math.min(processors, MAX_LANES) : 1;
        for (int i = 1; i <= count; i++) {
            lanes.add(
                    new TcpWorker(
                            i == 1 ? name : name + " " + i,
                            config,
                            listener,
                            counters,
                            capacity,
                            permits));
        }
    }

    private static boolean isPrompt(TcpServerConfig config) {
        return config.service() instanceof NonBlockingService;
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
                SocketBinder.bind(
                        SocketBinder.places(config.endpoints(), config.family()),
                        place -> Acceptor.open(place, config));
        List<TcpWorker> lanes = List.of();
        try {
            if (!isPrompt(config)) {
                Pollers.prepare();
            }
            TcpServer server = new TcpServer(channels, config, listener);
            lanes = server.lanes;
            server.addLanes();
            int sendBufferBytes = Acceptor.sendBufferBytes(config);
            for (Acceptor acceptor : server.acceptors) {
                listener.onListening(acceptor.listening(sendBufferBytes));
            }
            server.begin();
            return server;
        } catch (Throwable e) {
            lanes.forEach(TcpWorker::cut);
            lanes.forEach(lane -> SocketBinder.closeAfter(e, lane));
            channels.forEach(channel -> SocketBinder.closeAfter(e, channel));
            throw e;
        }
    }

    private void begin() {
        EventLoop first = lanes.getFirst().loop();
        first.execute(() -> acceptors.forEach(acceptor -> acceptor.begin(first)));
        lanes.forEach(TcpWorker::start);
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
        int active = 0;
        long received = 0;
        long sent = 0;
        for (TcpWorker lane : lanes) {
            for (NioConnection connection : lane.connections()) {
                active++;
                received += connection.bytesReceived();
                sent += connection.bytesSent();
            }
        }
        return counters.snapshot(active, received, sent, 0);
    }

    private void admit(SocketChannel accepted) throws IOException {
        NioConnection connection;
        try {
            connection = new NioConnection(accepted, config.sockets(), listener, counters);
        } catch (IOException expected) {
            // The peer has gone again; others are waiting.
            counters.error(CloseReason.RESET.label());
            accepted.close();
            return;
        }
        Optional<RefusalReason> refusal = refusal(connection.peer().getAddress());
        if (refusal.isPresent()) {
            closeQuietly(connection);
            counters.refused(refusal.get());
            listener.onRefused(connection.peer(), refusal.get());
            return;
        }
        counters.accepted.increment();
        permits.acquireUninterruptibly();
        lanes.get(turn).serve(connection);
        turn = (turn + 1) % lanes.size();
    }

    /** Takes a place for a peer, or returns the reason not to let it in. */
    private Optional<RefusalReason> refusal(InetAddress source) {
        Optional<RefusalReason> refusal = admission.refusal(source);
        return refusal.isPresent() ? refusal : capacity.take(source);
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        acceptors.forEach(this::closeQuietly);
        // The socket of a channel that is closed is let go of in its loop.
        lanes.getFirst().loop().execute(() -> {});
        boolean spared = interrupted || config.service().isEndless();
        interrupted |= awaitEnd(spared ? Duration.ZERO : config.drain());
        if (!spared && !interrupted) {
            lanes.forEach(lane -> lane.abort(connection -> connection.bytesReceived() == 0));
            interrupted = awaitEnd(lastGap());
        }
        long endNanos = System.nanoTime() + SafeListener.BUSY_GRACE.toNanos();
        // The first one accepts, and gives to the others.
        lanes.getFirst().cut();
        interrupted |= lanes.getFirst().awaitEnd(SafeListener.BUSY_GRACE);
        lanes.forEach(TcpWorker::cut);
        interrupted |= awaitEnd(Duration.ofNanos(endNanos - System.nanoTime()));
        for (TcpWorker lane : lanes) {
            interrupted |= lane.awaitEnd(Duration.ofNanos(endNanos - System.nanoTime()));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration lastGap() {
        Duration gap = config.service().lastGap();
        Duration longest = SafeListener.BUSY_GRACE;
        return gap.compareTo(longest) < 0 ? gap : longest;
    }

    /** Waits until no connection is left or the time is up; returns whether it was interrupted. */
    private boolean awaitEnd(Duration timeout) {
        try {
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
