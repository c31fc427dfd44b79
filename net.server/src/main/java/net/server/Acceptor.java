package net.server;

import net.server.bind.BindAddress;
import net.server.bind.SocketBinder;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Accepts at one address until it is closed; in the thread of a loop. */
final class Acceptor implements AutoCloseable {
    /** After so many others have their turn, though more have come. */
    private static final int TURN = 64;

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
    static ServerSocketChannel open(BindAddress place, TcpServerConfig config) throws IOException {
        ServerSocketChannel channel =
                place.isIpv4()
                        ? ServerSocketChannel.open(StandardProtocolFamily.INET)
                        : ServerSocketChannel.open();
        try {
            config.sockets().applyBeforeBind(channel);
            return channel.bind(place.address(), config.backlog());
        } catch (Throwable e) {
            SocketBinder.closeAfter(e, channel);
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

    BoundAddress listening(int sendBufferBytes) throws IOException {
        return new BoundAddress(
                local, channel.getOption(StandardSocketOptions.SO_RCVBUF), sendBufferBytes);
    }

    InetSocketAddress local() {
        return local;
    }

    /** Begins to accept, in the thread of a loop. */
    void begin(EventLoop loop) {
        try {
            channel.configureBlocking(false);
            SelectionKey key = loop.register(channel, SelectionKey.OP_ACCEPT, () -> {});
            // Made now: where descriptors are wanting, nothing new can be loaded.
            Runnable goOn = () -> look(key, SelectionKey.OP_ACCEPT);
            key.attach((EventLoop.Ready) () -> accept(loop, key, goOn));
        } catch (ClosedChannelException expected) {
            // The server is closed already.
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Accepts those who have come. */
    private void accept(EventLoop loop, SelectionKey key, Runnable goOn) {
        try {
            for (int i = 0; i < TURN; i++) {
                SocketChannel accepted = channel.accept();
                if (accepted == null) {
                    return;
                }
                backoff.reset();
                taker.take(accepted);
            }
        } catch (ClosedChannelException expected) {
            // The server is closed.
        } catch (IOException e) {
            failed(e);
            look(key, 0);
            loop.after(backoff.nextNanos(), goOn);
        }
    }

    private void failed(IOException e) {
        counters.error("accept");
        listener.onFailure(SocketBinder.failed("accept", local, e));
    }

    private static void look(SelectionKey key, int operations) {
        try {
            key.interestOps(operations);
        } catch (CancelledKeyException expected) {
            // The server is closed.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
