package net.server;

import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Protocol;
import net.protocol.Transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running UDP server for {@link net.protocol.Service#RECEIVE}: it tells its listener of each
 * datagram, an empty one included, and never answers. Of a longer one the first {@value
 * net.protocol.Protocol#MAX_MESSAGE_BYTES} bytes are kept.
 *
 * <p>{@code close} first records the datagrams that have come before it, for {@link #DRAIN} at
 * most. One platform thread receives and calls the listener; while that is busy, datagrams wait in
 * the system's buffer, and are lost where it is full.
 */
public final class UdpServer implements Server {
    /** How long {@code close} goes on recording datagrams that were there before it. */
    public static final Duration DRAIN = Duration.ofSeconds(5);

    /** The length field of a UDP header has 16 bits. */
    private static final int MAX_DATAGRAM_BYTES = 65_535;

    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress local;
    private final ServerListener listener;
    private final Counters counters = new Counters();
    private final Thread receiver;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final byte[] bytes = new byte[Protocol.MAX_MESSAGE_BYTES];

    private UdpServer(DatagramChannel channel, Selector selector, ServerListener listener)
            throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.listener = new GuardedListener(listener);
        this.receiver =
                Thread.ofPlatform()
                        .name("udp-server " + Endpoint.of(local))
                        .unstarted(this::receiveAll);
    }

    /**
     * Starts a server. Blocks while the host's name is looked up.
     *
     * @param endpoint where to listen: the first address that its host stands for; port 0 lets the
     *     system choose
     * @param listener told of each datagram
     * @return a server that is bound and receives
     * @throws java.net.UnknownHostException if the host's name is not known; nothing is left open
     * @throws java.net.BindException if the address cannot be bound; nothing is left open
     * @throws IOException if the listener gave up; nothing is left open
     */
    public static UdpServer start(Endpoint endpoint, ServerListener listener) throws IOException {
        InetSocketAddress address = Binding.address(endpoint);
        DatagramChannel channel = DatagramChannel.open();
        try {
            bind(channel, address);
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            try {
                channel.register(selector, SelectionKey.OP_READ);
                UdpServer server = new UdpServer(channel, selector, listener);
                listener.onListening(server.local);
                server.receiver.start();
                return server;
            } catch (Throwable e) {
                selector.close();
                throw e;
            }
        } catch (Throwable e) {
            channel.close();
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
                selector.select(key -> receiveReady(Long.MAX_VALUE));
            }
            receiveReady(DRAIN.toNanos());
        } catch (IOException e) {
            counters.error("receive");
            listener.onFailure(e);
        }
    }

    /** Receives what is there, and while it does so what comes, for a while at most. */
    private void receiveReady(long nanos) {
        boolean draining = closing.get();
        long startNanos = System.nanoTime();
        while (closing.get() == draining && System.nanoTime() - startNanos < nanos) {
            try {
                buffer.clear();
                InetSocketAddress peer = (InetSocketAddress) channel.receive(buffer);
                if (peer == null) {
                    return;
                }
                record(peer, buffer.flip());
            } catch (ClosedChannelException expected) {
                return;
            } catch (IOException e) {
                counters.error("receive");
                listener.onFailure(e);
                return;
            }
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
        try {
            receiver.join(DRAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            channel.close();
        } catch (IOException e) {
            listener.onFailure(e);
        }
    }
}
