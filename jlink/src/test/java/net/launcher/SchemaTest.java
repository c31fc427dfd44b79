package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import net.client.connect.ExchangeException.Kind;
import net.protocol.Service;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The schema of events accepts all events, and rejects any others. */
class SchemaTest {
    private static final String TIME = "\"time\":\"2026-01-31T12:00:00.123456Z\"";

    private static final String TIMES =
            "{\"min\":1,\"mean\":2,\"p50\":3,\"p90\":null,\"p99\":null,\"p999\":null,\"max\":4,"
                    + "\"stddev\":5,\"jitter\":6}";

    private static final String COUNTS =
            "\"ok\":1,\"failed\":0,\"loss\":0,\"ok_per_second\":0.5,\"bytes_sent\":3,\"bytes_received\":4,";

    private static final String END =
            "\"duration_ns\":8,\"up_bits_per_second\":null,\"down_bits_per_second\":5,"
                    + "\"time_ns\":"
                    + TIMES
                    + ",\"p99_lateness_ns\":null,\"resolve_ns\":null,\"warmup\":0,\"skipped\":0,\"errors\":{}}";

    /** One event of each kind. */
    static final List<String> EVENTS =
            List.of(
                    "{\"event\":\"listening\",\"transport\":\"udp\",\"local\":\"[::]:8888\","
                            + "\"service\":\"stamp\",\"receive_buffer_bytes\":1,"
                            + "\"send_buffer_bytes\":1,"
                            + TIME
                            + ",\"version\":\"1\"}",
                    "{\"event\":\"message\","
                            + TIME
                            + ",\"transport\":\"tcp\",\"local\":\"127.0.0.1:1\","
                            + "\"peer\":\"[fe80::1%lo]:2\",\"service\":\"greet\",\"bytes\":1,"
                            + "\"text\":\"a\"}",
                    "{\"event\":\"summary\","
                            + TIME
                            + ",\"accepted\":1,\"active\":0,\"messages\":1,\"bytes_received\":1,"
                            + "\"bytes_sent\":1,\"truncated\":0,\"dropped\":0,"
                            + "\"refused\":{\"denied\":1},\"errors\":{},\"uptime_ns\":1,"
                            + "\"services\":{\"echo\":{\"accepted\":1,\"active\":0,"
                            + "\"messages\":1,\"bytes_received\":1,\"bytes_sent\":1,"
                            + "\"truncated\":0,\"dropped\":0,\"refused\":{},\"errors\":{}}}}",
                    "{\"event\":\"start\","
                            + TIME
                            + ",\"transport\":\"tcp\",\"service\":\"echo\",\"target\":\"host:1\","
                            + "\"count\":null,\"duration_ns\":null,\"interval_ns\":null,"
                            + "\"rate\":null,\"bandwidth\":null,\"parallel\":1,"
                            + "\"warmup\":0,\"size\":0,"
                            + "\"bulk\":false,\"bytes\":null,\"loop\":\"closed\","
                            + "\"run\":\"0123456789abcdef\",\"host\":null,\"arguments\":[\"a\"],"
                            + "\"version\":\"1\"}",
                    "{\"event\":\"reply\","
                            + TIME
                            + ",\"transport\":\"tcp\",\"number\":1,\"local\":\"127.0.0.1:1\","
                            + "\"peer\":\"127.0.0.1:2\",\"bytes\":1,\"base64\":\"/w==\","
                            + "\"connect_ns\":1,\"first_byte_ns\":null,\"time_ns\":3}",
                    "{\"event\":\"error\","
                            + TIME
                            + ",\"transport\":\"udp\",\"target\":\"host:1\","
                            + "\"number\":null,\"kind\":\"dns\","
                            + "\"message\":\"no\"}",
                    "{\"event\":\"interval\","
                            + TIME
                            + ",\"transport\":\"udp\","
                            + COUNTS
                            + "\"duration_ns\":8,\"up_bits_per_second\":3,"
                            + "\"down_bits_per_second\":null,\"time_ns\":"
                            + TIMES
                            + "}",
                    "{\"event\":\"summary\"," + TIME + ",\"transport\":\"tcp\"," + COUNTS + END,
                    "{\"event\":\"summary\","
                            + TIME
                            + ",\"transport\":\"udp\","
                            + COUNTS
                            + "\"sent\":1,\"received\":null,\"lost\":null,\"dropped_here\":null,\"late\":null,"
                            + "\"duplicates\":null,\"reordered\":null,\"corrupt\":null,"
                            + END,
                    "{\"event\":\"check\","
                            + TIME
                            + ",\"name\":\"a\",\"result\":\"ok\",\"time_ns\":1}",
                    "{\"event\":\"summary\","
                            + TIME
                            + ",\"ok\":1,\"failed\":0,\"skipped\":0,\"duration_ns\":1}");

    private static List<String> enumeration(String path) throws IOException {
        JsonNode values = new ObjectMapper().readTree(Schema.FILE.toFile()).at(path);
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    @ParameterizedTest
    @FieldSource("EVENTS")
    void acceptsExactlyTheMembersOfAnEvent(String event) throws IOException {
        Schema.validate(event);
        assertFalse(Schema.isValid(event.replaceFirst("}$", ",\"more\":1}")), "a member more");
        Set<String> names = new TreeSet<>();
        JsonNode object = new ObjectMapper().readTree(event);
        object.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            ObjectNode rest = object.deepCopy();
            rest.remove(name);
            assertFalse(Schema.isValid(rest.toString()), "without " + name);
            rest.put(name, -1);
            assertFalse(Schema.isValid(rest.toString()), "with another " + name);
        }
    }

    @ParameterizedTest
    @FieldSource("EVENTS")
    void readersMayMeetUnknownMembers(String event) throws IOException {
        assertTrue(Schema.isReadable(event), event);
        String more = event.replaceFirst("}$", ",\"more\":{\"a\":1}}");
        assertTrue(Schema.isReadable(more), more);
        assertFalse(Schema.isReadable(event.replaceFirst(TIME, "\"time\":1")), event);
    }

    @Test
    void readersMayMeetUnknownEvents() throws IOException {
        assertTrue(Schema.isReadable("{\"event\":\"later\",\"a\":1}"));
        assertFalse(Schema.isReadable("{\"event\":\"start\",\"a\":1}"));
        assertFalse(Schema.isReadable("{\"a\":1}"));
    }

    @Test
    void acceptsTheLoadOfAStart() {
        String load = ",\"load\":{\"service\":\"echo\",\"target\":\"host:1\",\"connections\":2}}";
        Schema.validate(EVENTS.get(3).replaceFirst("}$", load));
        assertFalse(Schema.isValid(EVENTS.get(3).replaceFirst("}$", load.replace("2", "0"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"raw_time_ns\":1",
                ",\"bytes_received\":2",
                ",\"bytes_received\":2,\"raw_time_ns\":1"
            })
    void acceptsOptionalMembersOfAReply(String more) {
        Schema.validate(EVENTS.get(4).replaceFirst("}$", more + "}"));
    }

    @Test
    void requiresEitherTextOrBase64() {
        for (String event : List.of(EVENTS.get(1), EVENTS.get(4))) {
            String both = event.replaceFirst("}$", ",\"text\":\"a\",\"base64\":\"YQ==\"}");
            assertFalse(Schema.isValid(both), both);
        }
        String error = EVENTS.get(5);
        Schema.validate(error.replaceFirst("}$", ",\"bytes\":1,\"text\":\"a\"}"));
        assertFalse(Schema.isValid(error.replaceFirst("}$", ",\"bytes\":1}")));
        assertFalse(Schema.isValid(error.replaceFirst("}$", ",\"text\":\"a\"}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12:00:00.123456Z",
                "2026-01-31T12:00:00Z",
                "2026-01-31T12:00:00.123Z",
                "2026-01-31T12:00:00.123456+01:00"
            })
    void rejectsTimesOtherThanUtcWithMicroseconds(String time) {
        for (String event : EVENTS) {
            String other = event.replaceFirst("2026-01-31T12:00:00.123456Z", time);
            assertFalse(Schema.isValid(other), other);
        }
    }

    @Test
    void requiresAllStampFiguresOrNone() {
        String udp = EVENTS.get(8).replaceFirst("}$", "");
        String all =
                ",\"lost_up\":1,\"lost_down\":null,\"unanswered\":0,\"jitter_up_ns\":1,"
                        + "\"jitter_down_ns\":2,\"clock_steps\":0}";
        Schema.validate(udp + all);
        for (String name :
                List.of(
                        "lost_up",
                        "lost_down",
                        "unanswered",
                        "jitter_up_ns",
                        "jitter_down_ns",
                        "clock_steps")) {
            String without = all.replaceFirst(",\"" + name + "\":[^,}]+", "");
            assertFalse(Schema.isValid(udp + without), without);
        }
        assertFalse(Schema.isValid(EVENTS.get(7).replaceFirst("}$", all)), "over tcp");
    }

    @Test
    void listsTheKindsAndServicesOfTheLibrary() throws IOException {
        assertEquals(
                Arrays.stream(Kind.values()).map(Kind::label).toList(),
                enumeration("/$defs/kind/enum"));
        Set<String> services =
                Arrays.stream(Service.values()).map(Service::label).collect(Collectors.toSet());
        assertEquals(services, Set.copyOf(enumeration("/$defs/start/properties/service/enum")));
        services.remove(Service.CONNECT.label());
        assertEquals(services, Set.copyOf(enumeration("/$defs/service/enum")));
    }

    @Test
    void validateNamesTheProblem() {
        String event = EVENTS.get(3).replace("\"parallel\":1", "\"parallel\":0");
        String printed = "";
        try {
            Schema.validate(event);
        } catch (AssertionError e) {
            printed = e.getMessage();
        }
        assertTrue(printed.contains("/start/properties/parallel: 0 is less than 1"), printed);
        assertFalse(printed.contains("/listening/"), printed);
    }
}
