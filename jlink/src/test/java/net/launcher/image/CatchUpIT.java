package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A UDP client that was stopped, and the datagrams that are overdue then. Beside other tests, a
 * server with a small buffer would not be scheduled often enough to receive all.
 */
@Isolated
class CatchUpIT {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /**
     * What is overdue after the stop is sent in small bursts, between which answers are read: a
     * burst of 1800 requests or answers does not fit into a buffer of this size.
     */
    @ParameterizedTest
    @ValueSource(strings = {"echo", "stamp"})
    void stoppedClientCatchesUpWithoutLoss(String service) throws InterruptedException {
        String[] buffer = {"--receive-buffer", "128K"};
        try (RunningProcess server =
                        ProcessCommand.of("udp-server", "--service", service)
                                .with(buffer)
                                .with("127.0.0.1", "0")
                                .start();
                RunningProcess client =
                        ProcessCommand.of("udp-client", "--service", service, "--rate", "2000")
                                .with("-t", "3s", "--format", "json")
                                .with("--fail-if", "p99>300ms", "--fail-if", "loss>0%")
                                .with(buffer)
                                .with("127.0.0.1", Integer.toString(server.port()))
                                .start()) {
            client.awaitOut("\"interval\"");
            client.signal("STOP");
            // The stop itself.
            Thread.sleep(Duration.ofMillis(900));
            client.signal("CONT");
            ProcessResult ended = client.end();
            assertEquals(3, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            assertEquals(0, events.total("lost"), ended::toString);
            assertEquals(0, events.total("dropped_here"), ended::toString);
            assertEquals(6000, events.total("ok") + events.total("skipped"));
            assertTrue(events.total("ok") > 5000, ended::toString);
            // The tail is lateness, without which the threshold would have held.
            long p99 = events.summary().get("time_ns").get("p99").asLong();
            long lateness = events.total("p99_lateness_ns");
            JsonNode threshold = events.summary().get("thresholds").get(0);
            assertEquals(p99 - lateness, threshold.get("raw").asLong());
            assertTrue(lateness > SECOND * 3 / 10, ended::toString);
            assertTrue(threshold.get("raw").asLong() < SECOND * 3 / 10, ended::toString);
        }
    }
}
