package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import net.launcher.UnsafeCharacters;
import net.protocol.Message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Escaping of untrusted text for a terminal. */
class EscapesTest {
    @Test
    void escapesControlCharactersWithTwoHexDigits() {
        for (int c = 0; c < ' '; c++) {
            assertEquals("a\\x%02Xb".formatted(c), Escapes.text("a" + (char) c + "b"));
        }
        assertEquals("a\\x7Fb", Escapes.text("a\u007fb"));
    }

    @Test
    void escapesTheBackslash() {
        assertEquals("\\x5C", Escapes.text("\\"));
        assertEquals("\\x5Cx41", Escapes.text("\\x41"));
        assertEquals("\\x5Cu{202E}", Escapes.text("\\u{202E}"));
        assertNotEquals(Escapes.text("\\x1B"), Escapes.text("\u001b"));
        assertNotEquals(Escapes.text("\\u{85}"), Escapes.text("\u0085"));
        assertNotEquals(
                Escapes.text(Message.of("\\xFF")),
                Escapes.text(Message.of(new byte[] {(byte) 0xFF})));
    }

    @Test
    void escapesNonAsciiControlsAsCodePoints() {
        for (int c : UnsafeCharacters.beyondAscii()) {
            String expected = "a\\u{%X}b".formatted(c);
            String text = "a" + (char) c + "b";
            assertEquals(expected, Escapes.text(text));
            assertEquals(expected, Escapes.text(Message.of(text)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "85, \\u{85}",
        "61C, \\u{61C}",
        "200F, \\u{200F}",
        "2028, \\u{2028}",
        "202E, \\u{202E}",
        "2066, \\u{2066}"
    })
    void codePointsHaveNoLeadingZeros(String codePoint, String expected) {
        assertEquals(expected, Escapes.text(Character.toString(Integer.parseInt(codePoint, 16))));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                ' ', '!', '[', ']', '~', 0xA0, 0x61B, 0x61D, 0x200D, 0x2010, 0x2027, 0x202F, 0x2065,
                0x206A, 0xD7FF, 0xE000, 0xFEFF, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF
            })
    void keepsNeighboursOfUnsafeCharacters(int c) {
        String text = "a" + Character.toString(c) + "b";
        assertEquals(text, Escapes.text(text));
        assertEquals(text, Escapes.text(Message.of(text)));
    }

    @Test
    void escapesLineEnds() {
        String text = "a\nb\rc\r\nd\u000be\ff\u0085g\u2028h\u2029i";
        assertEquals(
                "a\\x0Ab\\x0Dc\\x0D\\x0Ad\\x0Be\\x0Cf\\u{85}g\\u{2028}h\\u{2029}i",
                Escapes.text(text));
    }

    @Test
    void keepsTheEmptyText() {
        assertEquals("", Escapes.text(""));
        assertEquals("", Escapes.text(Message.of("")));
    }
}
