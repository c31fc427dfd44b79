package net.client.run.flow;

import net.client.internal.Closeables;
import net.client.internal.MonotonicTime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Half-closed connections, whose input is discarded up to the peer's FIN, or for a limited time. To
 * close a connection with unread bytes would reset it (RFC 1122, section 4.2.2.13).
 */
final class LingeringClose {
    /** Maximum number of connections; the oldest is closed when another one is added. */
    private static final int MAX_CONNECTIONS = 64;

    private final Deque<Closing> connections = new ArrayDeque<>();

    private record Closing(SelectionKey key, long endNanos) {
        void close() {
            Closeables.closeQuietly(key.channel());
        }
    }

    /** Adds a half-closed connection that is registered for reads. */
    void add(SelectionKey key, long endNanos) {
        if (connections.size() == MAX_CONNECTIONS) {
            connections.removeFirst().close();
        }
        connections.add(new Closing(key, endNanos));
    }

    boolean isEmpty() {
        return connections.isEmpty();
    }

    /** Discards the input of a connection; returns false if it was not added. */
    boolean ready(SelectionKey key, ByteBuffer buffer) {
        for (Closing closing : connections) {
            if (closing.key == key) {
                if (isAtEnd((SocketChannel) key.channel(), buffer)) {
                    closing.close();
                    connections.remove(closing);
                }
                return true;
            }
        }
        return false;
    }

    private static boolean isAtEnd(SocketChannel channel, ByteBuffer buffer) {
        try {
            return channel.read(buffer.clear()) < 0;
        } catch (IOException expected) {
            // Reset by the peer.
            return true;
        }
    }

    /**
     * Closes connections whose deadline has passed; returns the next deadline, or {@link
     * MonotonicTime#NEVER}.
     */
    long expire(long nowNanos) {
        long nextNanos = MonotonicTime.NEVER;
        for (Closing closing : connections) {
            if (nowNanos >= closing.endNanos) {
                closing.close();
            } else {
                nextNanos = Math.min(nextNanos, closing.endNanos);
            }
        }
        connections.removeIf(closing -> !closing.key.channel().isOpen());
        return nextNanos;
    }

    void close() {
        connections.forEach(Closing::close);
        connections.clear();
    }
}
