package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import net.launcher.Events;
import net.launcher.UnsafeCharacters;
import net.protocol.Message;
import net.protocol.Protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Events as JSON objects, one per line. */
class JsonLineTest {
    private static JsonNode message(byte[] bytes) throws IOException {
        String line = JsonLine.event("message").message(Message.of(bytes)).end();
        UnsafeCharacters.assertNone(line);
        return Events.parseLine(line);
    }

    @Test
    void fieldsKeepTheirOrderAfterTheEvent() throws IOException {
        assertEquals(
                "{\"event\":\"summary\",\"z\":\"text\",\"a\":-1,\"m\":true}",
                JsonLine.event("summary").field("z", "text").field("a", -1).field("m", true).end());
        assertEquals("{\"event\":\"any\"}", JsonLine.event("any").end());
    }

    @Test
    void missingNumberIsNull() throws IOException {
        assertEquals(
                "{\"event\":\"any\",\"p90\":null,\"p50\":0,\"max\":9223372036854775807}",
                JsonLine.event("any")
                        .field("p90", Optional.empty())
                        .field("p50", Optional.of(0L))
                        .field("max", Optional.of(Long.MAX_VALUE))
                        .end());
    }

    @Test
    void fieldsMayFollowNestedObjects() throws IOException {
        assertEquals(
                "{\"event\":\"any\",\"time_ns\":{\"min\":1,\"inner\":{}},\"ok\":1}",
                JsonLine.event("any")
                        .beginObject("time_ns")
                        .field("min", 1)
                        .beginObject("inner")
                        .endObject()
                        .endObject()
                        .field("ok", 1)
                        .end());
    }

    @Test
    void sortsNumbersByName() throws IOException {
        assertEquals(
                "{\"event\":\"any\",\"errors\":{\"accept\":2,\"reset\":1,\"timeout\":3},"
                        + "\"refused\":{}}",
                JsonLine.event("any")
                        .object("errors", Map.of("timeout", 3L, "accept", 2L, "reset", 1L))
                        .object("refused", Map.of())
                        .end());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2026-01-31T12:00:00.000000Z",
        "1, 2026-01-31T12:00:00.000000Z",
        "999, 2026-01-31T12:00:00.000000Z",
        "1000, 2026-01-31T12:00:00.000001Z",
        "100000000, 2026-01-31T12:00:00.100000Z",
        "123456789, 2026-01-31T12:00:00.123456Z",
        "999999999, 2026-01-31T12:00:00.999999Z"
    })
    void timeIsUtcWithMicroseconds(int nanos, String expected) throws IOException {
        Instant time = Instant.parse("2026-01-31T12:00:00Z").plusNanos(nanos);
        assertEquals(
                "{\"event\":\"any\",\"time\":\"" + expected + "\"}",
                JsonLine.event("any").field("time", time).end());
    }

    @Test
    void writesLengthAndTextOfAMessage() throws IOException {
        assertEquals(
                "{\"event\":\"message\",\"bytes\":11,\"text\":\"grüße ☃\"}",
                JsonLine.event("message").message(Message.of("grüße ☃")).end());
        assertEquals(
                "{\"event\":\"message\",\"bytes\":0,\"text\":\"\"}",
                JsonLine.event("message").message(Message.of("")).end());
    }

    @ParameterizedTest
    @ValueSource(strings = {"FF", "61C080", "EDA080", "E282", "68656C6C6FF5808080"})
    void writesInvalidUtf8InBase64(String hex) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        JsonNode event = message(bytes);
        assertEquals(bytes.length, event.get("bytes").asInt());
        assertEquals(Base64.getEncoder().encodeToString(bytes), event.get("base64").asText());
        assertFalse(event.has("text"));
    }

    @Test
    void parsersRestoreAFullMessageOfControlCharacters() throws IOException {
        for (char c = 0; c <= 0x7F; c++) {
            String text = Character.toString(c).repeat(Protocol.MAX_MESSAGE_BYTES);
            JsonNode event = message(Message.of(text).bytes());
            assertEquals(text, event.get("text").asText());
            assertEquals(Protocol.MAX_MESSAGE_BYTES, event.get("bytes").asInt());
        }
    }

    @Test
    void messageCannotForgeAField() throws IOException {
        String forged = "\",\"event\":\"summary\"}\n{\"event\":\"listening\"}";
        String line = JsonLine.event("message").message(Message.of(forged)).end();
        assertEquals(1, line.lines().count());
        JsonNode event = Events.parseLine(line);
        assertEquals("message", event.get("event").asText());
        assertEquals(forged, event.get("text").asText());
        assertTrue(event.get("bytes").isInt());
    }
}
