package net.server;

import net.server.bind.BindAddress;
import net.server.bind.SocketBinder;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A socket of a UDP server, bound to one address or to a wildcard address. */
final class UdpServerSocket implements Closeable {
    private final DatagramChannel channel;
    private final InetSocketAddress local;

    UdpServerSocket(DatagramChannel channel) throws IOException {
        this.channel = channel;
        this.local = (InetSocketAddress) channel.getLocalAddress();
    }

    static DatagramChannel open(BindAddress address, UdpServerConfig config) throws IOException {
        DatagramChannel channel =
                address.isIpv4()
                        ? DatagramChannel.open(StandardProtocolFamily.INET)
                        : DatagramChannel.open();
        try {
            channel.setOption(
                    StandardSocketOptions.SO_RCVBUF, UdpServerConfig.DEFAULT_RECEIVE_BUFFER_BYTES);
            config.sockets().applyBeforeBind(channel);
            config.sockets().applyToSender(channel);
            channel.bind(address.address());
            for (MulticastGroup group : config.groups()) {
                join(group, channel);
            }
            channel.configureBlocking(false);
            return channel;
        } catch (Throwable e) {
            SocketBinder.closeAfter(e, channel);
            throw e;
        }
    }

    private static void join(MulticastGroup group, DatagramChannel channel) throws IOException {
        try {
            for (NetworkInterface networkInterface : group.interfaces()) {
                channel.join(group.address(), networkInterface);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("cannot join " + group + ": " + SocketBinder.detail(e), e);
        }
    }

    InetSocketAddress local() {
        return local;
    }

    BindAddress bindAddress() {
        return new BindAddress(local, false);
    }

    BoundAddress describe() throws IOException {
        return new BoundAddress(
                local,
                channel.getOption(StandardSocketOptions.SO_RCVBUF),
                channel.getOption(StandardSocketOptions.SO_SNDBUF));
    }

    /** Receives a datagram without blocking; returns the sender, or null if there is none. */
    InetSocketAddress receive(ByteBuffer target) throws IOException {
        return (InetSocketAddress) channel.receive(target);
    }

    /** Sends a datagram without blocking; returns whether the system accepted it. */
    boolean send(ByteBuffer payload, InetSocketAddress peer) {
        try {
            // Zero bytes sent means that a datagram was dropped, except for an empty one.
            boolean isEmpty = !payload.hasRemaining();
            return channel.send(payload, peer) > 0 || isEmpty;
        } catch (IOException expected) {
            // The peer is unreachable, which does not affect others.
            return false;
        }
    }

    /** Returns the capacity of the receive buffer, including the overhead of datagrams. */
    long receiveBufferBytes() throws IOException {
        // The JDK returns the requested size; Linux reserves twice as much.
        return 2L * channel.getOption(StandardSocketOptions.SO_RCVBUF);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
