package net.client.run.flow;

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

/** Connects a flow over TCP, and holds its connection. */
final class TcpConnector {
    private final FlowContext context;

    /** Attached to the selection keys. */
    private final Object owner;

    private Optional<HappyEyeballs> attempts = Optional.empty();
    private SocketChannel channel;
    private SelectionKey key;
    private InetSocketAddress local;
    private InetSocketAddress peer;

    /** True until the connection is reported. */
    private boolean isNew;

    TcpConnector(FlowContext context, Object owner) {
        this.context = context;
        this.owner = owner;
    }

    /** Begins to connect. */
    void start(long nowNanos) {
        attempts =
                Optional.of(
                        new HappyEyeballs(
                                context.config().client(),
                                context.addresses().addresses(),
                                context.selector(),
                                owner));
        attempts().begin(nowNanos);
    }

    private HappyEyeballs attempts() {
        return attempts.orElseThrow();
    }

    /** Continues the attempt whose channel is ready. */
    void ready(SelectionKey ready, long nowNanos) {
        attempts().ready(ready, nowNanos);
    }

    /** Continues the attempts, or ends them at the deadline. */
    void expire(long nowNanos, long endNanos) {
        attempts().expire(nowNanos, endNanos);
    }

    void giveUp() {
        attempts().giveUp(new SocketTimeoutException());
    }

    /** Returns the time to continue the attempts, or {@link MonotonicTime#NEVER}. */
    long wakeNanos() {
        return attempts().wakeNanos();
    }

    /** Returns the time at which the first packet was sent. */
    long startNanos() {
        return attempts().startNanos();
    }

    /**
     * Takes over the connection and registers it for operations; returns false if there is none.
     */
    boolean finishConnect(int operations) throws IOException {
        if (!attempts().isWon()) {
            return false;
        }
        channel = attempts().channel();
        key = channel.register(context.selector(), operations, owner);
        local = (InetSocketAddress) channel.socket().getLocalSocketAddress();
        peer = attempts().peer();
        isNew = true;
        return true;
    }

    /** Returns whether all attempts have failed. */
    boolean isFailed() {
        return attempts().isFailed();
    }

    /** Returns the failure of all attempts. */
    ExchangeException failure() {
        return ExceptionTranslator.all(attempts().failures());
    }

    /** Returns the open connection. */
    SocketChannel channel() {
        return channel;
    }

    void setInterest(int operations) {
        key.interestOps(operations);
    }

    InetSocketAddress local() {
        return local;
    }

    /** Returns the peer of the connection, which may be closed already. */
    InetSocketAddress peer() {
        return peer;
    }

    /** Reports the connection once, unless the last reported one has the same address. */
    void reportConnection(long connectNanos) throws IOException {
        if (isNew) {
            isNew = false;
            if (context.addresses().prefer(peer)) {
                context.recorder().reportConnection(attempts().connection(connectNanos));
            }
        }
    }

    /** Passes the connection to the caller, which has to close its channel. */
    SelectionKey release() {
        SelectionKey released = key;
        channel = null;
        return released;
    }

    void close() {
        attempts.ifPresent(HappyEyeballs::close);
        isNew = false;
        Closeables.closeQuietly(channel);
        channel = null;
    }
}
