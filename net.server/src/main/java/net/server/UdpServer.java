package net.server;

import net.protocol.Endpoint;
import net.server.access.AddressFilter;
import net.server.access.RefusalReason;
import net.server.bind.LocalAddresses;
import net.server.bind.SocketBinder;
import net.server.loop.Backoff;
import net.server.ratelimit.AnswerPolicy;
import net.server.ratelimit.AnswerRateLimiter;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running UDP server. It runs its service for each datagram, including empty ones, and notifies
 * its listener of each message. For example:
 *
 * {@snippet file="net/server/ServerSampleTest.java" region="udp"}
 *
 * <p>For a service that answers, a wildcard address is replaced by a socket per local address, so
 * that an answer is sent from the address of the request. {@link Datagram#answer} states which
 * datagrams are answered. Messages are truncated to {@value
 * net.protocol.Protocol#MAX_MESSAGE_BYTES} bytes.
 *
 * <p>One platform thread receives from all sockets and calls the listener. While the listener is
 * busy, datagrams wait in the receive buffers; when one is full, the system drops datagrams, which
 * {@link ServerStats#dropped} counts (Linux only). {@code close} first serves the datagrams
 * received before it.
 */
public final class UdpServer implements Server {
    /** Minimum overhead of a datagram in the system's receive buffer. */
    private static final int DATAGRAM_OVERHEAD_BYTES = 512;

    /** Maximum number of datagrams per commit. */
    private static final int MAX_BATCH = 512;

    private final UdpSocketSet sockets;
    private final UdpServerConfig config;
    private final ServerListener listener;
    private final Counters counters = new Counters();
    private final Admission admission;
    private final MessageRecorder recorder;
    private final AnswerPolicy answerPolicy;
    private final ReceivedDatagram datagram;
    private final Thread receiver;
    private final Backoff backoff = new Backoff();
    private final AtomicBoolean closing = new AtomicBoolean();

    /** Number of datagrams received; used by the receiving thread only. */
    private long received;

    private UdpServer(UdpSocketSet sockets, UdpServerConfig config, ServerListener listener) {
        this.sockets = sockets;
        this.config = config;
        this.listener = new SafeListener(listener);
        this.admission = new Admission(config.family(), config.filter());
        this.recorder = new MessageRecorder(this.listener, counters);
        this.answerPolicy = answerPolicy();
        this.datagram = new ReceivedDatagram(answerPolicy, recorder, counters, this.listener);
        this.receiver =
                Thread.ofPlatform().name("udp-server " + endpoint()).unstarted(this::receiveAll);
    }

    private AnswerPolicy answerPolicy() {
        OptionalInt rate = config.answerRate();
        return new AnswerPolicy(
                locals().stream().map(InetSocketAddress::getPort).toList(),
                config.service().answers() ? LocalAddresses.broadcasts() : Set.of(),
                new AnswerRateLimiter(
                        rate.orElse(UdpServerConfig.DEFAULT_ANSWER_RATE), rate.isPresent()));
    }

    /**
     * Starts a server with the defaults of {@link UdpServerConfig}.
     *
     * @param endpoint the address to listen on; with port 0 the system chooses one
     * @param listener notified of each message
     * @return a server that is bound and receives
     * @throws java.net.UnknownHostException if a host name is unknown, or, as {@link
     *     net.protocol.ResolverException}, the resolver failed; nothing is left open
     * @throws java.net.SocketTimeoutException if name resolution times out; nothing is left open
     * @throws java.net.BindException if an address cannot be bound; nothing is left open
     * @throws IOException if the listener rejects an address, the thread is interrupted or no file
     *     descriptors are left; nothing is left open
     */
    public static UdpServer start(Endpoint endpoint, ServerListener listener) throws IOException {
        return start(UdpServerConfig.of(endpoint), listener);
    }

    /**
     * Starts a server at all its addresses, or at none. Blocks while names are resolved.
     *
     * @param config the configuration
     * @param listener notified of each message
     * @return a server that is bound and receives
     * @throws java.net.UnknownHostException if a host name is unknown, or, as {@link
     *     net.protocol.ResolverException}, the resolver failed; nothing is left open
     * @throws java.net.SocketTimeoutException if name resolution times out; nothing is left open
     * @throws java.net.BindException if an address cannot be bound; nothing is left open
     * @throws IOException if the listener rejects an address, the thread is interrupted or no file
     *     descriptors are left; nothing is left open
     */
    public static UdpServer start(UdpServerConfig config, ServerListener listener)
            throws IOException {
        UdpSocketSet sockets = UdpSocketSet.open(config);
        try {
            UdpServer server = new UdpServer(sockets, config, listener);
            for (UdpServerSocket socket : sockets.all()) {
                listener.onListening(socket.describe());
            }
            server.receiver.start();
            return server;
        } catch (Throwable e) {
            SocketBinder.closeAfter(e, sockets);
            throw e;
        }
    }

    @Override
    public List<InetSocketAddress> locals() {
        return sockets.locals();
    }

    @Override
    public void replaceFilter(AddressFilter filter) {
        admission.replaceFilter(filter);
    }

    /**
     * Adds ports whose datagrams are not answered, like those of this server: the ports of other
     * servers of this machine. A forged source address could otherwise make two servers answer each
     * other endlessly, or an answer be recorded as a message.
     *
     * @param ports the ports, at any address
     */
    public void addOwnPorts(Collection<Integer> ports) {
        answerPolicy.addOwnPorts(ports);
    }

    @Override
    public boolean isOpen() {
        return !closing.get();
    }

    @Override
    public ServerStats stats() {
        return counters.snapshot(0, 0, 0, sockets.kernelDrops());
    }

    private void receiveAll() {
        try {
            while (!closing.get()) {
                receiveReady();
            }
            drain();
        } finally {
            commit();
            closeQuietly(sockets);
        }
    }

    /** Waits for datagrams, and serves those of all ready sockets. */
    private void receiveReady() {
        try {
            sockets.await(this::receiveBatch, listener);
        } catch (IOException e) {
            backOff(e);
        }
        commit();
    }

    private void receiveBatch(UdpServerSocket socket) {
        try {
            boolean isEmpty = false;
            do {
                isEmpty = receive(socket) < 0;
            } while (!isEmpty && !closing.get() && received % MAX_BATCH != 0);
            backoff.reset();
        } catch (ClosedChannelException expected) {
            // The grace time has ended.
        } catch (IOException e) {
            backOff(SocketBinder.failed("receive", socket.local(), e));
        }
    }

    /**
     * Serves the datagrams received before the close: at most the capacity of the receive buffers.
     */
    private void drain() {
        long startNanos = System.nanoTime();
        for (UdpServerSocket socket : sockets.all()) {
            try {
                drain(socket, startNanos);
            } catch (ClosedChannelException expected) {
                // The grace time has ended.
            } catch (IOException e) {
                backOff(SocketBinder.failed("receive", socket.local(), e));
            }
        }
    }

    private void drain(UdpServerSocket socket, long startNanos) throws IOException {
        long drainNanos = TimeUnit.NANOSECONDS.convert(config.drain());
        long leftBytes = socket.receiveBufferBytes();
        int length = 0;
        while (length >= 0 && leftBytes > 0 && System.nanoTime() - startNanos < drainNanos) {
            length = receive(socket);
            leftBytes -= length + DATAGRAM_OVERHEAD_BYTES;
        }
    }

    /** Receives and serves a datagram; returns its length, or -1 if there is none. */
    private int receive(UdpServerSocket socket) throws IOException {
        int length = datagram.receive(socket);
        if (length < 0) {
            return length;
        }
        Optional<RefusalReason> refusal = admission.refusal(datagram.peer().getAddress());
        if (refusal.isPresent()) {
            datagram.refuse(refusal.get());
        } else {
            datagram.accept();
            serve();
        }
        received++;
        if (received % MAX_BATCH == 0) {
            commit();
        }
        return length;
    }

    private void serve() {
        try {
            config.service().serve(datagram);
        } catch (ProtocolException expected) {
            counters.addError(ErrorKind.PROTOCOL);
        } catch (MessageRecorder.UnrecordedException expected) {
            // The listener has been notified.
        } catch (IOException | RuntimeException e) {
            counters.addError(ErrorKind.FAILED);
            listener.onFailure(e);
        }
    }

    private void commit() {
        try {
            recorder.commit();
        } catch (MessageRecorder.UnrecordedException expected) {
            // The listener has been notified.
        }
    }

    /** Reports a failed receive, and waits before the next one. */
    private void backOff(IOException failure) {
        counters.addError(ErrorKind.RECEIVE);
        listener.onFailure(failure);
        backoff.await();
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        backoff.close();
        sockets.wakeup();
        boolean interrupted = awaitEnd(config.drain()) || awaitEnd(SafeListener.BUSY_GRACE);
        closeQuietly(sockets::closeSockets);
        interrupted |= awaitEnd(SafeListener.BUSY_GRACE);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            listener.onFailure(e);
        }
    }

    /** Waits for the end of the receiver; returns whether the wait was interrupted. */
    private boolean awaitEnd(Duration timeout) {
        try {
            receiver.join(timeout);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
