package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A server stalled for one second of four: open-loop latencies show the stall. */
class RunStallIT {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @ParameterizedTest
    @CsvSource({"tcp, echo", "tcp, greet", "udp, echo"})
    void timesIncludeTheStall(String transport, String service) throws InterruptedException {
        try (RunningProcess server =
                        ProcessCommand.of(
                                        transport + "-server",
                                        "--service",
                                        service,
                                        "127.0.0.1",
                                        "0")
                                .start();
                RunningProcess client =
                        ProcessCommand.of(
                                        transport + "-client",
                                        "--service",
                                        service,
                                        "--format",
                                        "json")
                                .with("--rate", "50", "-t", "4s", "--timeout", "20s")
                                .with("127.0.0.1", Integer.toString(server.port()))
                                .start()) {
            client.awaitOut("\"interval\"");
            long stopped = System.nanoTime();
            server.signal("STOP");
            // The stall itself.
            Thread.sleep(Duration.ofSeconds(1));
            server.signal("CONT");
            // More than a second on a busy machine.
            long stall = System.nanoTime() - stopped;
            ProcessResult ended = client.end();
            assertEquals(0, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            assertEquals(200, events.total("ok"));
            // A quarter of all or more wait, between the stall and zero, evenly: a tenth of all
            // 0.6 s and more.
            JsonNode time = events.summary().get("time_ns");
            assertTrue(time.get("p90").asLong() > SECOND * 3 / 10, time::toString);
            assertTrue(time.get("max").asLong() > SECOND * 9 / 10, time::toString);
            assertTrue(time.get("max").asLong() < stall + SECOND * 2, time::toString);
            assertTrue(time.get("p50").asLong() < stall * 9 / 10, time::toString);
            assertCause(service, events.summary());
        }
    }

    /** The answer is in the socket before the timeout, and read after it. */
    @Test
    void answerDuringASuspensionOfTheClientIsInTime() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
                RunningProcess client =
                        ProcessCommand.of("tcp-client", "--service", "echo", "-c", "3")
                                .with("--timeout", "2s", "--format", "json", "--quiet")
                                .with("127.0.0.1", Integer.toString(listener.getLocalPort()))
                                .start();
                Socket peer = listener.accept()) {
            byte[] request = new byte["hello sever!".length()];
            for (int i = 0; i < 3; i++) {
                peer.getInputStream().readNBytes(request, 0, request.length);
                long sentNanos = System.nanoTime();
                client.signal("STOP");
                Await.holds("a stopped client", ProcessStats.of(client)::isStopped);
                peer.getOutputStream().write(request);
                // The suspension itself, until after the timeout.
                long pastNanos = System.nanoTime() - sentNanos;
                Thread.sleep(Duration.ofMillis(2300).minusNanos(pastNanos));
                client.signal("CONT");
            }
            ProcessResult ended = client.end();
            assertEquals(0, ended.status(), ended.toString());
            assertEquals(3, EventList.of(ended.out()).total("ok"));
        }
    }

    /**
     * With a connection per exchange, due exchanges waited for a connection; others for the reply.
     */
    private static void assertCause(String service, JsonNode summary) {
        String cause = service.equals("greet") ? "lateness_ns" : "raw_time_ns";
        String other = service.equals("greet") ? "raw_time_ns" : "lateness_ns";
        assertTrue(summary.get(cause).get("p90").asLong() > SECOND * 3 / 10, summary::toString);
        assertTrue(summary.get(other).get("p90").asLong() < SECOND * 3 / 10, summary::toString);
    }
}
