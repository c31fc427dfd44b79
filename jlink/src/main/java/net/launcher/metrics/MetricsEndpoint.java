package net.launcher.metrics;

import com.sun.net.httpserver.HttpServer;

import net.launcher.output.Diagnostics;
import net.launcher.output.Output.OutputException;
import net.protocol.AddressFamily;
import net.protocol.Endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * HTTP server of the metrics of a run. Its threads are its own, and its limits bound what slow,
 * idle and hostile clients take; a failure of a request closes its connection.
 */
public final class MetricsEndpoint implements AutoCloseable {
    /** Maximum connections, each with a thread during a request; further ones are closed. */
    static final int MAX_CONNECTIONS = 64;

    /** Maximum size of the request line and headers in bytes. */
    static final int MAX_HEADER_BYTES = 16 * 1024;

    /** Maximum time to receive a request, and until the first byte of a connection. */
    static final int REQUEST_SECONDS = 5;

    /** Maximum time to send a response: the default timeout of Prometheus. */
    private static final int RESPONSE_SECONDS = 10;

    /** Maximum time at the end of the run for requests in progress. */
    private static final int CLOSE_SECONDS = 1;

    private static final int BACKLOG = 64;

    /** Time after which an unused thread ends. */
    private static final int IDLE_SECONDS = 5;

    private final HttpServer server;
    private final MetricsHandler handler;
    private final ThreadPoolExecutor executor;

    private MetricsEndpoint(HttpServer server, MetricsHandler handler) {
        this.server = server;
        this.handler = handler;
        this.executor =
                new ThreadPoolExecutor(
                        0,
                        MAX_CONNECTIONS,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        MetricsEndpoint::newThread);
    }

    /** Creates a thread whose failure does not end the process. */
    private static Thread newThread(Runnable task) {
        return Thread.ofPlatform()
                .daemon()
                .name("metrics")
                .uncaughtExceptionHandler((thread, expected) -> {})
                .unstarted(task);
    }

    /**
     * Binds the endpoint, starts to answer, and prints its address on standard error.
     *
     * @param isServing whether {@code /healthz} is to answer that the program serves or runs
     * @throws OutputException if it cannot be bound
     */
    public static MetricsEndpoint open(
            Endpoint endpoint, MetricsSource source, boolean isServing, Diagnostics err)
            throws OutputException {
        limit();
        MetricsHandler handler =
                new MetricsHandler(List.of(source, new ProcessMetrics(err.name())), isServing, err);
        MetricsEndpoint metrics = new MetricsEndpoint(bind(endpoint), handler);
        metrics.start();
        Endpoint bound = Endpoint.of(metrics.server.getAddress());
        err.print("metrics on http://" + bound + MetricsHandler.METRICS);
        return metrics;
    }

    /** Sets the limits of the JDK's server, which reads them once; times are in seconds. */
    private static void limit() {
        limit("jdk.httpserver.maxConnections", MAX_CONNECTIONS);
        limit("sun.net.httpserver.maxReqHeaderSize", MAX_HEADER_BYTES);
        limit("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        limit("sun.net.httpserver.maxRspTime", RESPONSE_SECONDS);
        // The period in milliseconds in which idle connections are checked.
        limit("sun.net.httpserver.clockTick", 1_000);
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static void limit(String property, int value) {
        System.setProperty(property, Integer.toString(value));
    }

    private static HttpServer bind(Endpoint endpoint) throws OutputException {
        try {
            InetSocketAddress address =
                    endpoint.resolve(AddressFamily.ANY, Endpoint.LOOKUP_TIMEOUT).getFirst();
            return HttpServer.create(address, BACKLOG);
        } catch (IOException e) {
            throw new OutputException("serve metrics on " + endpoint, e);
        }
    }

    private void start() {
        server.createContext("/", handler);
        server.setExecutor(executor);
        server.start();
    }

    /** Sets whether {@code /healthz} is to answer that the program serves. */
    public void setServing(boolean isServing) {
        handler.setServing(isServing);
    }

    /** Closes all connections, after a short time for requests in progress. */
    @Override
    public void close() {
        // An interrupt would end the wait; it is for the caller.
        boolean isInterrupted = Thread.interrupted();
        server.stop(CLOSE_SECONDS);
        executor.shutdownNow();
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
