package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Hostile HTTP clients of a run with metrics: the run continues, and so do the metrics. */
class MetricsHostileIT {
    private ServerUnderTest target;
    private RunningProcess client;
    private URI uri;

    @BeforeEach
    void start() {
        target = ServerUnderTest.of("tcp", "echo");
        client =
                target.client("--rate", "100", "-t", "10m", "--quiet", "--format", "json")
                        .with("--metrics", "0")
                        .start();
        uri = MetricsPage.address(client);
    }

    @AfterEach
    void stop() {
        client.close();
        target.close();
    }

    /** Checks that the run and its metrics continue, and that nothing was reported. */
    private void assertContinues() {
        double before = ok();
        Await.holds("further exchanges", () -> ok() >= before + 10);
        ProcessResult ended = client.signal("INT").end();
        assertEquals(130, ended.status(), ended.toString());
        assertEquals(1, ended.err().lines().count(), ended.err());
        EventList events = EventList.of(ended.out());
        assertEquals(0, events.total("failed"));
        assertTrue(events.total("ok") >= before + 10, ended::out);
    }

    private double ok() {
        return MetricsPage.of(client).value("netpair_exchanges_total", "result=\"ok\"");
    }

    private TcpPeer connect() throws IOException {
        return TcpPeer.connect(uri.getPort());
    }

    private static void writeUntilClosed(TcpPeer peer, byte[] block, int times) {
        try {
            for (int i = 0; i < times; i++) {
                peer.write(block);
            }
        } catch (IOException expected) {
            // The connection is closed.
        }
    }

    /** A header of one byte at a time ends after the time for a request, not before. */
    @Test
    void slowRequestIsClosed() throws IOException {
        long startNanos = System.nanoTime();
        try (TcpPeer peer = connect()) {
            peer.write("GET /metrics HTTP/1.1\r\nHost: x\r\nX: ");
            Await.holds("closed", () -> !isWritable(peer));
        }
        Duration open = Duration.ofNanos(System.nanoTime() - startNanos);
        assertTrue(open.compareTo(Duration.ofSeconds(4)) > 0, open::toString);
        assertContinues();
    }

    private static boolean isWritable(TcpPeer peer) {
        try {
            peer.write("x");
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            return true;
        } catch (IOException expected) {
            return false;
        }
    }

    /** A header of 1 MB, and a request line of 10 MB. */
    @ParameterizedTest
    @ValueSource(strings = {"GET /metrics HTTP/1.1\r\nX: ", "GET /"})
    void hugeRequestIsClosed(String start) throws IOException {
        try (TcpPeer peer = connect()) {
            peer.write(start);
            writeUntilClosed(peer, "x".repeat(1 << 20).getBytes(), start.length() > 5 ? 1 : 10);
            String answer = end(peer);
            assertEquals("", answer.replaceAll("<(closed|reset)>", ""), answer);
        }
        assertContinues();
    }

    private static String end(TcpPeer peer) throws IOException {
        return peer.awaitEnd();
    }

    @Test
    void garbageIsClosed() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            byte[] garbage = new byte[1 + random.nextInt(2000)];
            random.nextBytes(garbage);
            try (TcpPeer peer = connect()) {
                writeUntilClosed(peer, garbage, 1);
                writeUntilClosed(peer, "\r\n\r\n".getBytes(), 1);
                try {
                    peer.halfClose();
                } catch (IOException expected) {
                    // Closed already.
                }
                end(peer);
            }
        }
        for (String line : List.of("", " ", "GET", "GET /metrics", "GET mailto:x HTTP/1.1", "\0")) {
            try (TcpPeer peer = connect()) {
                peer.write(line + "\r\n\r\n").halfClose();
                String answer = end(peer);
                assertTrue(answer.matches("(?s)(HTTP/1.1 4.*)?<(closed|reset)>"), answer);
            }
        }
        assertContinues();
    }

    /** Idle connections are closed after a time, so that a scraper gets its turn. */
    @Test
    @ResourceLock(Assume.MANY_DESCRIPTORS)
    void thousandConnectionsAreBounded() throws IOException {
        Assume.descriptors(2000);
        List<TcpPeer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                peers.add(connect());
            }
            Await.holds("a scrape", this::isAnswered);
            assertContinues();
        } finally {
            for (TcpPeer peer : peers) {
                peer.close();
            }
        }
    }

    private boolean isAnswered() {
        try (TcpPeer peer = connect()) {
            peer.write("GET /healthz HTTP/1.0\r\n\r\n");
            return peer.awaitEnd().contains("\r\n\r\nok\n");
        } catch (IOException expected) {
            return false;
        }
    }

    @Test
    void otherMethodsAndVersionsAreAnswered() throws IOException {
        HttpResponse<String> post =
                MetricsPage.send(
                        HttpRequest.newBuilder(uri)
                                .POST(BodyPublishers.ofString("x".repeat(9999))));
        assertEquals(405, post.statusCode());
        assertEquals("GET, HEAD", post.headers().firstValue("Allow").orElseThrow());
        HttpResponse<String> head = MetricsPage.send(HttpRequest.newBuilder(uri).HEAD());
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertEquals(404, MetricsPage.get(uri.resolve("/other")).statusCode());
        assertEquals("ok\n", MetricsPage.get(uri.resolve("/healthz")).body());
        try (TcpPeer peer = connect()) {
            peer.write("GET /metrics HTTP/1.0\r\n\r\n");
            String answer = peer.awaitEnd();
            assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
            assertTrue(answer.contains("\nnetpair_exchanges_total{"), answer);
            assertTrue(answer.endsWith("\n<closed>"), answer);
        }
        assertContinues();
    }

    /** A scrape at the end of the run gets an answer or a closed connection; the client ends. */
    @Test
    void scrapeDuringTheEndDoesNotDelayIt() throws IOException {
        try (TcpPeer slow = connect();
                TcpPeer idle = connect()) {
            slow.write("GET /metrics HTTP/1.1\r\n");
            assertContinues();
            String answer = slow.awaitEnd() + idle.awaitEnd();
            assertTrue(answer.matches("<(closed|reset)><(closed|reset)>"), answer);
        }
    }
}
