package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Records messages at the commit, and keeps the order of its calls. */
class BatchingListener extends ListenerLog implements AutoCloseable {
    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released;

    private BatchingListener(int holds) {
        released = new CountDownLatch(holds);
    }

    BatchingListener() {
        this(0);
    }

    /** Returns a listener whose commits block until it is released. */
    static BatchingListener held() {
        return new BatchingListener(1);
    }

    @Override
    public void onMessage(ReceivedMessage message) throws IOException {
        calls.add("message");
        super.onMessage(message);
    }

    @Override
    public void commit() throws IOException {
        entered.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IOException("unexpected interrupt", e);
        }
        calls.add("commit");
    }

    /** Waits until a commit has started. */
    void awaitCommit() throws InterruptedException {
        assertTrue(entered.await(Loopback.DEADLINE.toSeconds(), TimeUnit.SECONDS), "no commit");
    }

    void assertCalls(String... expected) {
        assertEquals(List.of(expected), List.copyOf(calls));
    }

    List<String> calls() {
        return List.copyOf(calls);
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
