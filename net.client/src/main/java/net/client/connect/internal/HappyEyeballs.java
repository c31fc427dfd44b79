package net.client.connect.internal;

import net.client.connect.ClientConfig;
import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.internal.Closeables;
import net.client.internal.MonotonicTime;

import java.io.IOException;
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
 * Attempts to connect to the addresses of a server, in their order: the next one begins a while
 * after the last, or at once where one has failed, and the first that succeeds ends the others (RFC
 * 8305, section 5).
 */
public final class HappyEyeballs {
    /** The RFC's Connection Attempt Delay. */
    public static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final ClientConfig config;
    private final List<InetSocketAddress> peers;
    private final Selector selector;
    private final Object owner;
    private final List<Attempt> pending = new ArrayList<>(1);
    private final List<ExchangeException> failures = new ArrayList<>();
    private Optional<Attempt> winner = Optional.empty();

    /** How many addresses have been tried. */
    private int tried;

    private long startNanos;
    private long nextNanos;

    /** A connection that may stand soon; no record, whose comparison takes a third of a start. */
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

    /** Prepares attempts whose keys have an owner attached. */
    public HappyEyeballs(
            ClientConfig config, List<InetSocketAddress> peers, Selector selector, Object owner) {
        this.config = config;
        this.peers = peers;
        this.selector = selector;
        this.owner = owner;
    }

    /** Begins with the first address, and with others if it is their turn. */
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
                won(attempt);
            } else {
                channel.register(selector, SelectionKey.OP_CONNECT, owner);
                pending.add(attempt);
            }
        } catch (IOException | UnsupportedAddressTypeException e) {
            failed(peer, channel, e, nowNanos);
        }
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
        // Whoever is next need not wait for its turn.
        nextNanos = nowNanos;
    }

    /** Goes on with the attempt whose channel is ready. */
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
            won(attempt);
        } catch (IOException e) {
            pending.remove(attempt);
            failed(attempt.peer, attempt.channel, e, nowNanos);
        }
    }

    /** Fails attempts whose time is up, and begins another one if it is due. */
    public void expire(long nowNanos) {
        long timeoutNanos = MonotonicTime.nanos(config.connectTimeout());
        while (!pending.isEmpty() && nowNanos - pending.getFirst().startNanos >= timeoutNanos) {
            Attempt first = pending.removeFirst();
            failed(first.peer, first.channel, new SocketTimeoutException(), nowNanos);
        }
        begin(nowNanos);
    }

    /** Fails what is pending, since there is no time left; no other address is tried. */
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

    /** Returns when to look again, or {@link MonotonicTime#NEVER}. */
    public long wakeNanos() {
        long wakeNanos = tried < peers.size() ? nextNanos : MonotonicTime.NEVER;
        long timeoutNanos = MonotonicTime.nanos(config.connectTimeout());
        for (Attempt attempt : pending) {
            wakeNanos = Math.min(wakeNanos, attempt.startNanos + timeoutNanos);
        }
        return wakeNanos;
    }

    /** Returns when the first packet left. */
    public long startNanos() {
        return startNanos;
    }

    public boolean isWon() {
        return winner.isPresent();
    }

    /** Tells whether no address is left that might accept. */
    public boolean isFailed() {
        return winner.isEmpty() && pending.isEmpty() && tried == peers.size();
    }

    /** Returns the connection that stands, still registered if it did not stand at once. */
    public SocketChannel channel() {
        return winner.orElseThrow().channel;
    }

    public InetSocketAddress peer() {
        return winner.orElseThrow().peer;
    }

    /** Returns why addresses have failed, in the order in which they did. */
    public List<ExchangeException> failures() {
        return failures;
    }

    /** Returns what has come of them, while the connection is open. */
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

    /** Ends what is pending. */
    public void close() {
        for (Attempt attempt : pending) {
            Closeables.closeQuietly(attempt.channel);
        }
        pending.clear();
    }
}
