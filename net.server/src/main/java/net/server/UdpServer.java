package net.server;

import net.protocol.Endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running UDP server: it lets its service serve each datagram, an empty one included, and tells
 * its listener of the messages. Of one that is longer than {@value
 * net.protocol.Protocol#MAX_MESSAGE_BYTES} bytes the first ones are kept.
 *
 * <p>{@code close} first serves the datagrams that have come before it. One platform thread
 * receives and calls the listener; while that is busy, datagrams wait in the system's buffer, and
 * are lost where it is full: {@link ServerStats#dropped} counts them where the system tells.
 */
public final class UdpServer implements Server {
    /** The length field of a UDP header has 16 bits. */
    static final int MAX_DATAGRAM_BYTES = 65_535;

    /** At least what a datagram takes up in the system's buffer besides its payload. */
    private static final int DATAGRAM_OVERHEAD_BYTES = 512;

    /** Asked of the system, which may grant less; some 10,000 small datagrams, as Linux counts. */
    private static final int RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

    /** Of this many datagrams those that are messages are recorded, though more wait. */
    private static final int MAX_BATCH = 512;

    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress local;
    private final UdpServerConfig config;
    private final ServerListener listener;
    private final Counters counters = new Counters();
    private final Recorder recorder;
    private final ReceivedDatagram datagram;
    private final Thread receiver;
    private final Backoff backoff = new Backoff();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile long kernelDrops;

    /** How many datagrams have been served, by the thread that does. */
    private long served;

    private UdpServer(
            DatagramChannel channel,
            Selector selector,
            UdpServerConfig config,
            ServerListener listener)
            throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.config = config;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.listener = new GuardedListener(listener);
        this.recorder = new Recorder(this.listener, counters);
        this.datagram = new ReceivedDatagram(channel, local, recorder, counters);
        this.receiver =
                Thread.ofPlatform()
                        .name("udp-server " + Endpoint.of(local))
                        .unstarted(this::receiveAll);
    }

    /**
     * Starts a server with the defaults of {@link UdpServerConfig}.
     *
     * @param endpoint where to listen; port 0 lets the system choose
     * @param listener told of each datagram
     * @return a server that is bound and receives
     * @throws java.net.UnknownHostException if the host's name is not known; nothing is left open
     * @throws java.net.BindException if the address cannot be bound; nothing is left open
     * @throws IOException if the listener gave up; nothing is left open
     */
    public static UdpServer start(Endpoint endpoint, ServerListener listener) throws IOException {
        return start(UdpServerConfig.of(endpoint), listener);
    }

    /**
     * Starts a server. Blocks while the host's name is looked up.
     *
     * @param config what it is to do
     * @param listener told of each datagram
     * @return a server that is bound and receives
     * @throws java.net.UnknownHostException if the host's name is not known; nothing is left open
     * @throws java.net.BindException if the address cannot be bound; nothing is left open
     * @throws IOException if the listener gave up; nothing is left open
     */
    public static UdpServer start(UdpServerConfig config, ServerListener listener)
            throws IOException {
        InetSocketAddress address = Binding.address(config.endpoint());
        DatagramChannel channel =
                Binding.isIpv4(config.endpoint(), address)
                        ? DatagramChannel.open(StandardProtocolFamily.INET)
                        : DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            bind(channel, address);
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            try {
                channel.register(selector, SelectionKey.OP_READ);
                UdpServer server = new UdpServer(channel, selector, config, listener);
                listener.onListening(server.local);
                server.receiver.start();
                return server;
            } catch (Throwable e) {
                Binding.closeAfter(e, selector);
                throw e;
            }
        } catch (Throwable e) {
            Binding.closeAfter(e, channel);
            throw e;
        }
    }

    private static void bind(DatagramChannel channel, InetSocketAddress address)
            throws IOException {
        try {
            channel.bind(address);
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
        return counters.snapshot(0, 0, 0, channel.isOpen() ? KernelDrops.of(local) : kernelDrops);
    }

    private void receiveAll() {
        try (channel;
                selector) {
            while (!closing.get()) {
                receiveReady();
            }
            drain();
        } catch (ClosedChannelException expected) {
            // The grace time is up.
        } catch (IOException e) {
            failed(e);
        } finally {
            commit();
        }
    }

    /** Waits for datagrams and serves them, and while it does so what comes. */
    private void receiveReady() throws ClosedChannelException {
        try {
            selector.select(key -> {});
            while (!closing.get() && receive() >= 0) {
                // Each datagram is served in receive.
            }
            backoff.reset();
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            failed(e);
            backoff.pause();
        }
        commit();
    }

    /** Serves as much as the system's buffer can have held: what came before the close. */
    private void drain() throws IOException {
        // The JDK tells what was asked for; Linux reserves twice as much.
        long left = 2L * channel.getOption(StandardSocketOptions.SO_RCVBUF);
        long drainNanos = TimeUnit.NANOSECONDS.convert(config.drain());
        long startNanos = System.nanoTime();
        int received = 0;
        while (received >= 0 && left > 0 && System.nanoTime() - startNanos < drainNanos) {
            received = receive();
            left -= received + DATAGRAM_OVERHEAD_BYTES;
        }
        commit();
        kernelDrops = KernelDrops.of(local);
    }

    /** Receives a datagram and has it served; returns its length, or -1 if there is none. */
    private int receive() throws IOException {
        int length = datagram.receive();
        if (length < 0) {
            return length;
        }
        try {
            config.service().serve(datagram);
        } catch (ProtocolException expected) {
            counters.error(SessionEnd.PROTOCOL.label());
        } catch (Recorder.UnrecordedException expected) {
            // The listener has been told.
        } catch (IOException | RuntimeException e) {
            counters.error(SessionEnd.FAILED.label());
            listener.onFailure(e);
        }
        served++;
        if (served % MAX_BATCH == 0) {
            commit();
        }
        return length;
    }

    private void commit() {
        try {
            recorder.commit();
        } catch (Recorder.UnrecordedException expected) {
            // The listener has been told.
        }
    }

    private void failed(IOException failure) {
        counters.error("receive");
        listener.onFailure(Binding.failed("receive", local, failure));
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        backoff.close();
        selector.wakeup();
        boolean interrupted = awaitEnd(config.drain()) || awaitEnd(GuardedListener.BUSY_GRACE);
        try {
            if (channel.isOpen()) {
                kernelDrops = KernelDrops.of(local);
            }
            channel.close();
        } catch (IOException e) {
            listener.onFailure(e);
        }
        interrupted |= awaitEnd(GuardedListener.BUSY_GRACE);
        if (interrupted) {
            Thread.currentThread().interrupt();
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
