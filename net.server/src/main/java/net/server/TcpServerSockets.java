package net.server;

import net.server.bind.BindAddress;
import net.server.bind.SocketBinder;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Opens and describes the listening sockets of a TCP server. */
final class TcpServerSockets {
    private TcpServerSockets() {}

    /** Binds sockets at all addresses, or leaves none open. Blocks while names are resolved. */
    static List<ServerSocketChannel> open(TcpServerConfig config) throws IOException {
        return SocketBinder.bind(
                SocketBinder.resolve(config.endpoints(), config.family()),
                address -> open(address, config));
    }

    private static ServerSocketChannel open(BindAddress address, TcpServerConfig config)
            throws IOException {
        ServerSocketChannel channel =
                address.isIpv4()
                        ? ServerSocketChannel.open(StandardProtocolFamily.INET)
                        : ServerSocketChannel.open();
        try {
            config.sockets().applyBeforeBind(channel);
            return channel.bind(address.address(), config.backlog());
        } catch (Throwable e) {
            SocketBinder.closeAfter(e, channel);
            throw e;
        }
    }

    /** Returns the send buffer size of connections, which a listening socket does not provide. */
    static int sendBufferBytes(TcpServerConfig config) throws IOException {
        try (SocketChannel connection = SocketChannel.open()) {
            config.sockets().applyToSender(connection);
            return connection.getOption(StandardSocketOptions.SO_SNDBUF);
        }
    }

    static BoundAddress describe(ServerSocketChannel channel, int sendBufferBytes)
            throws IOException {
        return new BoundAddress(
                (InetSocketAddress) channel.getLocalAddress(),
                channel.getOption(StandardSocketOptions.SO_RCVBUF),
                sendBufferBytes);
    }
}
