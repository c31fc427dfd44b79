package net.client.connect.internal;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.connect.SocketConfig;
import net.client.internal.Closeables;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Optional;

/**
 * Two UDP sockets that share a local port: a connected one, which reports ICMP errors of the peer,
 * and an unconnected one, which receives datagrams from other addresses.
 */
public final class ConnectedUdpSocket implements Closeable {
    private final DatagramChannel connected;
    private final DatagramChannel other;
    private final InetSocketAddress peer;
    private final InetSocketAddress local;
    private final SelectionKey connectedKey;

    private ConnectedUdpSocket(
            DatagramChannel connected,
            DatagramChannel other,
            InetSocketAddress peer,
            SocketConfig config,
            Selector selector,
            Object owner)
            throws IOException {
        this.local = (InetSocketAddress) connected.getLocalAddress();
        other.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        other.bind(config.source().isPresent() ? local : new InetSocketAddress(local.getPort()));
        connected.configureBlocking(false);
        other.configureBlocking(false);
        this.connected = connected;
        this.other = other;
        this.peer = peer;
        this.connectedKey = connected.register(selector, SelectionKey.OP_READ, owner);
        other.register(selector, SelectionKey.OP_READ, owner);
    }

    /** Opens both sockets; closes both on failure. */
    public static ConnectedUdpSocket open(
            InetSocketAddress peer, SocketConfig config, Selector selector, Object owner)
            throws IOException {
        DatagramChannel connected = SocketConfigurer.connect(config, peer);
        DatagramChannel other = null;
        try {
            other = DatagramChannel.open();
            return new ConnectedUdpSocket(connected, other, peer, config, selector, owner);
        } catch (Throwable e) {
            Closeables.closeQuietly(connected);
            Closeables.closeQuietly(other);
            throw e;
        }
    }

    public InetSocketAddress peer() {
        return peer;
    }

    public InetSocketAddress local() {
        return local;
    }

    /** Returns a description of this socket, with the failures of other addresses. */
    public ConnectionInfo connection(List<ExchangeException> failures) throws IOException {
        return new ConnectionInfo(
                local,
                peer,
                Optional.empty(),
                connected.getOption(StandardSocketOptions.SO_RCVBUF),
                connected.getOption(StandardSocketOptions.SO_SNDBUF),
                failures);
    }

    /** Sends a datagram; if the send buffer is full, registers for writes and returns false. */
    public boolean send(ByteBuffer datagram) throws IOException {
        if (!datagram.hasRemaining()) {
            // A connected DatagramChannel silently discards empty datagrams.
            other.send(datagram, peer);
            return true;
        }
        boolean isSent = connected.write(datagram) > 0;
        if (!isSent) {
            setWriteInterest(true);
        }
        return isSent;
    }

    /** Registers or deregisters for writes. */
    public void setWriteInterest(boolean isInterested) {
        connectedKey.interestOps(
                isInterested ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    /** Returns the key of the socket that receives from the peer. */
    public SelectionKey key() {
        return connectedKey;
    }

    /** Receives from the ready socket; returns the sender, or null if there is no datagram. */
    public InetSocketAddress receive(SelectionKey key, ByteBuffer datagram) throws IOException {
        return (InetSocketAddress) ((DatagramChannel) key.channel()).receive(datagram);
    }

    @Override
    public void close() {
        Closeables.closeQuietly(connected);
        Closeables.closeQuietly(other);
    }
}
