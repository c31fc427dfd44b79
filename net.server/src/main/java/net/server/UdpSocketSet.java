package net.server;

import net.server.bind.BindAddress;
import net.server.bind.KernelDrops;
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
 * The sockets of a UDP server. For a service that answers, a wildcard is a socket for each address
 * of this machine, since from one for all the system would answer by what its routes say, not by
 * what was asked.
 */
final class UdpSocketSet implements Closeable {
    /** How often to look for addresses that have come or gone, of which the JDK does not tell. */
    private static final long FOLLOW_MILLIS = 10_000;

    private static final long OPEN = -1;

    private final UdpServerConfig config;

    /** With their real port, as the next ones; none for a service that does not answer. */
    private final List<BindAddress> wildcards;

    /** Whose sockets stay, though no interface may list them. */
    private final List<BindAddress> named;

    private final List<UdpServerSocket> sockets = new CopyOnWriteArrayList<>();
    private final Selector selector = Selector.open();
    private long followedNanos = System.nanoTime();

    /** What the system dropped for sockets that were let go. */
    private volatile long formerDrops;

    /** What it dropped in all, once the sockets are closed; {@link #OPEN} before. */
    private final AtomicLong dropsAtEnd = new AtomicLong(OPEN);

    private UdpSocketSet(
            UdpServerConfig config, List<DatagramChannel> channels, List<BindAddress> followed)
            throws IOException {
        this.config = config;
        this.wildcards = followed.stream().filter(BindAddress::isWildcard).toList();
        this.named = followed.stream().filter(place -> !place.isWildcard()).toList();
        try {
            for (DatagramChannel channel : channels) {
                add(channel);
            }
        } catch (Throwable e) {
            SocketBinder.closeAfter(e, selector);
            throw e;
        }
    }

    /** Binds all, or leaves nothing open. Blocks while names are looked up. */
    static UdpSocketSet open(UdpServerConfig config) throws IOException {
        List<List<BindAddress>> places = SocketBinder.places(config.endpoints(), config.family());
        boolean answers = config.service().answers();
        AtomicInteger chosenPort = new AtomicInteger();
        List<DatagramChannel> channels =
                SocketBinder.bind(
                        answers ? LocalAddresses.apart(places) : places,
                        place -> open(place, config, chosenPort));
        try {
            List<BindAddress> followed = answers ? at(chosenPort.get(), places) : List.of();
            return new UdpSocketSet(config, channels, followed);
        } catch (Throwable e) {
            channels.forEach(channel -> SocketBinder.closeAfter(e, channel));
            throw e;
        }
    }

    private static DatagramChannel open(
            BindAddress place, UdpServerConfig config, AtomicInteger chosenPort)
            throws IOException {
        DatagramChannel channel = UdpServerSocket.open(place, config);
        if (place.isPortFree()) {
            chosenPort.set(channel.socket().getLocalPort());
        }
        return channel;
    }

    /** Returns the places of all endpoints, with their real port. */
    private static List<BindAddress> at(int chosenPort, List<List<BindAddress>> endpoints) {
        List<BindAddress> places = new ArrayList<>();
        for (List<BindAddress> endpoint : endpoints) {
            for (BindAddress place : endpoint) {
                places.add(place.isPortFree() ? place.at(chosenPort) : place);
            }
        }
        return places;
    }

    private UdpServerSocket add(DatagramChannel channel) throws IOException {
        UdpServerSocket socket = new UdpServerSocket(channel);
        channel.register(selector, SelectionKey.OP_READ, socket);
        sockets.add(socket);
        return socket;
    }

    /** Returns those that are open, in the order of the endpoints. */
    List<UdpServerSocket> all() {
        return sockets;
    }

    List<InetSocketAddress> locals() {
        return sockets.stream().map(UdpServerSocket::local).toList();
    }

    /** Returns how many datagrams the system has dropped for want of room, also after the end. */
    long kernelDrops() {
        long atEnd = dropsAtEnd.get();
        return atEnd == OPEN ? formerDrops + KernelDrops.of(locals()) : atEnd;
    }

    /** Waits until some have datagrams, or it is woken up, and has those served. */
    void await(Consumer<UdpServerSocket> service, ServerListener listener) throws IOException {
        selector.select(
                key -> service.accept((UdpServerSocket) key.attachment()),
                wildcards.isEmpty() ? 0 : FOLLOW_MILLIS);
        long passedNanos = System.nanoTime() - followedNanos;
        if (!wildcards.isEmpty() && TimeUnit.NANOSECONDS.toMillis(passedNanos) >= FOLLOW_MILLIS) {
            // Before, so that a failure is not tried again at each datagram.
            followedNanos = System.nanoTime();
            follow(listener);
        }
    }

    void wakeup() {
        selector.wakeup();
    }

    /** Has a socket for each address that a wildcard stands for by now, and for no other one. */
    void follow(ServerListener listener) throws IOException {
        Set<BindAddress> kept = new HashSet<>(named);
        for (BindAddress place : LocalAddresses.of(wildcards)) {
            kept.add(place);
            if (!isOpen(place)) {
                open(place, listener);
            }
        }
        for (UdpServerSocket socket : sockets) {
            // One stays in any case: a server that is open listens somewhere.
            if (sockets.size() > 1
                    && isFollowed(socket.local())
                    && !kept.contains(socket.place())
                    && !LocalAddresses.has(socket.local().getAddress())) {
                formerDrops += KernelDrops.of(List.of(socket.local()));
                sockets.remove(socket);
                socket.close();
            }
        }
    }

    private void open(BindAddress place, ServerListener listener) {
        try {
            listener.onListening(add(UdpServerSocket.open(place, config)).listening());
        } catch (IOException | RuntimeException e) {
            // It may be too new to be bound, and is tried again.
            listener.onFailure(e);
        }
    }

    private boolean isOpen(BindAddress place) {
        return sockets.stream().anyMatch(socket -> socket.place().equals(place));
    }

    private boolean isFollowed(InetSocketAddress local) {
        return wildcards.stream().anyMatch(wildcard -> wildcard.covers(local));
    }

    /** Closes the sockets, from whatever thread: whoever receives gets an exception. */
    void cut() throws IOException {
        dropsAtEnd.compareAndSet(OPEN, kernelDrops());
        for (UdpServerSocket socket : sockets) {
            socket.close();
        }
    }

    /** Closes all, once nobody waits any more. */
    @Override
    public void close() throws IOException {
        cut();
        selector.close();
    }
}
