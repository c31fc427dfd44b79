package net.client.run.internal;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.internal.ExceptionTranslator;
import net.client.connect.internal.HappyEyeballs;
import net.client.internal.Closeables;
import net.client.internal.MonotonicTime;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** The way of a flow to its peer: attempts to connect, then the connection that stands. */
final class TcpConnector {
    private final ClientConfig config;
    private final RunLoop loop;
    private final Flow flow;
    private Optional<HappyEyeballs> attempts = Optional.empty();
    private SocketChannel channel;
    private SelectionKey key;
    private InetSocketAddress local;
    private InetSocketAddress peer;

    /** Nobody has been told of the connection yet. */
    private boolean isNew;

    TcpConnector(ClientConfig config, RunLoop loop, Flow flow) {
        this.config = config;
        this.loop = loop;
        this.flow = flow;
    }

    /** Begins to connect. */
    void open(long nowNanos) {
        attempts =
                Optional.of(
                        new HappyEyeballs(config, loop.peers().addresses(), loop.selector(), flow));
        attempts().begin(nowNanos);
    }

    private HappyEyeballs attempts() {
        return attempts.orElseThrow();
    }

    /** Goes on with the attempt whose channel is ready. */
    void ready(SelectionKey ready, long nowNanos) {
        attempts().ready(ready, nowNanos);
    }

    /** Goes on with the attempts, unless their time is up. */
    void expire(long nowNanos, long endNanos) {
        if (nowNanos >= endNanos) {
            giveUp();
        } else {
            attempts().expire(nowNanos);
        }
    }

    void giveUp() {
        attempts().giveUp(new SocketTimeoutException());
    }

    /** Returns when to go on with the attempts, or {@link MonotonicTime#NEVER}. */
    long wakeNanos() {
        return attempts().wakeNanos();
    }

    /** Returns when the first packet left. */
    long startNanos() {
        return attempts().startNanos();
    }

    /** Takes a connection over if one stands, to wait for some operations; returns whether so. */
    boolean isConnected(int operations) throws IOException {
        if (!attempts().isWon()) {
            return false;
        }
        channel = attempts().channel();
        key = channel.register(loop.selector(), operations, flow);
        local = (InetSocketAddress) channel.socket().getLocalSocketAddress();
        peer = attempts().peer();
        isNew = true;
        return true;
    }

    /** Tells whether no connection will stand. */
    boolean isFailed() {
        return attempts().isFailed();
    }

    /** Returns why not. */
    ExchangeException failure() {
        return ExceptionTranslator.all(attempts().failures());
    }

    /** Returns the connection that stands. */
    SocketChannel channel() {
        return channel;
    }

    /** Waits for other operations from now on. */
    void await(int operations) {
        key.interestOps(operations);
    }

    InetSocketAddress local() {
        return local;
    }

    /** Returns the address of the connection that stands, or stood. */
    InetSocketAddress peer() {
        return peer;
    }

    /** Tells of the connection, once, unless the same address has won before. */
    void tell(long connectNanos) throws IOException {
        if (isNew) {
            isNew = false;
            if (loop.peers().prefer(peer)) {
                loop.meter().connected(attempts().connection(connectNanos));
            }
        }
    }

    void close() {
        attempts.ifPresent(HappyEyeballs::close);
        isNew = false;
        Closeables.closeQuietly(channel);
        channel = null;
    }
}
