package net.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Blocks in {@link #onMessage} until it is released. */
final class BlockedListener extends ListenerLog implements AutoCloseable {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void onMessage(ReceivedMessage message) throws IOException {
        entered.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IOException("unexpected interrupt", e);
        }
        super.onMessage(message);
    }

    /** Waits until {@link #onMessage} blocks. */
    void awaitHeld() throws InterruptedException {
        assertTrue(entered.await(Loopback.DEADLINE.toSeconds(), TimeUnit.SECONDS), "none held");
    }

    void release() {
        released.countDown();
    }

    /** Releases the listener, so that a failed test leaves no thread behind. */
    @Override
    public void close() {
        release();
    }
}
