package net.server.bind;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;

/** The JDK's threads and descriptors by which virtual threads wait for sockets. */
public final class Pollers {
    private Pollers() {}

    /**
     * Has the JDK set them up, by having a virtual thread wait: were there no descriptors left when
     * the first connection needs them, none could ever be served.
     */
    public static void prepare() throws IOException {
        try (Selector nothing = Selector.open()) {
            Thread waiting = Thread.startVirtualThread(() -> await(nothing));
            // Woken before it waits, it would not.
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
            // Without it, the first connection has the JDK try again.
        }
    }
}
