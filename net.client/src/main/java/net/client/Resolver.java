package net.client;

import net.protocol.Endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks names up within a deadline, which the JDK does not do. */
final class Resolver {
    private Resolver() {}

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
        FutureTask<List<InetSocketAddress>> task = new FutureTask<>(endpoint::resolve);
        Thread.ofPlatform().daemon().name("resolver " + endpoint).start(task);
        try {
            return task.get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("timed out");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IOException(e.getCause());
        }
    }
}
