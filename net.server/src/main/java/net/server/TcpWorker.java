package net.server;

import net.protocol.Endpoint;
import net.server.access.ConnectionLimiter;
import net.server.loop.EventLoop;
import net.server.loop.IdleTimer;
import net.server.loop.TimeoutHandler;
import net.server.service.NonBlockingService;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * An event loop with its thread and connections. It enforces their time limits, and serves each
 * with a {@link ConnectionHandler} on the loop or, for a user-written service, on a virtual thread.
 */
final class TcpWorker implements Closeable, TimeoutHandler<RecordedConnection> {
    /** Present for a built-in service. */
    private final Optional<NonBlockingService> builtIn;

    /** Present for a user-written service. */
    private final Optional<TcpService> service;

    private final ServerListener listener;
    private final Counters counters;
    private final ConnectionLimiter limiter;

    /** One permit per open connection, released at its end. */
    private final Semaphore permits;

    private final EventLoop loop = new EventLoop();
    private final IdleTimer<RecordedConnection> timer;
    private final Thread thread;

    /** Set when all connections are reset, including those accepted but not started yet. */
    private volatile boolean isAborting;

    TcpWorker(
            String name,
            TcpServerConfig config,
            ServerListener listener,
            Counters counters,
            ConnectionLimiter limiter,
            Semaphore permits)
            throws IOException {
        this.builtIn = config.nonBlockingService();
        this.service = config.service();
        this.listener = listener;
        this.counters = counters;
        this.limiter = limiter;
        this.permits = permits;
        this.timer = new IdleTimer<>(loop, config.idleTimeout(), config.sessionTimeout(), this);
        this.thread = Thread.ofPlatform().name(name).unstarted(loop);
    }

    EventLoop loop() {
        return loop;
    }

    /** Returns a live view of the open connections. Thread-safe. */
    Collection<RecordedConnection> connections() {
        return timer.connections();
    }

    void start() {
        thread.start();
    }

    /** Serves an admitted connection until its end. */
    void serve(RecordedConnection connection) {
        builtIn.ifPresentOrElse(
                handled -> {
                    ConnectionHandler handler =
                            new ConnectionHandler(loop, connection, handled, this::end);
                    loop.execute(() -> startHandler(connection, handler));
                },
                () -> loop.execute(() -> startThread(connection)));
    }

    private void startHandler(RecordedConnection connection, ConnectionHandler handler) {
        timer.add(connection);
        handler.start();
        if (isAborting) {
            handler.abort();
        }
    }

    private void startThread(RecordedConnection connection) {
        timer.add(connection);
        try {
            Thread.ofVirtual()
                    .name("tcp-server " + Endpoint.of(connection.peer()))
                    .start(() -> serveBlocking(connection));
        } catch (Throwable e) {
            limiter.release(connection.peer().getAddress());
            finish(connection, CloseReason.FAILED);
            throw e;
        }
        if (isAborting) {
            abort(connection, CloseReason.ABORTED);
        }
    }

    private void serveBlocking(RecordedConnection connection) {
        Optional<Exception> failure = Optional.empty();
        try {
            service.orElseThrow().serve(new BlockingConnection(connection));
        } catch (Exception e) {
            failure = Optional.of(e);
        } catch (Error e) {
            limiter.release(connection.peer().getAddress());
            finish(connection, CloseReason.FAILED);
            throw e;
        }
        end(connection, failure);
    }

    /** Ends a connection whose service has returned or failed. */
    private void end(RecordedConnection connection, Optional<Exception> failure) {
        CloseReason reason = CloseReason.FAILED;
        try {
            reason = close(connection, failure);
        } finally {
            finish(connection, reason);
        }
    }

    private CloseReason close(RecordedConnection connection, Optional<Exception> failure) {
        try {
            if (failure.isPresent()) {
                if (failure.get() instanceof RuntimeException e) {
                    listener.onFailure(e);
                }
                return connection.reasonAfter(failure.get());
            }
            connection.commit();
        } catch (IOException e) {
            return connection.reasonAfter(e);
        } finally {
            // Released before the close, after which the peer may immediately connect again.
            limiter.release(connection.peer().getAddress());
        }
        return connection.closeWithReceipt();
    }

    private void finish(RecordedConnection connection, CloseReason reason) {
        try {
            connection.close();
        } catch (IOException e) {
            listener.onFailure(e);
        }
        timer.remove(connection);
        counters.bytesReceived.add(connection.bytesReceived());
        counters.bytesSent.add(connection.bytesSent());
        reason.error().ifPresent(counters::addError);
        try {
            listener.onEnd(connection.session(reason));
        } finally {
            permits.release();
        }
    }

    @Override
    public boolean isSuspended(RecordedConnection connection) {
        return connection.isRecording();
    }

    @Override
    public void onIdle(RecordedConnection connection) {
        abort(connection, CloseReason.IDLE);
    }

    @Override
    public void onSessionTimeout(RecordedConnection connection) {
        abort(connection, CloseReason.TIMEOUT);
    }

    /** Resets the matching connections. Thread-safe. */
    void abortIf(Predicate<RecordedConnection> condition) {
        for (RecordedConnection connection : timer.connections()) {
            if (condition.test(connection)) {
                abort(connection, CloseReason.ABORTED);
            }
        }
    }

    /** Resets all connections, including later ones, and stops the loop. Thread-safe. */
    void abortAll() {
        isAborting = true;
        abortIf(any -> true);
        loop.stop();
    }

    private void abort(RecordedConnection connection, CloseReason reason) {
        try {
            connection.abort(reason);
        } catch (IOException e) {
            listener.onFailure(e);
        }
    }

    /** Waits for the end of the thread; returns whether the wait was interrupted. */
    boolean awaitEnd(Duration timeout) {
        try {
            thread.join(timeout);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Releases the loop of a worker that was never started. */
    @Override
    public void close() throws IOException {
        loop.close();
    }
}
