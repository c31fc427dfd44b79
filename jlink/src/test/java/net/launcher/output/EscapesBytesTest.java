package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.launcher.UnsafeCharacters;
import net.protocol.Message;
import net.protocol.Protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Escaping of invalid UTF-8 (RFC 3629). */
class EscapesBytesTest {
    private static final Pattern UNIT =
            Pattern.compile(
                    "\\\\x(?<byte>[0-9A-F]{2})"
                            + "|\\\\u\\{(?<point>[0-9A-F]+)\\}"
                            + "|(?<plain>[^\\\\])");

    private static String escaped(String hex) {
        return Escapes.text(Message.of(HexFormat.of().parseHex(hex)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", // a continuation byte without a start
                "BF",
                "C080", // overlong, section 3
                "C1BF",
                "E08080",
                "E09FBF",
                "F0808080",
                "F08FBFBF",
                "EDA080", // surrogates
                "EDBFBF",
                "F4908080", // above U+10FFFF
                "F5808080",
                "F8888080", // five and six bytes, valid in RFC 2279
                "FC8480808080",
                "FE",
                "FF",
                "C3", // truncated
                "E2",
                "E282",
                "F0",
                "F09F",
                "F09F98"
            })
    void escapesInvalidSequencesAnywhere(String hex) {
        String expected = hex.replaceAll("..", "\\\\x$0");
        assertEquals(expected, escaped(hex));
        assertEquals("a" + expected, escaped("61" + hex));
        assertEquals("ü" + expected + "a☃", escaped("C3BC" + hex + "61" + "E29883"));
        assertEquals(expected + "😀", escaped(hex + "F09F9880"));
        assertEquals(expected + expected, escaped(hex + hex));
    }

    @ParameterizedTest
    @CsvSource({
        "FF0A, \\xFF\\x0A",
        "FFC285, \\xFF\\u{85}",
        "E280AEFF, \\u{202E}\\xFF",
        "5C784646FF, \\x5CxFF\\xFF",
        "E2E280AE, \\xE2\\u{202E}"
    })
    void escapesUnsafeCharactersNextToInvalidBytes(String hex, String expected) {
        assertEquals(expected, escaped(hex));
    }

    @ParameterizedTest
    @CsvSource({"F48FBFBF, 10FFFF", "ED9FBF, D7FF", "EE8080, E000", "F0908080, 10000"})
    void keepsTheLastValidSequences(String hex, String codePoint) {
        String character = Character.toString(Integer.parseInt(codePoint, 16));
        assertEquals(character, escaped(hex));
        assertEquals("\\xFF" + character, escaped("FF" + hex));
    }

    @Test
    void escapesAFullMessageOfInvalidBytes() {
        byte[] bytes = new byte[Protocol.MAX_MESSAGE_BYTES];
        Arrays.fill(bytes, (byte) 0xE2);
        assertEquals("\\xE2".repeat(bytes.length), Escapes.text(Message.of(bytes)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void escapingIsReversibleAndSafe(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = randomBytes(random);
            String escaped = Escapes.text(Message.of(bytes));
            UnsafeCharacters.assertNone(escaped);
            assertArrayEquals(bytes, decoded(escaped), () -> "seed " + seed + ": " + escaped);
        }
    }

    /** Returns text with some bytes changed, or random bytes. */
    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        if (random.nextInt(4) == 0) {
            return bytes;
        }
        bytes =
                UnsafeCharacters.randomText(random, random.nextInt(10))
                        .getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return Arrays.copyOf(bytes, bytes.length - random.nextInt(Math.min(bytes.length, 3) + 1));
    }

    private static byte[] decoded(String escaped) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher unit = UNIT.matcher(escaped);
        int end = 0;
        while (unit.find()) {
            assertEquals(end, unit.start(), escaped);
            end = unit.end();
            if (unit.group("byte") != null) {
                bytes.write(Integer.parseInt(unit.group("byte"), 16));
            } else {
                String point = unit.group("point");
                String text =
                        point == null
                                ? unit.group("plain")
                                : Character.toString(Integer.parseInt(point, 16));
                bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        assertEquals(end, escaped.length(), escaped);
        return bytes.toByteArray();
    }
}
