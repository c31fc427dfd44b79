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
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running UDP server: it lets its service serve each datagram, an empty one included, and tells
 * its listener of the messages. Of one that is longer than {@value
 * net.protocol.Protocol#MAX_MESSAGE_BYTES} bytes the first ones are kept.
 *
 * <p>For a service that answers, a socket at each local address stands in for a wildcard, so that
 * an answer leaves from the address that was asked; {@link Datagram#answer} says who gets one.
 *
 * <p>{@code close} first serves the datagrams that have come before it. One platform thread
 * receives from all sockets in turn and calls the listener; while that is busy, datagrams wait in
 * the system's buffers, and are lost where one is full: {@link ServerStats#dropped} counts them
 * where the system tells.
 */
public final class UdpServer implements Server {
    /** The length field of a UDP header has 16 bits. */
    static final int MAX_DATAGRAM_BYTES = 65_535;

    /** At least what a datagram takes up in the system's buffer besides its payload. */
    private static final int DATAGRAM_OVERHEAD_BYTES = 512;

    /** Of this many datagrams those that are messages are recorded, though more wait. */
    private static final int MAX_BATCH = 512;

    private final UdpSocketSet sockets;
    private final UdpServerConfig config;
    private final ServerListener listener;
    private final Counters counters = new Counters();
    private final Admission admission;
    private final MessageRecorder recorder;
    private final ReceivedDatagram datagram;
    private final Thread receiver;
    private final Backoff backoff = new Backoff();
    private final AtomicBoolean closing = new AtomicBoolean();

    /** How many datagrams have come, by the thread that serves them. */
    private long received;

    private UdpServer(UdpSocketSet sockets, UdpServerConfig config, ServerListener listener) {
        this.sockets = sockets;
        this.config = config;
        this.listener = new SafeListener(listener);
        this.admission = new Admission(config.family(), config.filter());
        this.recorder = new MessageRecorder(this.listener, counters);
        this.datagram = new ReceivedDatagram(rules(), recorder, counters, this.listener);
        this.receiver =
                Thread.ofPlatform().name("udp-server " + endpoint()).unstarted(this::receiveAll);
    }

    private AnswerPolicy rules() {
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
     * @param endpoint where to listen; port 0 lets the system choose
     * @param listener told of each datagram
     * @return a server that is bound and receives
     * @throws java.net.UnknownHostException if a host's name is not known; nothing is left open
     * @throws java.net.SocketTimeoutException if a look-up takes long; nothing is left open
     * @throws java.net.BindException if an address cannot be bound; nothing is left open
     * @throws IOException if the listener gave up; nothing is left open
     */
    public static UdpServer start(Endpoint endpoint, ServerListener listener) throws IOException {
        return start(UdpServerConfig.of(endpoint), listener);
    }

    /**
     * Starts a server, at all its addresses or not at all. Blocks while names are looked up.
     *
     * @param config what it is to do
     * @param listener told of each datagram
     * @return a server that is bound and receives
     * @throws java.net.UnknownHostException if a host's name is not known; nothing is left open
     * @throws java.net.SocketTimeoutException if a look-up takes long; nothing is left open
     * @throws java.net.BindException if an address cannot be bound; nothing is left open
     * @throws IOException if the listener gave up; nothing is left open
     */
    public static UdpServer start(UdpServerConfig config, ServerListener listener)
            throws IOException {
        UdpSocketSet sockets = UdpSocketSet.open(config);
        try {
            UdpServer server = new UdpServer(sockets, config, listener);
            for (UdpServerSocket socket : sockets.all()) {
                listener.onListening(socket.listening());
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

    /** Waits for datagrams and serves them, those of one socket after those of another. */
    private void receiveReady() {
        try {
            sockets.await(this::receiveBatch, listener);
        } catch (IOException e) {
            failed(e);
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
            // The grace time is up.
        } catch (IOException e) {
            failed(SocketBinder.failed("receive", socket.local(), e));
        }
    }

    /** Serves as much as the system's buffers can have held: what came before the close. */
    private void drain() {
        long startNanos = System.nanoTime();
        for (UdpServerSocket socket : sockets.all()) {
            try {
                drain(socket, startNanos);
            } catch (ClosedChannelException expected) {
                // The grace time is up.
            } catch (IOException e) {
                failed(SocketBinder.failed("receive", socket.local(), e));
            }
        }
    }

    private void drain(UdpServerSocket socket, long startNanos) throws IOException {
        long drainNanos = TimeUnit.NANOSECONDS.convert(config.drain());
        long left = socket.receiveBufferBytes();
        int length = 0;
        while (length >= 0 && left > 0 && System.nanoTime() - startNanos < drainNanos) {
            length = receive(socket);
            left -= length + DATAGRAM_OVERHEAD_BYTES;
        }
    }

    /** Receives a datagram and has it served; returns its length, or -1 if there is none. */
    private int receive(UdpServerSocket socket) throws IOException {
        int length = datagram.receive(socket);
        if (length < 0) {
            return length;
        }
        Optional<RefusalReason> refusal = admission.refusal(datagram.peer().getAddress());
        if (refusal.isPresent()) {
            datagram.refused(refusal.get());
        } else {
            datagram.accepted();
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
            counters.error(CloseReason.PROTOCOL.label());
        } catch (MessageRecorder.UnrecordedException expected) {
            // The listener has been told.
        } catch (IOException | RuntimeException e) {
            counters.error(CloseReason.FAILED.label());
            listener.onFailure(e);
        }
    }

    private void commit() {
        try {
            recorder.commit();
        } catch (MessageRecorder.UnrecordedException expected) {
            // The listener has been told.
        }
    }

    /** Something is wrong with a socket: it may be better in a moment. */
    private void failed(IOException failure) {
        counters.error("receive");
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
        closeQuietly(sockets::cut);
        interrupted |= awaitEnd(SafeListener.BUSY_GRACE);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeQuietly(Closeable open) {
        try {
            open.close();
        } catch (IOException e) {
            listener.onFailure(e);
        }
    }

    /** Waits until the receiver has ended or the time is up; returns whether it was interrupted. */
    private boolean awaitEnd(Duration timeout) {
        try {
            receiver.join(timeout);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
