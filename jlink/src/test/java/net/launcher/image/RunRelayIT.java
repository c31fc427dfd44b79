package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Loss, duplication, reordering and corruption by a relay, as counted by the client. */
class RunRelayIT {
    /** Number of exchanges of a run with random impairments, at 200 per second. */
    private static final int EXCHANGES = 600;

    /** A delayed answer to this or an earlier request arrives before the end of the run. */
    private static final int LAST_DELAYED = 250;

    /** The reflector restarts, or its clock is set, at this request. */
    private static final int CHANGED = 590;

    private static RunningProcess serve(String service) {
        return ProcessCommand.of("udp-server", "--service", service, "127.0.0.1", "0").start();
    }

    private static RunningProcess relay(int port, String service, List<String> impairments) {
        Assume.success("python3", "-c", "import socket");
        try {
            String file =
                    Path.of(RunRelayIT.class.getResource("/peers/relay.py").toURI()).toString();
            return ProcessCommand.at(
                            Path.of("python3"), "-u", file, Integer.toString(port), service)
                    .with(impairments.toArray(String[]::new))
                    .start();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Delayed datagrams arrive while the client waits for the last, lost one. */
    private static EventList run(String service, RunningProcess relay, String... schedule) {
        ProcessResult ended =
                ProcessCommand.of(
                                "udp-client",
                                "--service",
                                service,
                                "--format",
                                "json",
                                "--size",
                                "64")
                        .with(schedule)
                        .with("--timeout", "1s")
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
        List<String> impairments =
                impair(
                        way,
                        "drop=2,3,59",
                        "delay=15",
                        "duplicate=5,25,45,46",
                        "reorder=8,28",
                        "corrupt=12,30");
        try (RunningProcess server = serve("echo");
                RunningProcess relay = relay(server.port(), "echo", impairments)) {
            EventList events = run("echo", relay, "-c", "60", "-i", "40ms");
            assertSame(events, relay, "lost=3 late=1 duplicates=4 reordered=2 corrupt=2");
            assertEquals(60, events.total("sent"), events::toString);
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

    /** Counted in its direction while the run continues. */
    @ParameterizedTest
    @CsvSource({"up, down", "down, up"})
    void metricsAttributeLossToADirection(String way, String other) {
        try (RunningProcess server = serve("stamp");
                RunningProcess relay = relay(server.port(), "stamp", impair(way, "drop=3,7"));
                RunningProcess client =
                        ProcessCommand.of("udp-client", "--service", "stamp", "--metrics", "0")
                                .with("-i", "40ms", "-c", "100000", "--timeout", "2s", "--quiet")
                                .with("127.0.0.1", relay.awaitOut("").strip())
                                .start()) {
            String lost = "netpair_datagrams_lost_total";
            Await.holds(
                    "both losses",
                    () -> MetricsPage.of(client).value(lost, "\"" + way + "\"") == 2);
            MetricsPage page = MetricsPage.of(client);
            assertEquals(0, page.value(lost, "\"" + other + "\""));
            assertEquals(0, page.value(lost, "\"unknown\""));
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
        List<String> impairments =
                impair(way, "drop=2,3,40,59", "delay=15", "duplicate=5,50", "reorder=8,20,48");
        try (RunningProcess server = serve("stamp");
                RunningProcess relay = relay(server.port(), "stamp", impairments)) {
            EventList events = run("stamp", relay, "-c", "60", "-i", "40ms");
            assertSame(events, relay, "lost=4 late=1 duplicates=2 reordered=3 corrupt=0");
            assertEquals(up, events.total("lost_up"), events::toString);
            assertEquals(down, events.total("lost_down"), events::toString);
            assertEquals(55, events.total("ok"));
            assertTrue(events.total("jitter_up_ns") > 0);
            assertTrue(events.total("jitter_down_ns") > 0);
        }
    }

    private static List<String> impair(String way, String... impairments) {
        return Arrays.stream(impairments).map(impairment -> way + "." + impairment).toList();
    }

    /** Random impairments in both directions, and what they lead to. */
    private static final class Impairments {
        private static final List<String> NAMES =
                List.of("drop", "duplicate", "reorder", "corrupt", "delay");

        private final Map<String, List<String>> sequences = new TreeMap<>();

        Impairments(long seed) {
            Random random = new Random(seed);
            // Apart from each other, so that a reordered datagram changes places with a plain one.
            for (int at = 5; at < CHANGED - 10; at += 4 + random.nextInt(6)) {
                int names = at <= LAST_DELAYED ? NAMES.size() : NAMES.size() - 1;
                String name = NAMES.get(random.nextInt(names));
                String way = random.nextBoolean() ? "up" : "down";
                sequences
                        .computeIfAbsent(way + "." + name, any -> new ArrayList<>())
                        .add(Integer.toString(at));
            }
        }

        List<String> arguments() {
            List<String> arguments = new ArrayList<>();
            sequences.forEach((name, at) -> arguments.add(name + "=" + String.join(",", at)));
            return arguments;
        }

        long count(String name) {
            return sequences.getOrDefault(name, List.of()).size();
        }

        long both(String name) {
            return count("up." + name) + count("down." + name);
        }
    }

    /**
     * A restart hides the direction of losses, but not the losses. A clock that is set is neither
     * jitter nor loss.
     */
    @ParameterizedTest
    @CsvSource({
        "echo, 1,",
        "echo, 2,",
        "stamp, 3,",
        "stamp, 4,",
        "stamp, 5, restart",
        "stamp, 6, step"
    })
    void countersMatchRandomImpairmentsInBothDirections(String service, long seed, String change)
            throws IOException {
        Impairments random = new Impairments(seed);
        List<String> arguments = new ArrayList<>(random.arguments());
        if (change != null) {
            arguments.add(change + "=" + CHANGED);
        }
        try (RunningProcess server = serve(service);
                RunningProcess relay = relay(server.port(), service, arguments)) {
            EventList events = run(service, relay, "-c", "" + EXCHANGES, "--rate", "200");
            long lost = random.both("drop");
            long late = random.both("delay");
            long corrupt = random.both("corrupt");
            String figures =
                    "lost=%d late=%d duplicates=%d reordered=%d corrupt=%d"
                            .formatted(
                                    lost,
                                    late,
                                    random.both("duplicate"),
                                    random.both("reorder"),
                                    corrupt);
            assertSame(events, relay, figures);
            assertEquals(EXCHANGES, events.total("sent"));
            assertEquals(EXCHANGES - lost, events.total("received"));
            assertEquals(EXCHANGES - lost - late - corrupt, events.total("ok"));
            assertEquals(lost + late, events.summary().at("/errors/timeout").asLong());
            assertEquals(corrupt, events.summary().at("/errors/corrupt").asLong());
            if (service.equals("stamp")) {
                assertDirections(events, random, change);
            }
        }
    }

    private static void assertDirections(EventList events, Impairments random, String change) {
        assertEquals("step".equals(change) ? 1 : 0, events.total("clock_steps"), events::toString);
        // An hour is not jitter.
        assertTrue(events.total("jitter_up_ns") < 1_000_000_000, events::toString);
        assertTrue(events.total("jitter_down_ns") < 1_000_000_000, events::toString);
        if ("restart".equals(change)) {
            assertTrue(events.summary().get("lost_up").isNull(), events::toString);
            assertTrue(events.summary().get("lost_down").isNull(), events::toString);
        } else {
            assertEquals(random.count("up.drop"), events.total("lost_up"), events::toString);
            assertEquals(random.count("down.drop"), events.total("lost_down"), events::toString);
        }
    }
}
