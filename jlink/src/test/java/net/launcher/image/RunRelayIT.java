package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Loss, duplication, reordering and corruption by a relay, as counted by the client. */
class RunRelayIT {
    private static final int EXCHANGES = 60;

    private static RunningProcess serve(String service) {
        return ProcessCommand.of("udp-server", "--service", service, "127.0.0.1", "0").start();
    }

    private static RunningProcess relay(
            int port, String service, String way, String... impairments) {
        Assume.success("python3", "-c", "import socket");
        try {
            String file =
                    Path.of(RunRelayIT.class.getResource("/peers/relay.py").toURI()).toString();
            return ProcessCommand.at(
                            Path.of("python3"), "-u", file, Integer.toString(port), service, way)
                    .with(impairments)
                    .start();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Delayed datagrams arrive while the client waits for the last, lost one. */
    private static EventList run(String service, RunningProcess relay) {
        ProcessResult ended =
                ProcessCommand.of(
                                "udp-client",
                                "--service",
                                service,
                                "--format",
                                "json",
                                "--size",
                                "64")
                        .with("-c", Integer.toString(EXCHANGES), "-i", "40ms", "--timeout", "1s")
                        .with("127.0.0.1", relay.awaitOut("").strip())
                        .run();
        assertEquals(1, ended.status(), ended.toString());
        return EventList.of(ended.out());
    }

    /** Compares the counts of the relay with those of the client. */
    private static void assertSame(EventList events, RunningProcess relay, String figures)
            throws IOException {
        relay.process().getOutputStream().close();
        assertEquals(figures, relay.end().lastLine());
        for (String figure : figures.split(" ")) {
            String[] parts = figure.split("=");
            assertEquals(parts[1], events.summary().get(parts[0]).asText(), events::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({"up", "down"})
    void countersMatchTheImpairments(String way) throws IOException {
        String[] impairments = {
            "drop=2,3,59", "delay=15", "duplicate=5,25,45,46", "reorder=8,28", "corrupt=12,30"
        };
        try (RunningProcess server = serve("echo");
                RunningProcess relay = relay(server.port(), "echo", way, impairments)) {
            EventList events = run("echo", relay);
            assertSame(events, relay, "lost=3 late=1 duplicates=4 reordered=2 corrupt=2");
            assertEquals(EXCHANGES, events.total("sent"), events::toString);
            assertEquals(57, events.total("received"));
            assertEquals(54, events.total("ok"));
            assertEquals(6, events.total("failed"));
            JsonNode errors = events.summary().get("errors");
            assertEquals(4, errors.get("timeout").asLong());
            assertEquals(2, errors.get("corrupt").asLong());
            assertEquals(54, events.named("reply").size());
            assertEquals(6, events.named("error").size());
        }
    }

    /**
     * Includes the last datagram, whose direction the client learns from the answer to a further
     * request. That request follows a second later, so that its answer is not the next to be
     * reordered.
     */
    @ParameterizedTest
    @CsvSource({"up, 4, 0", "down, 0, 4"})
    void stampAttributesLossToADirection(String way, long up, long down) throws IOException {
        String[] impairments = {"drop=2,3,40,59", "delay=15", "duplicate=5,50", "reorder=8,20,48"};
        try (RunningProcess server = serve("stamp");
                RunningProcess relay = relay(server.port(), "stamp", way, impairments)) {
            EventList events = run("stamp", relay);
            assertSame(events, relay, "lost=4 late=1 duplicates=2 reordered=3 corrupt=0");
            assertEquals(up, events.total("lost_up"), events::toString);
            assertEquals(down, events.total("lost_down"), events::toString);
            assertEquals(55, events.total("ok"));
            assertTrue(events.total("jitter_up_ns") > 0);
            assertTrue(events.total("jitter_down_ns") > 0);
        }
    }
}
