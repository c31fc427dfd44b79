package net.server.loop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * Accepts connections at one address, on the thread of an event loop, until it is closed or
 * stopped.
 */
public final class Acceptor implements AutoCloseable {
    /** Maximum accepts per tick, so that connections already accepted are served in between. */
    private static final int MAX_ACCEPTS_PER_TICK = 64;

    private final ServerSocketChannel channel;
    private final InetSocketAddress local;
    private final AcceptHandler handler;
    private final Backoff backoff = new Backoff();
    private volatile boolean isStopped;

    /** Accepted before the start. */
    private Optional<SocketChannel> first = Optional.empty();

    /** Creates an acceptor of a bound channel, which {@link #close} closes. */
    public Acceptor(ServerSocketChannel channel, AcceptHandler handler) throws IOException {
        this.channel = channel;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.handler = handler;
    }

    /** Returns the bound address, also after {@link #close}. */
    public InetSocketAddress local() {
        return local;
    }

    /** Returns the listening channel. */
    public ServerSocketChannel channel() {
        return channel;
    }

    /**
     * Accepts a connection if one waits, which is the only way to find out whether the channel
     * listens. It is set to reset on close; {@link #start} passes it to the handler, unless {@link
     * #closeFirst} is called.
     *
     * @throws IOException if the channel does not listen
     */
    public void acceptFirst() throws IOException {
        channel.configureBlocking(false);
        first = Optional.ofNullable(channel.accept());
        if (first.isPresent()) {
            // An orderly close would be a receipt.
            first.get().setOption(StandardSocketOptions.SO_LINGER, 0);
        }
    }

    /** Resets the connection that {@link #acceptFirst} has accepted, if any. */
    public void closeFirst() throws IOException {
        if (first.isPresent()) {
            first.get().close();
        }
    }

    /** Starts accepting. Called on the thread of the event loop. */
    public void start(EventLoop loop) {
        try {
            channel.configureBlocking(false);
            SelectionKey key = loop.register(channel, SelectionKey.OP_ACCEPT, () -> {});
            // Created now, since without free descriptors no further class can be loaded.
            Runnable resume = () -> setInterest(key, SelectionKey.OP_ACCEPT);
            key.attach((ReadyHandler) () -> acceptAll(loop, key, resume));
            if (first.isPresent()) {
                handler.onAccept(first.get());
            }
        } catch (ClosedChannelException expected) {
            // The server was closed before it started accepting.
        } catch (IOException e) {
            handler.onAcceptFailure(local, e);
        }
    }

    private void acceptAll(EventLoop loop, SelectionKey key, Runnable resume) {
        try {
            for (int i = 0; i < MAX_ACCEPTS_PER_TICK && !isStopped; i++) {
                SocketChannel accepted = channel.accept();
                if (accepted == null) {
                    return;
                }
                backoff.reset();
                handler.onAccept(accepted);
            }
            if (isStopped) {
                key.cancel();
            }
        } catch (ClosedChannelException expected) {
            // The server is closed.
        } catch (IOException e) {
            handler.onAcceptFailure(local, e);
            setInterest(key, 0);
            loop.schedule(backoff.nextNanos(), resume);
        }
    }

    private static void setInterest(SelectionKey key, int operations) {
        try {
            key.interestOps(operations);
        } catch (CancelledKeyException expected) {
            // The server is closed.
        }
    }

    /** Stops accepting, and leaves the channel open and new connections in its backlog. */
    public void stop() {
        isStopped = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
