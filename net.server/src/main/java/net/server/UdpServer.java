package net.server;

import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Protocol;
import net.protocol.Transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running UDP server for {@link net.protocol.Service#RECEIVE}: it tells its listener of each
 * datagram, an empty one included, and never answers. Of a longer one the first {@value
 * net.protocol.Protocol#MAX_MESSAGE_BYTES} bytes are kept.
 *
 * <p>{@code close} first records the datagrams that have come before it. One platform thread
 * receives and calls the listener; while that is busy, datagrams wait in the system's buffer, and
 * are lost where it is full.
 */
public final class UdpServer implements Server {
    /** At least what a datagram takes up in the system's buffer besides its payload. */
    private static final int DATAGRAM_OVERHEAD_BYTES = 512;

    /** The length field of a UDP header has 16 bits. */
    private static final int MAX_DATAGRAM_BYTES = 65_535;

    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress local;
    private final Duration drain;
    private final ServerListener listener;
    private final Counters counters = new Counters();
    private final Thread receiver;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final byte[] bytes = new byte[Protocol.MAX_MESSAGE_BYTES];

    private UdpServer(
            DatagramChannel channel, Selector selector, Duration drain, ServerListener listener)
            throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.drain = drain;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.listener = new GuardedListener(listener);
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
            bind(channel, address);
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            try {
                channel.register(selector, SelectionKey.OP_READ);
                UdpServer server = new UdpServer(channel, selector, config.drain(), listener);
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
        return counters.snapshot(0);
    }

    private void receiveAll() {
        try (channel;
                selector) {
            while (!closing.get()) {
                selector.select(key -> receiveReady());
            }
            drain();
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Receives what is there, and while it does so what comes. */
    private void receiveReady() {
        try {
            while (!closing.get() && receive() >= 0) {
                // Each datagram is dealt with in receive.
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Receives as much as the system's buffer can have held: what came before the close. */
    private void drain() throws IOException {
        long left = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        long drainNanos = TimeUnit.NANOSECONDS.convert(drain);
        long startNanos = System.nanoTime();
        while (left > 0 && System.nanoTime() - startNanos < drainNanos) {
            int received = receive();
            if (received < 0) {
                return;
            }
            left -= received + DATAGRAM_OVERHEAD_BYTES;
        }
    }

    /** Receives a datagram and has it recorded; returns its length, or -1 if there is none. */
    private int receive() throws IOException {
        buffer.clear();
        InetSocketAddress peer = (InetSocketAddress) channel.receive(buffer);
        if (peer == null) {
            return -1;
        }
        record(peer, buffer.flip());
        return buffer.limit();
    }

    private void failed(IOException failure) {
        if (!(failure instanceof ClosedChannelException)) {
            counters.error("receive");
            listener.onFailure(Binding.failed("receive", local, failure));
        }
    }

    private void record(InetSocketAddress peer, ByteBuffer datagram) {
        int received = datagram.remaining();
        int size = Math.min(received, bytes.length);
        datagram.get(bytes, 0, size);
        counters.accepted.increment();
        counters.bytesReceived.add(received);
        counters.record(
                new ReceivedMessage(
                        Instant.now(),
                        Transport.UDP,
                        local,
                        peer,
                        Message.of(bytes, 0, size),
                        received),
                listener);
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        selector.wakeup();
        boolean interrupted = awaitEnd(drain.plus(GuardedListener.BUSY_GRACE));
        try {
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
