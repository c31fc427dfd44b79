package net.launcher.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

import net.launcher.output.Diagnostics;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Answers requests for {@code /metrics} and {@code /healthz}. Metrics are written while they are
 * read, so that many or slow clients need no memory.
 */
final class MetricsHandler implements HttpHandler {
    static final String METRICS = "/metrics";
    static final String HEALTH = "/healthz";

    private static final String GET = "GET";
    private static final String HEAD = "HEAD";

    /** Length of a response without a body, and of one whose length is not known. */
    private static final int NO_BODY = -1;

    private static final int UNKNOWN_LENGTH = 0;

    private final List<MetricsSource> sources;
    private final Diagnostics err;
    private volatile boolean isServing;

    MetricsHandler(List<MetricsSource> sources, boolean isServing, Diagnostics err) {
        this.sources = sources;
        this.isServing = isServing;
        this.err = err;
    }

    /** Sets whether the health is good. */
    void setServing(boolean isServing) {
        this.isServing = isServing;
    }

    /** Answers a request. An exception closes the connection, also within a response. */
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            answer(exchange);
            exchange.close();
        } catch (RuntimeException e) {
            err.trace(e);
            throw new IOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean isMetrics = path.equals(METRICS);
        if (!isMetrics && !path.equals(HEALTH)) {
            text(exchange, HttpURLConnection.HTTP_NOT_FOUND, "not found: use " + METRICS);
        } else if (!exchange.getRequestMethod().equals(GET) && !isHead(exchange)) {
            exchange.getResponseHeaders().set("Allow", GET + ", " + HEAD);
            text(exchange, HttpURLConnection.HTTP_BAD_METHOD, "method not allowed");
        } else if (isMetrics) {
            metrics(exchange);
        } else if (isServing) {
            text(exchange, HttpURLConnection.HTTP_OK, "ok");
        } else {
            text(exchange, HttpURLConnection.HTTP_UNAVAILABLE, "not serving");
        }
    }

    private static boolean isHead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals(HEAD);
    }

    private static void text(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        begin(exchange, status, "text/plain; charset=utf-8", body.length);
        if (!isHead(exchange)) {
            exchange.getResponseBody().write(body);
        }
    }

    private static void begin(HttpExchange exchange, int status, String contentType, int length)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, isHead(exchange) ? NO_BODY : length);
    }

    private void metrics(HttpExchange exchange) throws IOException {
        List<String> accept = exchange.getRequestHeaders().getOrDefault("Accept", List.of());
        ExpositionFormat format = ExpositionFormat.of(accept);
        begin(exchange, HttpURLConnection.HTTP_OK, format.contentType(), UNKNOWN_LENGTH);
        if (isHead(exchange)) {
            return;
        }
        Exposition out =
                new Exposition(
                        new BufferedWriter(
                                new OutputStreamWriter(
                                        exchange.getResponseBody(), StandardCharsets.UTF_8)),
                        format);
        for (MetricsSource source : sources) {
            source.write(out);
        }
        out.end();
    }
}
