package net.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Records each write; writes block until they are released or failed. */
public final class BlockingOutput extends OutputStream {
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final Semaphore permits = new Semaphore(0);
    private volatile Throwable failure;

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] array, int offset, int length) throws IOException {
        writes.add(new String(array, offset, length, StandardCharsets.UTF_8));
        entered.countDown();
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError(failure);
        }
    }

    /** Waits until the first write has started. */
    public void awaitWrite() throws InterruptedException {
        entered.await();
    }

    /** Releases one write. */
    public void releaseOne() {
        permits.release();
    }

    /** Releases all writes. */
    public void release() {
        permits.release(Integer.MAX_VALUE / 2);
    }

    /** Fails all writes. */
    public void fail(Throwable cause) {
        failure = cause;
        release();
    }

    public List<String> writes() {
        return writes;
    }
}
