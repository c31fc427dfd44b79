package net.server;

import net.server.bind.Binding;
import net.server.bind.Place;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Accepts at one address until it is closed; in a thread of its own. */
final class Acceptor implements Runnable, AutoCloseable {
    /** Takes an accepted connection over, and closes it. */
    @FunctionalInterface
    interface Taker {
        void take(SocketChannel accepted) throws IOException;
    }

    private final ServerSocketChannel channel;
    private final InetSocketAddress local;
    private final ServerListener listener;
    private final Counters counters;
    private final Taker taker;
    private final Backoff backoff = new Backoff();

    Acceptor(ServerSocketChannel channel, ServerListener listener, Counters counters, Taker taker)
            throws IOException {
        this.channel = channel;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.listener = listener;
        this.counters = counters;
        this.taker = taker;
    }

    /** Opens a socket that listens, or leaves nothing open. */
    static ServerSocketChannel open(Place place, TcpServerConfig config) throws IOException {
        ServerSocketChannel channel =
                place.isIpv4()
                        ? ServerSocketChannel.open(StandardProtocolFamily.INET)
                        : ServerSocketChannel.open();
        try {
            config.sockets().applyBeforeBind(channel);
            return channel.bind(place.address(), config.backlog());
        } catch (Throwable e) {
            Binding.closeAfter(e, channel);
            throw e;
        }
    }

    /** A listening socket does not tell what its connections are granted: another one does. */
    static int sendBufferBytes(TcpServerConfig config) throws IOException {
        try (SocketChannel connection = SocketChannel.open()) {
            config.sockets().applyToSender(connection);
            return connection.getOption(StandardSocketOptions.SO_SNDBUF);
        }
    }

    Listening listening(int sendBufferBytes) throws IOException {
        return new Listening(
                local, channel.getOption(StandardSocketOptions.SO_RCVBUF), sendBufferBytes);
    }

    InetSocketAddress local() {
        return local;
    }

    @Override
    public void run() {
        while (channel.isOpen()) {
            try {
                SocketChannel accepted = channel.accept();
                backoff.reset();
                taker.take(accepted);
            } catch (ClosedChannelException expected) {
                return;
            } catch (IOException e) {
                counters.error("accept");
                listener.onFailure(Binding.failed("accept", local, e));
                backoff.pause();
            }
        }
    }

    @Override
    public void close() throws IOException {
        backoff.close();
        channel.close();
    }
}
