package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A UDP client with a small receive buffer that is stopped while all answers arrive at once: the
 * system drops most of them, which are not lost.
 */
class DroppedHereIT {
    private static final int COUNT = 50;
    private static final int REFLECTED_BYTES = 44;

    /** A request, kept until the client is stopped. */
    private record Request(byte[] bytes, SocketAddress client) {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch received = new CountDownLatch(COUNT);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private String service;
    private int reflected;
    private ScriptedUdpServer server;

    @BeforeEach
    void start() throws IOException {
        assertTrue(Files.exists(Path.of("/proc/net/udp")), "no /proc");
        server = new ScriptedUdpServer(this::onRequest);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Answers all once the client is stopped. */
    private void onRequest(ScriptedUdpServer from, byte[] bytes, SocketAddress client)
            throws IOException {
        requests.add(new Request(bytes, client));
        received.countDown();
        if (received.getCount() > 0) {
            return;
        }
        try {
            stopped.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (Request request : requests) {
            from.send(answer(request.bytes), request.client);
        }
        requests.clear();
    }

    /** Returns the same bytes, or those of a reflector that numbers its answers (RFC 8762). */
    private byte[] answer(byte[] request) {
        if (!service.equals("stamp")) {
            return request;
        }
        ByteBuffer answer = ByteBuffer.allocate(REFLECTED_BYTES);
        answer.putInt(reflected++).put(request, 4, 10).putShort((short) 0);
        answer.put(request, 4, 8).put(request, 0, 14).putShort((short) 0).put((byte) -1);
        return answer.array();
    }

    private RunningProcess client(String... args) {
        return ProcessCommand.of("udp-client", "--service", service, "-c", "" + COUNT)
                .with("--rate", "500", "--receive-buffer", "1K")
                .with(args)
                .with("127.0.0.1", server.port())
                .start();
    }

    /** Stops a client until all answers have been sent. */
    private ProcessResult stopped(RunningProcess client) throws Exception {
        assertTrue(received.await(30, TimeUnit.SECONDS), () -> received.getCount() + " requests");
        client.signal("STOP");
        Await.holds("a stopped client", ProcessStats.of(client)::isStopped);
        stopped.countDown();
        Await.holds("answers", requests::isEmpty);
        client.signal("CONT");
        return client.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "stamp"})
    void answersDroppedByTheClientAreNotLost(String name) throws Exception {
        service = name;
        try (RunningProcess client = client("--format", "json", "--quiet", "--timeout", "3s")) {
            ProcessResult ended = stopped(client);
            // Their exchanges have failed.
            assertEquals(1, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            long dropped = events.total("dropped_here");
            assertTrue(dropped > 0 && dropped < COUNT, ended::toString);
            assertEquals(0, events.total("lost"));
            assertEquals(COUNT - dropped, events.total("received"));
            assertEquals(dropped, events.total("failed"));
            JsonNode summary = events.summary();
            assertEquals(0, summary.get("loss").asInt());
            if (name.equals("stamp")) {
                assertEquals(0, summary.get("lost_up").asInt(), ended::toString);
                assertEquals(0, summary.get("lost_down").asInt(), ended::toString);
            }
        }
    }

    @Test
    void thresholdOnLossIgnoresThemAndTextExplainsThem() throws Exception {
        service = "echo";
        try (RunningProcess client = client("--fail-if", "loss>0%", "--timeout", "3s")) {
            ProcessResult ended = stopped(client);
            assertEquals(0, ended.status(), ended.toString());
            assertTrue(ended.out().endsWith("ok   loss>0%: 0 %\n"), ended::out);
            TextSummary summary = TextSummary.of(ended.out());
            String advice = " raise net.core.rmem_max and --receive-buffer, or lower the rate";
            assertTrue(summary.rows().get("dropped").endsWith(advice), ended::out);
            assertTrue(summary.rows().get("exchanges").contains(" failed, loss 0 %, "), ended::out);
            assertTrue(summary.rows().get("datagrams").contains(" 0 lost, "), ended::out);
        }
    }

    /** The socket has dropped nothing: what is unanswered is lost. */
    @Test
    void lostDatagramsAreNotDroppedHere() {
        service = "echo";
        try (RunningProcess client = client("--format", "json", "--quiet", "--timeout", "1s")) {
            EventList events = EventList.of(client.end().out());
            assertEquals(COUNT, events.total("lost"));
            assertEquals(0, events.total("dropped_here"));
            assertEquals(100, events.summary().get("loss").asInt());
        } finally {
            stopped.countDown();
        }
    }
}
