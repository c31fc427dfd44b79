package net.client.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;

class PayloadTest {
    private static final int MAX = 16_777_216;

    /** A CR is part of a line end only before LF; the last line may have no line end. */
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "n, 0",
        "rn, 0",
        "r, 1",
        "rrn, 1",
        "a, 1",
        "an, 1",
        "arn, 1",
        "ar, 2",
        "nr, 1",
        "arb, 3",
        "arbn, 3",
        "nn, 0",
        "rnrn, 0",
        "anbb, 2",
        "aanb, 2",
        "aanbrn, 2",
        "aarnbbbrnc, 3",
        "anrnbb, 2"
    })
    void longestLineLeavesOutTheEnds(String lines, int longest) {
        Payload payload = Payload.of(lines.replace('r', '\r').replace('n', '\n'));
        assertEquals(longest, payload.longestLine());
    }

    @Test
    void patternIsThePrintableCharactersOverAndOver() {
        ByteBuffer bytes = Payload.pattern(191).buffer();
        assertEquals(191, bytes.remaining());
        assertEquals(' ', bytes.get(0));
        assertEquals('!', bytes.get(1));
        assertEquals('~', bytes.get(94));
        assertEquals(' ', bytes.get(95));
        assertEquals('~', bytes.get(189));
        assertEquals(' ', bytes.get(190));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, MAX - 1, MAX})
    void patternHasTheSizeAskedFor(int size) {
        assertEquals(size, Payload.pattern(size).size());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, MAX + 1})
    void rejectsPatternOutOfRange(int size) {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> Payload.pattern(size));
        assertEquals("size must be from 0 to 16777216: " + size, thrown.getMessage());
    }

    @Test
    void takesBytesUpToTheLimit() {
        assertEquals(MAX, Payload.of(new byte[MAX]).size());
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> Payload.of(new byte[MAX + 1]));
        assertEquals("payload must be at most 16777216 bytes: 16777217", thrown.getMessage());
    }

    @Test
    void keepsItsOwnBytes() {
        byte[] bytes = {1, 2, 3};
        Payload payload = Payload.of(bytes);
        bytes[0] = 9;
        assertEquals(1, payload.buffer().get(0));
        assertTrue(payload.buffer().isReadOnly());
    }

    @Test
    void textIsUtf8() {
        assertEquals(Payload.of(new byte[] {(byte) 0xc3, (byte) 0xa9}), Payload.of("\u00e9"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1023, 1023", "1024, 1024", "1025, 1024"})
    void messageHasWhatItHasRoomFor(int size, int expected) {
        Message message = Payload.pattern(size).message();
        byte[] bytes = new byte[expected];
        Payload.pattern(size).buffer().get(bytes);
        assertArrayEquals(bytes, message.bytes());
    }

    @Test
    void payloadsOfTheSameBytesAreEqual() {
        assertEquals(Payload.of("hello"), Payload.of("hello"));
        assertEquals(Payload.of("hello").hashCode(), Payload.of("hello").hashCode());
        assertNotEquals(Payload.of("hello"), Payload.of("hullo"));
        assertNotEquals(Payload.of("hello"), "hello");
    }

    @Test
    void saysItsLengthAndNotItsContent() {
        assertEquals("Payload[5 bytes]", Payload.of("a\nb\u001bc").toString());
    }
}
