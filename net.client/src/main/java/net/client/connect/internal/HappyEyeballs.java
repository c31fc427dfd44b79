package net.client.connect.internal;

import net.client.connect.ClientConfig;
import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.internal.Closeables;
import net.client.internal.MonotonicTime;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Non-blocking connection attempts to the addresses of a server (RFC 8305, section 5). Each attempt
 * starts after a delay, or as soon as an earlier one fails; the first that succeeds cancels the
 * others.
 */
public final class HappyEyeballs {
    /** The Connection Attempt Delay of the RFC. */
    public static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final ClientConfig config;
    private final List<InetSocketAddress> peers;
    private final Selector selector;
    private final Object owner;
    private final List<Attempt> pending = new ArrayList<>(1);
    private final List<ExchangeException> failures = new ArrayList<>();
    private Optional<Attempt> winner = Optional.empty();

    /** Number of addresses tried. */
    private int tried;

    private long startNanos;
    private long nextNanos;

    /** A pending attempt. Not a record: linking its equals method slows down the start. */
    private static final class Attempt {
        private final InetSocketAddress peer;
        private final SocketChannel channel;
        private final long startNanos;

        Attempt(InetSocketAddress peer, SocketChannel channel, long startNanos) {
            this.peer = peer;
            this.channel = channel;
            this.startNanos = startNanos;
        }
    }

    /** Creates an instance without starting; the owner is attached to the selection keys. */
    public HappyEyeballs(
            ClientConfig config, List<InetSocketAddress> peers, Selector selector, Object owner) {
        this.config = config;
        this.peers = peers;
        this.selector = selector;
        this.owner = owner;
    }

    /** Starts the attempts that are due. */
    public void begin(long nowNanos) {
        if (tried == 0) {
            startNanos = nowNanos;
            nextNanos = nowNanos;
        }
        while (winner.isEmpty() && tried < peers.size() && nowNanos >= nextNanos) {
            next(nowNanos);
        }
    }

    private void next(long nowNanos) {
        InetSocketAddress peer = peers.get(tried);
        tried++;
        nextNanos = nowNanos + DELAY_NANOS;
        start(peer, nowNanos);
    }

    private void start(InetSocketAddress peer, long nowNanos) {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            SocketConfigurer.apply(config.socket(), channel);
            Attempt attempt = new Attempt(peer, channel, System.nanoTime());
            if (tried == 1) {
                startNanos = attempt.startNanos;
            }
            if (channel.connect(peer)) {
                established(attempt, nowNanos);
            } else {
                channel.register(selector, SelectionKey.OP_CONNECT, owner);
                pending.add(attempt);
            }
        } catch (IOException | UnsupportedAddressTypeException e) {
            failed(peer, channel, e, nowNanos);
        }
    }

    /**
     * Uses the connection, unless the socket is connected to itself (simultaneous open, RFC 9293,
     * section 3.5): then its own port is the peer's, and no server listens.
     */
    private void established(Attempt attempt, long nowNanos) throws IOException {
        if (!attempt.channel.getLocalAddress().equals(attempt.peer)) {
            won(attempt);
            return;
        }
        pending.remove(attempt);
        // Skips TIME_WAIT, in which no server could bind the port.
        attempt.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        if (hasSourcePort()) {
            failed(
                    attempt.peer,
                    attempt.channel,
                    new ConnectException("Connection refused"),
                    nowNanos);
            return;
        }
        // Before closing, so that the system chooses another port.
        start(attempt.peer, nowNanos);
        Closeables.closeQuietly(attempt.channel);
    }

    private boolean hasSourcePort() {
        return config.socket().source().isPresent()
                && config.socket().source().get().getPort() != 0;
    }

    private void won(Attempt attempt) {
        pending.remove(attempt);
        close();
        winner = Optional.of(attempt);
    }

    private void failed(
            InetSocketAddress peer, SocketChannel channel, Exception cause, long nowNanos) {
        Closeables.closeQuietly(channel);
        failures.add(ExceptionTranslator.connecting(peer, cause));
        // Start the next attempt without delay.
        nextNanos = nowNanos;
    }

    /** Finishes the attempt whose channel is ready. */
    public void ready(SelectionKey key, long nowNanos) {
        for (Attempt attempt : pending) {
            if (attempt.channel == key.channel()) {
                finish(attempt, nowNanos);
                break;
            }
        }
        expire(nowNanos);
    }

    private void finish(Attempt attempt, long nowNanos) {
        try {
            attempt.channel.finishConnect();
            established(attempt, nowNanos);
        } catch (IOException e) {
            pending.remove(attempt);
            failed(attempt.peer, attempt.channel, e, nowNanos);
        }
    }

    /** Continues the attempts, or gives up at the deadline. */
    public void expire(long nowNanos, long endNanos) {
        if (nowNanos >= endNanos) {
            giveUp(new SocketTimeoutException());
        } else {
            expire(nowNanos);
        }
    }

    /** Fails attempts that have timed out, and starts the next one if it is due. */
    public void expire(long nowNanos) {
        long timeoutNanos = MonotonicTime.nanos(config.connectTimeout());
        while (!pending.isEmpty() && nowNanos - pending.getFirst().startNanos >= timeoutNanos) {
            Attempt first = pending.removeFirst();
            failed(first.peer, first.channel, new SocketTimeoutException(), nowNanos);
        }
        begin(nowNanos);
    }

    /** Fails all pending attempts and tries no further address. */
    public void giveUp(Exception cause) {
        if (tried == 0) {
            failures.add(ExceptionTranslator.connecting(peers.getFirst(), cause));
        }
        for (Attempt attempt : pending) {
            failed(attempt.peer, attempt.channel, cause, nextNanos);
        }
        pending.clear();
        tried = peers.size();
    }

    /** Returns the time of the next {@link #expire}, or {@link MonotonicTime#NEVER}. */
    public long wakeNanos() {
        long wakeNanos = tried < peers.size() ? nextNanos : MonotonicTime.NEVER;
        long timeoutNanos = MonotonicTime.nanos(config.connectTimeout());
        for (Attempt attempt : pending) {
            wakeNanos = Math.min(wakeNanos, attempt.startNanos + timeoutNanos);
        }
        return wakeNanos;
    }

    /** Returns the start time of the first attempt. */
    public long startNanos() {
        return startNanos;
    }

    public boolean isWon() {
        return winner.isPresent();
    }

    /** Returns whether all attempts have failed. */
    public boolean isFailed() {
        return winner.isEmpty() && pending.isEmpty() && tried == peers.size();
    }

    /** Returns the established connection, which may still be registered with the selector. */
    public SocketChannel channel() {
        return winner.orElseThrow().channel;
    }

    public InetSocketAddress peer() {
        return winner.orElseThrow().peer;
    }

    /** Returns the failures in order of time. */
    public List<ExchangeException> failures() {
        return failures;
    }

    /** Returns a description of the established connection, while it is open. */
    public ConnectionInfo connection(long connectNanos) throws IOException {
        SocketChannel channel = channel();
        return new ConnectionInfo(
                (InetSocketAddress) channel.getLocalAddress(),
                peer(),
                Optional.of(Duration.ofNanos(connectNanos)),
                channel.getOption(StandardSocketOptions.SO_RCVBUF),
                channel.getOption(StandardSocketOptions.SO_SNDBUF),
                failures);
    }

    /** Cancels the pending attempts. */
    public void close() {
        for (Attempt attempt : pending) {
            Closeables.closeQuietly(attempt.channel);
        }
        pending.clear();
    }
}
