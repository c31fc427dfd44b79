package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;

import net.launcher.Events;
import net.launcher.UnsafeCharacters;
import net.protocol.Message;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/** Random bytes as text and as JSON. */
class EscapesFuzzTest {
    private static final int TEXTS = 150_000;
    private static final int LINES = 60_000;

    /** Returns random bytes, text with some bytes changed, or plain text. */
    private static Message message(Random random) {
        byte[] bytes = new byte[random.nextInt(24)];
        random.nextBytes(bytes);
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) (' ' + (bytes[i] & 0x7F) % 96);
                }
            }
            default -> {
                String text = UnsafeCharacters.randomText(random, random.nextInt(12));
                bytes = text.getBytes(StandardCharsets.UTF_8);
                if (bytes.length > 0 && random.nextBoolean()) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
        }
        return Message.of(bytes);
    }

    @Test
    void textAndBytesAreEqualAndSafe() {
        Random random = new Random(3);
        for (int i = 0; i < TEXTS; i++) {
            Message message = message(random);
            String text = Escapes.text(message);
            UnsafeCharacters.assertNone(text);
            assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), Escapes.bytes(message), text);
        }
    }

    @Test
    void jsonLineHasTheMessageAndIsSafe() throws IOException {
        Random random = new Random(4);
        for (int i = 0; i < LINES; i++) {
            Message message = message(random);
            String line = JsonLine.event("message").message(message).end();
            UnsafeCharacters.assertNone(line);
            JsonNode event = Events.parseLine(line);
            assertEquals(message.size(), event.get("bytes").asInt(), line);
            byte[] bytes =
                    event.has("text")
                            ? event.get("text").asText().getBytes(StandardCharsets.UTF_8)
                            : Base64.getDecoder().decode(event.get("base64").asText());
            assertArrayEquals(message.bytes(), bytes, line);
        }
    }

    @Test
    void anyStringIsOneSafeLine() throws IOException {
        Random random = new Random(5);
        for (int i = 0; i < LINES; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                // Includes unpaired surrogates.
                text.append((char) (random.nextInt(0x10000) >> random.nextInt(9)));
            }
            UnsafeCharacters.assertNone(Escapes.text(text.toString()));
            String line = JsonLine.event("error").field("message", text.toString()).end();
            UnsafeCharacters.assertNone(line);
            assertEquals(text.toString(), Events.parseLine(line).get("message").asText(), line);
        }
    }
}
