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

/** A socket of a UDP server, bound to one address or to a wildcard. */
final class UdpServerSocket implements Closeable {
    /** Asked of the system, which may grant less; some 10,000 small datagrams, as Linux counts. */
    private static final int RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

    private final DatagramChannel channel;
    private final InetSocketAddress local;

    UdpServerSocket(DatagramChannel channel) throws IOException {
        this.channel = channel;
        this.local = (InetSocketAddress) channel.getLocalAddress();
    }

    static DatagramChannel open(BindAddress place, UdpServerConfig config) throws IOException {
        DatagramChannel channel =
                place.isIpv4()
                        ? DatagramChannel.open(StandardProtocolFamily.INET)
                        : DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            config.sockets().applyBeforeBind(channel);
            config.sockets().applyToSender(channel);
            channel.bind(place.address());
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
            for (NetworkInterface one : group.interfaces()) {
                channel.join(group.address(), one);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("cannot join " + group + ": " + SocketBinder.detail(e), e);
        }
    }

    InetSocketAddress local() {
        return local;
    }

    BindAddress place() {
        return new BindAddress(local, false);
    }

    BoundAddress listening() throws IOException {
        return new BoundAddress(
                local,
                channel.getOption(StandardSocketOptions.SO_RCVBUF),
                channel.getOption(StandardSocketOptions.SO_SNDBUF));
    }

    /** Receives what has come, if anything; returns the sender, or null. */
    InetSocketAddress receive(ByteBuffer target) throws IOException {
        return (InetSocketAddress) channel.receive(target);
    }

    /** Sends without waiting; returns whether the system took it. */
    boolean send(ByteBuffer payload, InetSocketAddress peer) {
        try {
            // Either the whole datagram or nothing is sent; an empty one is whole.
            boolean isEmpty = !payload.hasRemaining();
            return channel.send(payload, peer) > 0 || isEmpty;
        } catch (IOException expected) {
            // This peer cannot be reached, or not now: nothing to others.
            return false;
        }
    }

    /** Returns how much payload the system's buffer can have held, as the system counts. */
    long receiveBufferBytes() throws IOException {
        // The JDK tells what was asked for; Linux reserves twice as much.
        return 2L * channel.getOption(StandardSocketOptions.SO_RCVBUF);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
