package net.server;

import net.protocol.Endpoint;
import net.protocol.internal.Preconditions;
import net.server.access.AddressFilter;
import net.server.access.ConnectionLimiter;
import net.server.access.RefusalReason;
import net.server.bind.Pollers;
import net.server.bind.SocketBinder;
import net.server.loop.AcceptHandler;
import net.server.loop.Acceptor;
import net.server.loop.EventLoop;
import net.server.service.NonBlockingService;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
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
 * A running TCP server. It accepts connections at all its addresses, runs its service for each
 * admitted peer, and notifies its listener of each message. For example:
 *
 * {@snippet file="net/server/ServerSampleTest.java" region="tcp"}
 *
 * <p>An accepted connection is set to reset on close. It is closed in order, which is the receipt
 * of its messages, only when the service has returned and the messages are recorded. {@code close}
 * resets connections that are open after the grace time, and those of {@link
 * net.protocol.Service#CHARGEN} immediately.
 *
 * <p>Up to four event loops run the built-in services. A user's {@link TcpService} runs on a
 * virtual thread per connection; admission, limits and timeouts are the same.
 */
public final class TcpServer implements Server {
    private static final int MAX_PERMITS = Integer.MAX_VALUE;
    private static final int MAX_WORKERS = 4;

    private final List<Acceptor> acceptors = new ArrayList<>();

    /** True if {@link #close} closes the listening channels. */
    private final boolean ownsChannels;

    /** The first worker also accepts the connections, and assigns them to all. */
    private final List<TcpWorker> workers = new ArrayList<>();

    private final TcpServerConfig config;
    private final ServerListener listener;
    private final Counters counters = new Counters();
    private final Admission admission;
    private final ConnectionLimiter limiter;

    /** One permit per open connection, acquired before it is served and released at its end. */
    private final Semaphore permits = new Semaphore(MAX_PERMITS);

    private final AtomicBoolean closing = new AtomicBoolean();

    /** Index of the worker of the next connection; used by the accepting thread only. */
    private int nextWorker;

    private TcpServer(
            List<ServerSocketChannel> channels,
            boolean ownsChannels,
            TcpServerConfig config,
            ServerListener listener)
            throws IOException {
        this.ownsChannels = ownsChannels;
        this.config = config;
        this.listener = new SafeListener(listener);
        this.admission = new Admission(config.family(), config.filter());
        this.limiter = config.connectionLimiter();
        for (ServerSocketChannel channel : channels) {
            acceptors.add(new Acceptor(channel, acceptHandler()));
        }
    }

    /**
     * Starts a server with the defaults of {@link TcpServerConfig}.
     *
     * @param endpoint the address to listen on; with port 0 the system chooses one
     * @param listener notified of each message
     * @return a server that is bound and accepts
     * @throws java.net.UnknownHostException if a host name is unknown, or, as {@link
     *     net.protocol.ResolverException}, the resolver failed; nothing is left open
     * @throws java.net.SocketTimeoutException if name resolution times out; nothing is left open
     * @throws java.net.BindException if an address cannot be bound; nothing is left open
     * @throws IOException if the listener rejects an address, the thread is interrupted or no file
     *     descriptors are left; nothing is left open
     */
    public static TcpServer start(Endpoint endpoint, ServerListener listener) throws IOException {
        return start(TcpServerConfig.of(endpoint), listener);
    }

    /**
     * Starts a server at all its addresses, or at none. Blocks while names are resolved.
     *
     * @param config the configuration
     * @param listener notified of each message
     * @return a server that is bound and accepts
     * @throws java.net.UnknownHostException if a host name is unknown, or, as {@link
     *     net.protocol.ResolverException}, the resolver failed; nothing is left open
     * @throws java.net.SocketTimeoutException if name resolution times out; nothing is left open
     * @throws java.net.BindException if an address cannot be bound; nothing is left open
     * @throws IOException if the listener rejects an address, the thread is interrupted or no file
     *     descriptors are left; nothing is left open
     */
    public static TcpServer start(TcpServerConfig config, ServerListener listener)
            throws IOException {
        List<ServerSocketChannel> channels = TcpServerSockets.open(config);
        try {
            return start(channels, true, config, listener);
        } catch (Throwable e) {
            channels.forEach(channel -> SocketBinder.closeAfter(e, channel));
            throw e;
        }
    }

    /**
     * Starts a server on a channel that is already bound, such as {@link System#inheritedChannel}.
     * The endpoints, backlog, receive buffer and DSCP of the configuration are not used, since they
     * are properties of the channel.
     *
     * <p>The channel stays open, also if this method throws, and remains in non-blocking mode: the
     * caller closes it after the server. Connections that arrive while the server closes, and
     * later, wait in its backlog for the next server on the same socket. Closing the channel that
     * this process has inherited redirects its standard streams to {@code /dev/null}, so the last
     * output must come before.
     *
     * @param channel bound to an address of this machine
     * @param config the configuration
     * @param listener notified of each message
     * @return a server that accepts
     * @throws IllegalArgumentException if the channel is not bound to an Internet address
     * @throws IOException if the channel is closed or does not listen, the listener rejects the
     *     address, or no file descriptors are left; a connection that waits may then be reset
     */
    public static TcpServer start(
            ServerSocketChannel channel, TcpServerConfig config, ServerListener listener)
            throws IOException {
        SocketAddress local = channel.getLocalAddress();
        Preconditions.require(
                local instanceof InetSocketAddress,
                "channel must be bound to an Internet address",
                local);
        // For the JDK, each inherited channel is an IPv6 one, whose DSCP cannot be set over IPv4.
        SocketSettings sockets = config.sockets().toBuilder().dscp(0).build();
        return start(
                List.of(channel), false, config.toBuilder().sockets(sockets).build(), listener);
    }

    private static TcpServer start(
            List<ServerSocketChannel> channels,
            boolean ownsChannels,
            TcpServerConfig config,
            ServerListener listener)
            throws IOException {
        if (config.service().isPresent()) {
            Pollers.prepare();
        }
        TcpServer server = new TcpServer(channels, ownsChannels, config, listener);
        try {
            if (!ownsChannels) {
                server.requireListening();
            }
            server.addWorkers();
            int sendBufferBytes = TcpServerSockets.sendBufferBytes(config);
            for (ServerSocketChannel channel : channels) {
                listener.onListening(TcpServerSockets.describe(channel, sendBufferBytes));
            }
            server.startThreads();
            return server;
        } catch (Throwable e) {
            server.acceptors.forEach(each -> SocketBinder.closeAfter(e, each::closeFirst));
            server.workers.forEach(TcpWorker::abortAll);
            server.workers.forEach(worker -> SocketBinder.closeAfter(e, worker));
            throw e;
        }
    }

    private void requireListening() throws IOException {
        Acceptor acceptor = acceptors.getFirst();
        try {
            acceptor.acceptFirst();
        } catch (IOException e) {
            // Compared, as the JDK has no type for this error.
            boolean isBoundOnly = "Invalid argument".equals(e.getMessage());
            throw SocketBinder.failed(
                    "accept",
                    acceptor.local(),
                    isBoundOnly ? new IOException("the socket does not listen", e) : e);
        }
    }

    private void addWorkers() throws IOException {
        String name = "tcp-server " + endpoint();
        int processors = Runtime.getRuntime().availableProcessors();
        // With a thread per connection, the loop only accepts.
        int count = config.service().isPresent() ? 1 : Math.min(processors, MAX_WORKERS);
        for (int i = 1; i <= count; i++) {
            workers.add(
                    new TcpWorker(
                            i == 1 ? name : name + " " + i,
                            config,
                            listener,
                            counters,
                            limiter,
                            permits));
        }
    }

    private void startThreads() {
        EventLoop loop = workers.getFirst().loop();
        loop.execute(() -> acceptors.forEach(acceptor -> acceptor.start(loop)));
        workers.forEach(TcpWorker::start);
    }

    @Override
    public List<InetSocketAddress> locals() {
        return acceptors.stream().map(Acceptor::local).toList();
    }

    @Override
    public void replaceFilter(AddressFilter filter) {
        admission.replaceFilter(filter);
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
        for (TcpWorker worker : workers) {
            for (RecordedConnection connection : worker.connections()) {
                active++;
                received += connection.bytesReceived();
                sent += connection.bytesSent();
            }
        }
        return counters.snapshot(active, received, sent, 0);
    }

    private AcceptHandler acceptHandler() {
        return new AcceptHandler() {
            @Override
            public void onAccept(SocketChannel accepted) throws IOException {
                admit(accepted);
            }

            @Override
            public void onAcceptFailure(InetSocketAddress local, IOException failure) {
                counters.addError(ErrorKind.ACCEPT);
                listener.onFailure(SocketBinder.failed("accept", local, failure));
            }
        };
    }

    private void admit(SocketChannel accepted) throws IOException {
        RecordedConnection connection;
        try {
            connection = new RecordedConnection(accepted, config.sockets(), listener, counters);
        } catch (IOException expected) {
            // The peer has reset the connection.
            counters.addError(ErrorKind.RESET);
            accepted.close();
            return;
        }
        Optional<RefusalReason> refusal = tryAdmit(connection.peer().getAddress());
        if (refusal.isPresent()) {
            closeQuietly(connection);
            counters.addRefused(refusal.get());
            listener.onRefused(connection.peer(), refusal.get());
            return;
        }
        counters.accepted.increment();
        permits.acquireUninterruptibly();
        workers.get(nextWorker).serve(connection);
        nextWorker = (nextWorker + 1) % workers.size();
    }

    private Optional<RefusalReason> tryAdmit(InetAddress source) {
        Optional<RefusalReason> refusal = admission.refusal(source);
        return refusal.isPresent() ? refusal : limiter.tryAcquire(source);
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        acceptors.forEach(ownsChannels ? this::closeQuietly : Acceptor::stop);
        // A selector releases the socket of a closed channel in its next select.
        workers.getFirst().loop().execute(() -> {});
        interrupted |= drain(interrupted);
        interrupted |= abortAll();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the end of the open connections; returns whether the wait was interrupted. */
    private boolean drain(boolean isSkipped) {
        Optional<NonBlockingService> builtIn = config.nonBlockingService();
        if (builtIn.isPresent() && builtIn.get().isEndless()) {
            return false;
        }
        Duration messageGap = builtIn.map(NonBlockingService::messageGap).orElse(Duration.ZERO);
        if (isSkipped || awaitConnections(config.drain())) {
            return true;
        }
        // A peer that has sent bytes also has the message gap to complete its message.
        workers.forEach(worker -> worker.abortIf(connection -> connection.bytesReceived() == 0));
        boolean isShort = messageGap.compareTo(SafeListener.BUSY_GRACE) < 0;
        return awaitConnections(isShort ? messageGap : SafeListener.BUSY_GRACE);
    }

    /** Resets the open connections and ends the threads; returns whether a wait was interrupted. */
    private boolean abortAll() {
        long endNanos = System.nanoTime() + SafeListener.BUSY_GRACE.toNanos();
        // The first worker ends before the others, as it assigns accepted connections to them.
        workers.getFirst().abortAll();
        boolean interrupted = workers.getFirst().awaitEnd(SafeListener.BUSY_GRACE);
        workers.forEach(TcpWorker::abortAll);
        interrupted |= awaitConnections(Duration.ofNanos(endNanos - System.nanoTime()));
        for (TcpWorker worker : workers) {
            interrupted |= worker.awaitEnd(Duration.ofNanos(endNanos - System.nanoTime()));
        }
        return interrupted;
    }

    /** Waits until no connection is open; returns whether the wait was interrupted. */
    private boolean awaitConnections(Duration timeout) {
        try {
            if (permits.tryAcquire(
                    MAX_PERMITS, TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS)) {
                permits.release(MAX_PERMITS);
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            listener.onFailure(e);
        }
    }
}
