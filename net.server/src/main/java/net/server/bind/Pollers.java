package net.server.bind;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;

/** The threads and file descriptors of the JDK on which virtual threads wait for sockets. */
public final class Pollers {
    private Pollers() {}

    /**
     * Makes the JDK create them, by blocking a virtual thread. If file descriptors were exhausted
     * when they are first needed, no later connection could be served, either.
     */
    public static void prepare() throws IOException {
        try (Selector nothing = Selector.open()) {
            Thread waiting = Thread.startVirtualThread(() -> await(nothing));
            // A wakeup before the wait would prevent it.
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
