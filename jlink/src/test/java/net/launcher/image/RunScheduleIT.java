package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Number and schedule of exchanges, as set by options. */
class RunScheduleIT {
    private static final long MILLI = 1_000_000;

    private static <T> Set<T> distinct(EventList events, Function<JsonNode, T> member) {
        return events.named("reply").stream().map(member).collect(Collectors.toSet());
    }

    private static void assertNumbered(EventList events, int count) {
        List<Long> numbers =
                events.named("reply").stream()
                        .map(reply -> reply.get("number").asLong())
                        .sorted()
                        .toList();
        assertEquals(LongStream.rangeClosed(1, count).boxed().toList(), numbers);
    }

    @ParameterizedTest
    @CsvSource({"tcp, -c 10 -P 4, 10, 4", "udp, -c 10 -P 4, 10, 4", "tcp, -P 3, 3, 3"})
    void countAppliesToAllConnectionsTogether(
            String transport, String options, int count, int connections) {
        try (ServerUnderTest target = ServerUnderTest.of(transport, "echo")) {
            EventList events = target.events(options.split(" "));
            assertEquals(count, events.total("ok"));
            assertNumbered(events, count);
            assertEquals(
                    connections, distinct(events, reply -> reply.get("local").asText()).size());
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp, 12", "udp, 28"})
    void warmUpIsNotMeasured(String transport, int bytes) {
        try (ServerUnderTest target = ServerUnderTest.of(transport, "echo")) {
            EventList events = target.events("-c", "7", "--warmup", "5");
            assertEquals(7, events.total("ok"));
            assertEquals(5, events.total("warmup"));
            assertEquals(7 * bytes, events.total("bytes_sent"));
            assertEquals(7 * bytes, events.total("bytes_received"));
            assertNumbered(events, 7);
            target.server().awaitTotals(" " + 12 * bytes + " B received, ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void durationEndsAClosedLoop(String transport) {
        try (ServerUnderTest target = ServerUnderTest.of(transport, "echo")) {
            EventList events = target.events("-t", "400ms", "--rate", "max");
            JsonNode start = events.all().getFirst();
            assertTrue(start.get("count").isNull() && start.get("rate").isNull());
            assertEquals(400 * MILLI, start.get("duration_ns").asLong());
            assertEquals("closed", start.get("loop").asText());
            assertTrue(events.total("ok") > 1, events::toString);
            assertTrue(events.total("duration_ns") > 200 * MILLI, events::toString);
        }
    }

    /** Expects a run as long as its schedule, except for the greatest lateness. */
    private static void assertLasts(int millis, EventList events) {
        long late = events.summary().get("lateness_ns").get("max").asLong();
        assertTrue(events.total("duration_ns") + late >= millis * MILLI, events::toString);
    }

    /** Ten ticks of two sockets, slow enough for a busy machine; the last is due at its time. */
    @ParameterizedTest
    @CsvSource({
        "-i 50ms -P 2 -t 500ms, 20, 475",
        "-i 50ms -c 3, 3, 100",
        "--rate 200 -P 4 -t 500ms, 100, 495"
    })
    void udpKeepsTheSchedule(String options, int count, int millis) {
        try (ServerUnderTest target = ServerUnderTest.of("udp", "echo")) {
            EventList events = target.events(options.split(" "));
            assertEquals("open", events.all().getFirst().get("loop").asText());
            assertEquals(count, events.total("ok") + events.total("skipped"));
            assertLasts(millis, events);
            events.named("reply").forEach(reply -> assertTrue(reply.has("raw_time_ns")));
            assertTrue(events.summary().has("raw_time_ns"));
        }
    }

    @ParameterizedTest
    @CsvSource({"--rate 200 -P 4 -t 500ms, 100, 495", "--rate 50 -c 10, 10, 180"})
    void tcpKeepsTheRate(String options, int count, int millis) {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            EventList events = target.events(options.split(" "));
            assertEquals("open", events.all().getFirst().get("loop").asText());
            assertEquals(count, events.total("ok") + events.total("skipped"));
            assertLasts(millis, events);
        }
    }

    /** Over TCP an exchange waits for the previous one, and missed ticks are dropped. */
    @ParameterizedTest
    @CsvSource({"-i 50ms -P 2 -t 500ms, 2, 20", "-i 50ms -c 4, 4, 4"})
    void intervalOfTcpIsAClosedLoop(String options, int min, int max) {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            EventList events = target.events(options.split(" "));
            assertEquals("closed", events.all().getFirst().get("loop").asText());
            assertTrue(events.total("ok") >= min && events.total("ok") <= max, events::toString);
            assertTrue(events.total("duration_ns") > 100 * MILLI, events::toString);
            assertFalse(events.summary().has("raw_time_ns"));
        }
    }

    /** Few exchanges, or a low rate. */
    @ParameterizedTest
    @CsvSource({
        "-c 100, 100",
        "-c 101, 0",
        "-c 101 --rate 100, 101",
        "-c 101 --rate 101, 0",
        "-c 101 -i 10ms, 101",
        "-c 101 -i 9ms, 0"
    })
    void repliesAreWrittenOnlyForFewOrSlowExchanges(String options, int replies) {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            EventList events = target.events(options.split(" "));
            assertEquals(replies, events.named("reply").size());
        }
    }
}
