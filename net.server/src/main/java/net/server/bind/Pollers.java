package net.server.bind;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;

/**
 * The poller threads of the JDK, and their file descriptors, which virtual threads need to wait for
 * sockets.
 */
public final class Pollers {
    private Pollers() {}

    /**
     * Blocks a virtual thread, so that the JDK creates its pollers. If no file descriptors were
     * left at the first connection, the JDK could not create the pollers, and later connections
     * would not be served either.
     */
    public static void prepare() throws IOException {
        try (Selector nothing = Selector.open()) {
            Thread waiting = Thread.startVirtualThread(() -> await(nothing));
            // A wakeup before the select would prevent it from blocking.
            while (waiting.isAlive() && waiting.getState() != Thread.State.WAITING) {
                Thread.yield();
            }
            nothing.wakeup();
            waiting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(Selector nothing) {
        try {
            nothing.select();
        } catch (IOException | ClosedSelectorException expected) {
            // The JDK tries again at the first connection.
        }
    }
}
