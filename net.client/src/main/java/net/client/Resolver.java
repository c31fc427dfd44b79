package net.client;

import net.protocol.Endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

/** Looks a name up within a deadline, which the JDK does not do. */
final class Resolver implements Runnable {
    private final Endpoint endpoint;
    private List<InetSocketAddress> addresses = List.of();
    private Throwable failure;

    private Resolver(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** A look-up cannot be stopped: past the deadline its thread is left to end by itself. */
    static List<InetSocketAddress> resolve(Endpoint endpoint, Deadline deadline)
            throws ExchangeException {
        try {
            return endpoint.isNumeric() ? endpoint.resolve() : lookUp(endpoint, deadline);
        } catch (IOException e) {
            throw Failure.at("look-up of", endpoint, e);
        }
    }

    private static List<InetSocketAddress> lookUp(Endpoint endpoint, Deadline deadline)
            throws IOException {
        Resolver resolver = new Resolver(endpoint);
        Thread thread = Thread.ofPlatform().daemon().name("resolver " + endpoint).start(resolver);
        try {
            if (!thread.join(Duration.ofNanos(Math.max(deadline.leftNanos(), 0)))) {
                throw new SocketTimeoutException("timed out");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return resolver.result();
    }

    @Override
    public void run() {
        try {
            addresses = endpoint.resolve();
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Returns what the thread has found; it has ended, so its writes are seen. */
    private List<InetSocketAddress> result() throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure != null) {
            throw new IOException(failure);
        }
        return addresses;
    }
}
