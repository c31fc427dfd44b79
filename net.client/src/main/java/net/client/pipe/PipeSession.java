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

/** A pipe that has a way to its peer: two lanes, and what their thread waits for. */
abstract class PipeSession implements Closeable {
    private final long startNanos = System.nanoTime();

    abstract InetSocketAddress local();

    abstract InetSocketAddress peer();

    abstract PipeDirection sender();

    abstract PipeDirection receiver();

    /**
     * Returns how long it takes until the pipe may be over if no lane ends before; zero or less if
     * it is over.
     *
     * @throws IOException if it has failed
     */
    abstract long leftNanos(long nowNanos) throws IOException;

    /** Moves bytes until the pipe is over. */
    final void run() throws IOException {
        Endpoint peer = Endpoint.of(peer());
        sender().start("pipe to " + peer);
        receiver().start("pipe from " + peer);
        while (true) {
            if (Thread.currentThread().isInterrupted()) {
                throw failure(Kind.INTERRUPTED, "interrupted", null);
            }
            long leftNanos = leftNanos(System.nanoTime());
            if (leftNanos <= 0) {
                return;
            }
            LockSupport.parkNanos(this, leftNanos);
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
