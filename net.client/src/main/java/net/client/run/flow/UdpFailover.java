package net.client.run.flow;

import net.client.connect.ExchangeException;
import net.client.connect.internal.ConnectedUdpSocket;
import net.client.connect.internal.ExceptionTranslator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The socket of a flow over UDP, to the first address that is reachable and does not refuse. */
final class UdpFailover {
    private final FlowContext context;

    /** Attached to the selection keys. */
    private final Object owner;

    private List<InetSocketAddress> peers = List.of();
    private final List<ExchangeException> refusals = new ArrayList<>();
    private Optional<ConnectedUdpSocket> socket = Optional.empty();
    private boolean isConfirmed;

    /** True until the socket is reported. */
    private boolean isNew;

    UdpFailover(FlowContext context, Object owner) {
        this.context = context;
        this.owner = owner;
    }

    boolean isOpen() {
        return socket.isPresent();
    }

    /** Returns the open socket. */
    ConnectedUdpSocket socket() {
        return socket.orElseThrow();
    }

    /** Keeps the current address from now on, because its server has answered. */
    void confirm() {
        isConfirmed = true;
    }

    /** Opens a socket to the next reachable address; returns false if there is none. */
    boolean openNext() {
        if (refusals.isEmpty()) {
            peers = context.addresses().addresses();
        }
        while (socket.isEmpty() && refusals.size() < peers.size()) {
            InetSocketAddress peer = peers.get(refusals.size());
            try {
                socket =
                        Optional.of(
                                ConnectedUdpSocket.open(
                                        peer,
                                        context.config().client().socket(),
                                        context.selector(),
                                        owner));
                isNew = true;
            } catch (IOException | UnsupportedAddressTypeException e) {
                refusals.add(ExceptionTranslator.at("send to", peer, 0, e));
            }
        }
        return isOpen();
    }

    /** Records a refusal and opens the next address; returns false if there is none. */
    boolean tryNext(IOException refusal) {
        refusals.add(
                ExceptionTranslator.at(
                        "send to", socket().peer(), context.requestBytes(), refusal));
        if (isConfirmed || refusals.size() >= peers.size()) {
            return false;
        }
        close();
        return openNext();
    }

    /** Reports the socket once, unless the last reported one has the same address. */
    void reportConnection() throws IOException {
        if (isNew && isOpen()) {
            isNew = false;
            if (context.addresses().prefer(socket().peer())) {
                context.recorder().reportConnection(socket().connection(refusals));
            }
        }
    }

    /** Returns why all addresses have failed, and prepares the next attempt. */
    ExchangeException takeFailure() {
        ExchangeException failure = ExceptionTranslator.all(refusals);
        if (isOpen()) {
            // Keeps this address, where a server may start later.
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
