package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;

import net.launcher.UnsafeCharacters;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Random;

/** JSON text (RFC 8259) without characters that are unsafe on a terminal. */
class EscapesJsonTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "7F, \\u007F",
        "80, \\u0080",
        "9F, \\u009F",
        "61C, \\u061C",
        "200E, \\u200E",
        "2029, \\u2029",
        "202E, \\u202E",
        "2069, \\u2069"
    })
    void escapesWithFourHexDigits(String codePoint, String expected) {
        String hazard = Character.toString(Integer.parseInt(codePoint, 16));
        assertEquals("\"a" + expected + "b\"", Escapes.json("\"a" + hazard + "b\""));
    }

    @Test
    void parsersRestoreEveryUnsafeCharacter() throws IOException {
        for (int c : UnsafeCharacters.beyondAscii()) {
            String json = "\"" + (char) c + "\"";
            UnsafeCharacters.assertNone(Escapes.json(json));
            assertEquals(Character.toString(c), MAPPER.readTree(Escapes.json(json)).asText(), json);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":\"~ \u00a0\u061b\u061d\u200d\u2010\u2027\u202f\u2065\u206a\"}",
                "\"😀\\u202e\\\\\"",
                ""
            })
    void keepsSafeJson(String json) {
        assertEquals(json, Escapes.json(json));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyTextIsRestoredAndSafe(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            String text = UnsafeCharacters.randomText(random, random.nextInt(20));
            String name = UnsafeCharacters.randomText(random, random.nextInt(3));
            String json = JsonLine.event("any").field("name" + name, text).end();
            UnsafeCharacters.assertNone(json);
            assertEquals(
                    text, MAPPER.readTree(json).get("name" + name).asText(), () -> "seed " + seed);
        }
    }
}
