package net.launcher.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.output.CapturedOutput;
import net.launcher.output.Diagnostics;
import net.launcher.output.Output.OutputException;
import net.protocol.Endpoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Requests to an endpoint within this process, and its start and end. */
@Timeout(60)
class MetricsEndpointTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final MetricsSource NONE = out -> {};

    private final CapturedOutput text = new CapturedOutput();
    private final Diagnostics err =
            new Diagnostics(
                    "test", new PrintStream(text, true, StandardCharsets.UTF_8), false, false);

    private MetricsEndpoint open(MetricsSource source) throws OutputException {
        return MetricsEndpoint.open(new Endpoint("127.0.0.1", 0), source, true, err);
    }

    private int port() {
        String line = text.text();
        assertTrue(line.matches("test: metrics on http://127\\.0\\.0\\.1:\\d+/metrics\n"), line);
        return Integer.parseInt(line.replaceAll(".*:(\\d+)/metrics\n", "$1"));
    }

    private String get(String path) throws IOException {
        try (Socket socket = new Socket(LOOPBACK, port())) {
            socket.getOutputStream()
                    .write(
                            ("GET " + path + " HTTP/1.0\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void scrape() {
        try {
            get("/metrics");
        } catch (IOException expected) {
            // Reset by the end of the run.
        }
    }

    @Test
    void healthIsOkWhileTheProgramServes() throws IOException {
        try (MetricsEndpoint endpoint = open(NONE)) {
            String ok = get("/healthz");
            assertTrue(ok.startsWith("HTTP/1.1 200 OK\r\n") && ok.endsWith("\r\n\r\nok\n"), ok);
            endpoint.setServing(false);
            String draining = get("/healthz");
            assertTrue(draining.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), draining);
            assertTrue(get("/metrics").startsWith("HTTP/1.1 200 OK\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metric", "/metricss", "/metrics/", "/healthz/x", "/%00"})
    void otherPathsAreNotFound(String path) throws IOException {
        try (MetricsEndpoint _ = open(NONE)) {
            String answer = get(path);
            assertTrue(answer.startsWith("HTTP/1.1 404 Not Found\r\n"), answer);
        }
    }

    /** The connection closes; neither the process nor standard error is affected. */
    @Test
    void failureOfASourceIsContained() throws IOException {
        MetricsSource failing =
                out -> {
                    throw new IllegalStateException("broken");
                };
        try (MetricsEndpoint _ = open(failing)) {
            get("/metrics");
            assertTrue(get("/healthz").endsWith("ok\n"));
        }
        assertEquals(1, text.text().lines().count(), text::text);
    }

    @Test
    void portInUseIsAnOutputError() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
            Endpoint endpoint = new Endpoint("127.0.0.1", other.getLocalPort());
            Exception e =
                    assertThrows(
                            OutputException.class,
                            () -> MetricsEndpoint.open(endpoint, NONE, true, err));
            assertEquals(
                    "serve metrics on " + endpoint + " failed: address already in use",
                    e.getMessage());
        }
    }

    /** A scrape in progress does not keep the end waiting, and the interrupt status remains. */
    @Test
    void closeEndsScrapesInProgress() throws Exception {
        CountDownLatch isScraping = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        MetricsSource blocked =
                out -> {
                    isScraping.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                };
        MetricsEndpoint endpoint = open(blocked);
        int port = port();
        Thread scraper = Thread.ofVirtual().start(this::scrape);
        isScraping.await();
        Thread.currentThread().interrupt();
        endpoint.close();
        assertTrue(Thread.interrupted());
        scraper.join();
        assertThrows(IOException.class, () -> new Socket(LOOPBACK, port).close());
    }
}
