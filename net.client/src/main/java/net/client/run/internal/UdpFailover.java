package net.client.run.internal;

import net.client.connect.ExchangeException;
import net.client.connect.SocketConfig;
import net.client.connect.internal.ConnectedUdpSocket;
import net.client.connect.internal.ExceptionTranslator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way to the first of a server's addresses that there is a way to, and that does not refuse.
 */
final class UdpFailover {
    private final SocketConfig config;
    private final RunLoop loop;
    private final Flow flow;
    private List<InetSocketAddress> peers = List.of();
    private final List<ExchangeException> refusals = new ArrayList<>();
    private Optional<ConnectedUdpSocket> socket = Optional.empty();
    private boolean isConfirmed;

    /** Nobody has been told of the socket yet. */
    private boolean isNew;

    UdpFailover(SocketConfig config, RunLoop loop, Flow flow) {
        this.config = config;
        this.loop = loop;
        this.flow = flow;
    }

    /** Tells whether there is a socket. */
    boolean isOpen() {
        return socket.isPresent();
    }

    /** Returns the socket that there is. */
    ConnectedUdpSocket socket() {
        return socket.orElseThrow();
    }

    /** Takes note that a server is there: no other address is tried any more. */
    void confirm() {
        isConfirmed = true;
    }

    /** Opens a socket for the next address; returns false if there is no way to any. */
    boolean open() {
        if (refusals.isEmpty()) {
            peers = loop.peers().addresses();
        }
        while (socket.isEmpty() && refusals.size() < peers.size()) {
            InetSocketAddress peer = peers.get(refusals.size());
            try {
                socket = Optional.of(ConnectedUdpSocket.open(peer, config, loop.selector(), flow));
                isNew = true;
            } catch (IOException | UnsupportedAddressTypeException e) {
                refusals.add(ExceptionTranslator.at("send to", peer, 0, e));
            }
        }
        return isOpen();
    }

    /** Takes a refusal, and goes on at another address; returns false if there is none to try. */
    boolean isPassed(IOException refusal) {
        refusals.add(
                ExceptionTranslator.at("send to", socket().peer(), loop.questionBytes(), refusal));
        if (isConfirmed || refusals.size() >= peers.size()) {
            return false;
        }
        close();
        return open();
    }

    /** Tells of the socket, once, unless the same address has won before. */
    void tell() throws IOException {
        if (isNew && isOpen()) {
            isNew = false;
            if (loop.peers().prefer(socket().peer())) {
                loop.meter().connected(socket().connection(refusals));
            }
        }
    }

    /** Returns why no address would do; the next attempt begins with the first one. */
    ExchangeException failure() {
        ExchangeException failure = ExceptionTranslator.all(refusals);
        if (isOpen()) {
            // It stays with this address, which may have a server yet.
            refusals.removeLast();
        } else {
            refusals.clear();
        }
        return failure;
    }

    void close() {
        socket.ifPresent(ConnectedUdpSocket::close);
        socket = Optional.empty();
    }
}
