package net.launcher;

import net.launcher.Output.OutputException;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.ReceivedMessage;
import net.server.Server;
import net.server.ServerListener;
import net.server.Session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

/** A server from its start to its summary: the part that TCP and UDP share. */
final class ServerRun implements ServerListener {
    /** Binds and starts one kind of server. */
    @FunctionalInterface
    interface Starter {
        Server start(Endpoint endpoint, ServerListener listener) throws IOException;
    }

    private final Transport transport;
    private final Service service;
    private final Output out;
    private final Diagnostics err;
    private final ServerReport report;
    private final AtomicReference<OutputException> outputFailure = new AtomicReference<>();
    private final CountDownLatch failed = new CountDownLatch(1);
    private volatile boolean isListening;

    private ServerRun(Transport transport, Service service, Invocation invocation) {
        this.transport = transport;
        this.service = service;
        this.out = invocation.out();
        this.err = invocation.err();
        this.report = ServerReport.of(invocation);
    }

    /** Serves until the thread is interrupted, or results cannot be written any more. */
    static int run(Transport transport, Service service, Starter starter, Invocation invocation)
            throws IOException {
        return new ServerRun(transport, service, invocation).run(starter, invocation.endpoint());
    }

    private int run(Starter starter, Endpoint endpoint) throws IOException {
        Server server;
        try {
            server = start(starter, endpoint);
        } catch (UnknownHostException | OutputException e) {
            throw e;
        } catch (InterruptedException expected) {
            // The signal to end, before there was anything to end.
            return Exit.OK;
        } catch (IOException e) {
            // This machine's fault, not the network's.
            err.error(e);
            return Exit.USAGE;
        }
        try (server) {
            failed.await();
            // Nobody can get a receipt any more: an interrupt spares the grace time.
            Thread.currentThread().interrupt();
        } catch (InterruptedException expected) {
            // The signal to end.
        }
        Thread.interrupted();
        if (out.isBlocked()) {
            // The server has given up messages whose records are still being written.
            err.say("output is blocked, given up");
            if (report instanceof TextServerReport text) {
                text.summary(server.stats());
            }
            return Exit.USAGE;
        }
        report.summary(server.stats());
        if (outputFailure.get() != null) {
            throw outputFailure.get();
        }
        return Exit.OK;
    }

    /** Starts in another thread, since nothing interrupts the look-up of a name. */
    private Server start(Starter starter, Endpoint endpoint)
            throws IOException, InterruptedException {
        FutureTask<Server> start = new FutureTask<>(() -> starter.start(endpoint, this));
        Thread.ofPlatform().daemon().name("start").start(start);
        try {
            return result(start);
        } catch (InterruptedException e) {
            if (!isListening) {
                throw e;
            }
            // Ready already, so to be ended as a server is.
            Server server = result(start);
            Thread.currentThread().interrupt();
            return server;
        }
    }

    private static Server result(FutureTask<Server> start)
            throws IOException, InterruptedException {
        try {
            return start.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void onListening(InetSocketAddress local) throws IOException {
        isListening = true;
        report.listening(transport, local, service);
        err.say("listening on " + Endpoint.of(local));
    }

    @Override
    public void onMessage(ReceivedMessage message) throws IOException {
        try {
            report.message(message);
        } catch (OutputException e) {
            outputFailure.compareAndSet(null, e);
            failed.countDown();
            throw e;
        }
    }

    @Override
    public void onEnd(Session session) {
        if (err.isVerbose()) {
            err.say(
                    Endpoint.of(session.peer())
                            + ": "
                            + session.end().label()
                            + ", "
                            + session.bytesReceived()
                            + " B received, "
                            + session.bytesSent()
                            + " B sent in "
                            + Durations.text(session.duration()));
        }
    }

    @Override
    public void onFailure(Exception failure) {
        if (!(failure instanceof OutputException)) {
            err.error(failure);
        }
    }
}
