package net.server;

import net.protocol.internal.KernelDrops;
import net.server.bind.BindAddress;
import net.server.bind.LocalAddresses;
import net.server.bind.SocketBinder;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The sockets of a UDP server. For a service that answers, a wildcard address is replaced by a
 * socket per local address, since on a wildcard socket the system would choose the source address
 * of answers by route.
 */
final class UdpSocketSet implements Closeable {
    /** Interval at which local addresses are polled, as the JDK does not report changes. */
    private static final long POLL_MILLIS = 10_000;

    private static final long OPEN = -1;

    private final UdpServerConfig config;

    /**
     * Replaced wildcard addresses, with their actual port; empty for a service that does not
     * answer.
     */
    private final List<BindAddress> wildcards;

    /** Other configured addresses, whose sockets stay open even if no interface has them. */
    private final List<BindAddress> fixed;

    private final List<UdpServerSocket> sockets = new CopyOnWriteArrayList<>();
    private final Selector selector = Selector.open();
    private long polledNanos = System.nanoTime();

    /** Datagrams dropped by the system at sockets that have been closed. */
    private volatile long formerDrops;

    /** Datagrams dropped by the system in total after the close; {@link #OPEN} before. */
    private final AtomicLong dropsAtEnd = new AtomicLong(OPEN);

    private UdpSocketSet(
            UdpServerConfig config, List<DatagramChannel> channels, List<BindAddress> followed)
            throws IOException {
        this.config = config;
        this.wildcards = followed.stream().filter(BindAddress::isWildcard).toList();
        this.fixed = followed.stream().filter(address -> !address.isWildcard()).toList();
        try {
            for (DatagramChannel channel : channels) {
                add(channel);
            }
        } catch (Throwable e) {
            SocketBinder.closeAfter(e, selector);
            throw e;
        }
    }

    /** Binds sockets at all addresses, or leaves none open. Blocks while names are resolved. */
    static UdpSocketSet open(UdpServerConfig config) throws IOException {
        List<List<BindAddress>> endpoints =
                SocketBinder.resolve(config.endpoints(), config.family());
        boolean answers = config.service().answers();
        AtomicInteger chosenPort = new AtomicInteger();
        List<DatagramChannel> channels =
                SocketBinder.bind(
                        answers ? LocalAddresses.expandWildcards(endpoints) : endpoints,
                        address -> open(address, config, chosenPort));
        try {
            List<BindAddress> followed =
                    answers ? withPort(endpoints, chosenPort.get()) : List.of();
            return new UdpSocketSet(config, channels, followed);
        } catch (Throwable e) {
            channels.forEach(channel -> SocketBinder.closeAfter(e, channel));
            throw e;
        }
    }

    private static DatagramChannel open(
            BindAddress address, UdpServerConfig config, AtomicInteger chosenPort)
            throws IOException {
        DatagramChannel channel = UdpServerSocket.open(address, config);
        if (address.hasEphemeralPort()) {
            chosenPort.set(channel.socket().getLocalPort());
        }
        return channel;
    }

    /** Returns the addresses of all endpoints, with port 0 replaced by the chosen port. */
    private static List<BindAddress> withPort(List<List<BindAddress>> endpoints, int chosenPort) {
        List<BindAddress> addresses = new ArrayList<>();
        for (List<BindAddress> endpoint : endpoints) {
            for (BindAddress address : endpoint) {
                addresses.add(address.hasEphemeralPort() ? address.withPort(chosenPort) : address);
            }
        }
        return addresses;
    }

    private UdpServerSocket add(DatagramChannel channel) throws IOException {
        UdpServerSocket socket = new UdpServerSocket(channel);
        channel.register(selector, SelectionKey.OP_READ, socket);
        sockets.add(socket);
        return socket;
    }

    /** Returns a live view of the open sockets, in the order of the endpoints. */
    List<UdpServerSocket> all() {
        return sockets;
    }

    List<InetSocketAddress> locals() {
        return sockets.stream().map(UdpServerSocket::local).toList();
    }

    /** Returns the number of datagrams dropped by the system, also after the close. */
    long kernelDrops() {
        long atEnd = dropsAtEnd.get();
        return atEnd == OPEN ? formerDrops + KernelDrops.read().total(locals()) : atEnd;
    }

    /** Waits for datagrams or a wakeup, and passes the ready sockets to a handler. */
    void await(Consumer<UdpServerSocket> handler, ServerListener listener) throws IOException {
        selector.select(
                key -> handler.accept((UdpServerSocket) key.attachment()),
                wildcards.isEmpty() ? 0 : POLL_MILLIS);
        long elapsedNanos = System.nanoTime() - polledNanos;
        if (!wildcards.isEmpty() && TimeUnit.NANOSECONDS.toMillis(elapsedNanos) >= POLL_MILLIS) {
            // Set first, so that a failure is not retried at each datagram.
            polledNanos = System.nanoTime();
            followAddresses(listener);
        }
    }

    void wakeup() {
        selector.wakeup();
    }

    /** Opens sockets for new local addresses, and closes those of removed ones. */
    void followAddresses(ServerListener listener) throws IOException {
        Set<BindAddress> kept = new HashSet<>(fixed);
        for (BindAddress address : LocalAddresses.of(wildcards)) {
            kept.add(address);
            if (!isOpen(address)) {
                open(address, listener);
            }
        }
        for (UdpServerSocket socket : sockets) {
            // The last socket is kept, so that an open server always listens.
            if (sockets.size() > 1
                    && isFollowed(socket.local())
                    && !kept.contains(socket.bindAddress())
                    && !LocalAddresses.contains(socket.local().getAddress())) {
                formerDrops += KernelDrops.read().total(List.of(socket.local()));
                sockets.remove(socket);
                socket.close();
            }
        }
    }

    private void open(BindAddress address, ServerListener listener) {
        try {
            listener.onListening(add(UdpServerSocket.open(address, config)).describe());
        } catch (IOException | RuntimeException e) {
            // A new IPv6 address cannot be bound during duplicate address detection; the next poll
            // retries.
            listener.onFailure(e);
        }
    }

    private boolean isOpen(BindAddress address) {
        return sockets.stream().anyMatch(socket -> socket.bindAddress().equals(address));
    }

    private boolean isFollowed(InetSocketAddress local) {
        return wildcards.stream().anyMatch(wildcard -> wildcard.covers(local));
    }

    /** Closes the sockets, which makes a concurrent receive throw. Thread-safe. */
    void closeSockets() throws IOException {
        dropsAtEnd.compareAndSet(OPEN, kernelDrops());
        for (UdpServerSocket socket : sockets) {
            socket.close();
        }
    }

    /** Closes the sockets and the selector; no thread may be waiting. */
    @Override
    public void close() throws IOException {
        closeSockets();
        selector.close();
    }
}
