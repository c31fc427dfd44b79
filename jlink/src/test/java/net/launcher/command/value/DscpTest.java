package net.launcher.command.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Locale;

/** Code points of Differentiated Services, as people write them. */
class DscpTest {
    private static void assertRefused(String rule, String text) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Dscp.parse("--dscp", text));
        assertEquals(
                "--dscp must be a number from 0 to 63" + rule + ": " + text, refusal.getMessage());
    }

    /** RFC 2474 (CS), RFC 2597 (AF), RFC 3246 (EF) and RFC 8622 (LE). */
    @ParameterizedTest
    @CsvSource({
        "CS0, 000000",
        "CS1, 001000",
        "CS2, 010000",
        "CS3, 011000",
        "CS4, 100000",
        "CS5, 101000",
        "CS6, 110000",
        "CS7, 111000",
        "AF11, 001010",
        "AF12, 001100",
        "AF13, 001110",
        "AF21, 010010",
        "AF22, 010100",
        "AF23, 010110",
        "AF31, 011010",
        "AF32, 011100",
        "AF33, 011110",
        "AF41, 100010",
        "AF42, 100100",
        "AF43, 100110",
        "EF, 101110",
        "LE, 000001"
    })
    void nameIsThatOfTheRfcs(String name, String bits) {
        int codePoint = Integer.parseInt(bits, 2);
        assertEquals(codePoint, Dscp.parse("--dscp", name));
        assertEquals(codePoint, Dscp.parse("--dscp", name.toLowerCase(Locale.ROOT)));
        assertEquals(codePoint, Dscp.parse("--dscp", mixed(name)));
    }

    private static String mixed(String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    @Test
    void numberIsTheCodePoint() {
        for (int i = 0; i <= 63; i++) {
            assertEquals(i, Dscp.parse("--dscp", Integer.toString(i)));
        }
        assertEquals(8, Dscp.parse("--dscp", "008"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"64", "100", "184", "256", "4294967296", "18446744073709551616"})
    void numberOfMoreThanSixBitsIsRefused(String number) {
        assertRefused("", number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+1",
                "1 ",
                "0x2e",
                "1.0",
                "٣",
                "１",
                "CS",
                "CS8",
                "CS-1",
                "CS01",
                "CS00",
                "CS٣",
                "AF",
                "AF1",
                "AF10",
                "AF14",
                "AF01",
                "AF51",
                "AF111",
                "AF1١",
                "EF1",
                "LE0",
                "BE",
                "\u017F",
                "c\u017F1",
                "e\uFB00",
                "C S1",
                "EF ",
                " EF",
                "cs\u0000",
                "cs/",
                "cs:",
                "af1/",
                "af1:",
                "af0\u0001",
                "af:1",
                "none"
            })
    void anythingElseIsRefused(String text) {
        assertRefused(", or CS0 to CS7, AF11 to AF43, EF or LE", text);
    }
}
