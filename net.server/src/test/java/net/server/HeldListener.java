package net.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Records no message before it is released. */
final class HeldListener extends ListenerLog implements AutoCloseable {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void onMessage(ReceivedMessage message) throws IOException {
        entered.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IOException("nobody interrupts a listener", e);
        }
        super.onMessage(message);
    }

    /** Waits until a message is held. */
    void awaitHeld() throws InterruptedException {
        assertTrue(entered.await(Loopback.DEADLINE.toSeconds(), TimeUnit.SECONDS), "none held");
    }

    void release() {
        released.countDown();
    }

    /** Releases, so that a test that fails leaves no thread behind. */
    @Override
    public void close() {
        release();
    }
}
