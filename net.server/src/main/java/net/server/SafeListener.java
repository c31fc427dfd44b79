package net.server;

import net.server.access.RefusalReason;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * Delegates to a listener. Unexpected exceptions of its {@link #onEnd} and {@link #onRefused} are
 * passed to its {@link #onFailure}.
 */
final class SafeListener implements ServerListener {
    /** Maximum time that {@code close} waits for a blocked listener after the grace time. */
    static final Duration BUSY_GRACE = Duration.ofSeconds(1);

    private final ServerListener listener;

    SafeListener(ServerListener listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    @Override
    public void onListening(BoundAddress listening) throws IOException {
        listener.onListening(listening);
    }

    @Override
    public void onMessage(ReceivedMessage message) throws IOException {
        listener.onMessage(message);
    }

    @Override
    public void commit() throws IOException {
        listener.commit();
    }

    @Override
    public void onEnd(Session session) {
        try {
            listener.onEnd(session);
        } catch (RuntimeException e) {
            onFailure(e);
        }
    }

    @Override
    public void onRefused(InetSocketAddress peer, RefusalReason reason) {
        try {
            listener.onRefused(peer, reason);
        } catch (RuntimeException e) {
            onFailure(e);
        }
    }

    @Override
    public void onFailure(Exception failure) {
        try {
            listener.onFailure(failure);
        } catch (RuntimeException expected) {
            // There is no other place to report it.
        }
    }
}
