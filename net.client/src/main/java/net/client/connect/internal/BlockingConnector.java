package net.client.connect.internal;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.internal.MonotonicTime;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Connects over TCP, and blocks until a connection is established. */
public final class BlockingConnector {
    private static final long MILLI_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private BlockingConnector() {}

    /**
     * Connects to the first of the server's addresses that accepts; the channel is in blocking
     * mode.
     *
     * @throws ExchangeException if no address accepts within the timeout, or the thread is
     *     interrupted
     */
    public static SocketChannel connect(ClientConfig config) throws ExchangeException {
        return connect(config, new SystemResolver());
    }

    static SocketChannel connect(ClientConfig config, Resolver resolver) throws ExchangeException {
        long endNanos = System.nanoTime() + MonotonicTime.nanos(config.timeout());
        List<InetSocketAddress> peers = resolver.resolve(config);
        try {
            SocketChannel channel = connect(config, peers, endNanos);
            channel.configureBlocking(true);
            return channel;
        } catch (ExchangeException e) {
            throw e;
        } catch (IOException e) {
            throw ExceptionTranslator.at("connect to", config.endpoint(), e);
        }
    }

    /**
     * Connects with a temporary selector. Closing it deregisters the channel, which can then be set
     * to blocking mode.
     */
    private static SocketChannel connect(
            ClientConfig config, List<InetSocketAddress> peers, long endNanos) throws IOException {
        try (Selector selector = Selector.open()) {
            HappyEyeballs attempts = new HappyEyeballs(config, peers, selector, config);
            attempts.begin(System.nanoTime());
            while (!attempts.isWon() && !attempts.isFailed()) {
                await(selector, attempts, endNanos);
            }
            if (attempts.isFailed()) {
                throw ExceptionTranslator.all(attempts.failures());
            }
            return attempts.channel();
        }
    }

    private static void await(Selector selector, HappyEyeballs attempts, long endNanos)
            throws IOException {
        long wakeNanos = Math.min(attempts.wakeNanos(), endNanos);
        long leftNanos = Math.max(wakeNanos - System.nanoTime(), 1);
        selector.select((leftNanos - 1) / MILLI_NANOS + 1);
        long nowNanos = System.nanoTime();
        if (Thread.currentThread().isInterrupted()) {
            attempts.giveUp(new InterruptedIOException());
            return;
        }
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isValid()) {
                attempts.ready(key, nowNanos);
            }
        }
        selector.selectedKeys().clear();
        attempts.expire(nowNanos, endNanos);
    }
}
