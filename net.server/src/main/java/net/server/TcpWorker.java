package net.server;

import net.protocol.Endpoint;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * A loop with its thread, and the connections that were admitted to it: it serves them, or has each
 * one served by a thread of its own, and ends them.
 */
final class TcpWorker implements Closeable {
    private final TcpService service;
    private final ServerListener listener;
    private final Counters counters;
    private final ConnectionLimiter capacity;

    /** One for each connection, which is given back at its end. */
    private final Semaphore permits;

    private final EventLoop loop = new EventLoop();
    private final IdleTimer sweeper;
    private final Thread thread;

    /** Nobody is served any more, not even who was accepted just now. */
    private volatile boolean isCutting;

    TcpWorker(
            String name,
            TcpServerConfig config,
            ServerListener listener,
            Counters counters,
            ConnectionLimiter capacity,
            Semaphore permits)
            throws IOException {
        this.service = config.service();
        this.listener = listener;
        this.counters = counters;
        this.capacity = capacity;
        this.permits = permits;
        this.sweeper = new IdleTimer(loop, config, listener);
        this.thread = Thread.ofPlatform().name(name).unstarted(loop);
    }

    EventLoop loop() {
        return loop;
    }

    /** Returns those that are open; safe for use by several threads. */
    Collection<NioConnection> connections() {
        return sweeper.connections();
    }

    void start() {
        thread.start();
    }

    /** Serves a connection. */
    void serve(NioConnection connection) {
        if (service instanceof NonBlockingService prompt) {
            ConnectionHandler conversation =
                    new ConnectionHandler(loop, connection, prompt, this::end);
            loop.execute(() -> begin(connection, conversation));
        } else {
            loop.execute(() -> startThread(connection));
        }
    }

    private void begin(NioConnection connection, ConnectionHandler conversation) {
        sweeper.add(connection);
        conversation.begin();
        if (isCutting) {
            conversation.cut();
        }
    }

    private void startThread(NioConnection connection) {
        sweeper.add(connection);
        try {
            Thread.ofVirtual()
                    .name("tcp-server " + Endpoint.of(connection.peer()))
                    .start(() -> serveAlone(connection));
        } catch (Throwable e) {
            capacity.release(connection.peer().getAddress());
            finish(connection, CloseReason.FAILED);
            throw e;
        }
        if (isCutting) {
            abort(connection);
        }
    }

    private void serveAlone(NioConnection connection) {
        Optional<Exception> failure = Optional.empty();
        try {
            service.serve(connection);
        } catch (Exception e) {
            failure = Optional.of(e);
        } catch (Error e) {
            capacity.release(connection.peer().getAddress());
            finish(connection, CloseReason.FAILED);
            throw e;
        }
        end(connection, failure);
    }

    /** Ends a connection whose service is done, or has failed. */
    private void end(NioConnection connection, Optional<Exception> failure) {
        CloseReason end = CloseReason.FAILED;
        try {
            end = close(connection, failure);
        } finally {
            finish(connection, end);
        }
    }

    private CloseReason close(NioConnection connection, Optional<Exception> failure) {
        try {
            if (failure.isPresent()) {
                if (failure.get() instanceof RuntimeException e) {
                    listener.onFailure(e);
                }
                return connection.endAfter(failure.get());
            }
            connection.commit();
        } catch (IOException e) {
            return connection.endAfter(e);
        } finally {
            // Before the peer can know that there is room for another one.
            capacity.release(connection.peer().getAddress());
        }
        return connection.closeInOrder();
    }

    private void finish(NioConnection connection, CloseReason end) {
        try {
            connection.close();
        } catch (IOException e) {
            listener.onFailure(e);
        }
        sweeper.connections().remove(connection);
        counters.bytesReceived.add(connection.bytesReceived());
        counters.bytesSent.add(connection.bytesSent());
        if (!end.isOrderly()) {
            counters.error(end.label());
        }
        try {
            listener.onEnd(connection.session(end));
        } finally {
            permits.release();
        }
    }

    /** Resets the connections that are chosen. */
    void abort(Predicate<NioConnection> choice) {
        for (NioConnection connection : sweeper.connections()) {
            if (choice.test(connection)) {
                abort(connection);
            }
        }
    }

    /** Resets all connections, those to come too, and ends the thread. */
    void cut() {
        isCutting = true;
        abort(any -> true);
        loop.stop();
    }

    private void abort(NioConnection connection) {
        try {
            connection.abort(CloseReason.ABORTED);
        } catch (IOException e) {
            listener.onFailure(e);
        }
    }

    /** Waits until the thread has ended or the time is up; returns whether it was interrupted. */
    boolean awaitEnd(Duration timeout) {
        try {
            thread.join(timeout);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Lets go of what the thread would use, which was never started. */
    @Override
    public void close() throws IOException {
        loop.close();
    }
}
