package net.client.pipe;

import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.ExceptionTranslator;
import net.protocol.Endpoint;
import net.protocol.Message;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A connected pipe: its two directions, and the condition that ends it. */
abstract class PipeSession implements Closeable {
    private final long startNanos = System.nanoTime();

    abstract InetSocketAddress local();

    abstract InetSocketAddress peer();

    abstract PipeDirection sender();

    abstract PipeDirection receiver();

    /**
     * Returns the time until the pipe may end if neither direction ends before; zero or less if it
     * has ended.
     *
     * @throws IOException if the pipe has failed
     */
    abstract long checkRemainingNanos(long nowNanos) throws IOException;

    /** Copies bytes until the pipe ends. */
    final void run() throws IOException {
        Endpoint peer = Endpoint.of(peer());
        sender().start("pipe to " + peer);
        receiver().start("pipe from " + peer);
        while (true) {
            if (Thread.currentThread().isInterrupted()) {
                throw failure(Kind.INTERRUPTED, "interrupted", null);
            }
            long remainingNanos = checkRemainingNanos(System.nanoTime());
            if (remainingNanos <= 0) {
                return;
            }
            LockSupport.parkNanos(this, remainingNanos);
        }
    }

    final PipeResult result() {
        return new PipeResult(
                local(),
                peer(),
                sender().bytes(),
                receiver().bytes(),
                Duration.ofNanos(System.nanoTime() - startNanos));
    }

    final ExchangeException failure(Kind kind, String detail, IOException cause) {
        return ExceptionTranslator.of(
                kind, peer(), detail, Message.of(""), sender().bytes(), cause);
    }
}
