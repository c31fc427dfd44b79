package net.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Optional;

class MessageTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024})
    void holdsUpTo1024Bytes(int size) {
        byte[] bytes = counted(size);
        Message message = Message.of(bytes);
        assertEquals(size, message.size());
        assertArrayEquals(bytes, message.bytes());
    }

    @Test
    void rejects1025Bytes() {
        Exception thrown =
                assertThrows(IllegalArgumentException.class, () -> Message.of(new byte[1024 + 1]));
        assertEquals("message must be at most 1024 bytes: 1025", thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {1023, 1024})
    void copiesPartOfLargerArray(int length) {
        byte[] array = counted(3000);
        Message message = Message.of(array, 7, length);
        assertEquals(length, message.size());
        assertEquals(array[7], message.bytes()[0]);
        assertEquals(array[7 + length - 1], message.bytes()[length - 1]);
    }

    @Test
    void acceptsEmptyPartAtTheEnd() {
        assertEquals(0, Message.of(new byte[3], 3, 0).size());
    }

    @Test
    void rejectsPartOf1025Bytes() {
        Exception thrown =
                assertThrows(
                        IllegalArgumentException.class, () -> Message.of(new byte[3000], 7, 1025));
        assertEquals("message must be at most 1024 bytes: 1025", thrown.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, -1", "0, 4", "3, 1", "4, 0", "2147483647, 1", "1, 2147483647"})
    void rejectsPartOutsideArray(int offset, int length) {
        Exception thrown =
                assertThrows(
                        IndexOutOfBoundsException.class,
                        () -> Message.of(new byte[3], offset, length));
        assertEquals(
                "Range [%1$d, %1$d + %2$d) out of bounds for length 3".formatted(offset, length),
                thrown.getMessage());
    }

    @Test
    void copiesSource() {
        byte[] source = {1, 2, 3};
        Message whole = Message.of(source);
        Message part = Message.of(source, 1, 2);
        source[1] = 9;
        assertArrayEquals(new byte[] {1, 2, 3}, whole.bytes());
        assertArrayEquals(new byte[] {2, 3}, part.bytes());
    }

    @Test
    void returnsCopyOfBytes() {
        Message message = Message.of(new byte[] {1, 2, 3});
        message.bytes()[0] = 9;
        assertArrayEquals(new byte[] {1, 2, 3}, message.bytes());
    }

    @Test
    void bufferIsReadOnlyWithOwnPosition() {
        Message message = Message.of(new byte[] {1, 2, 3});
        ByteBuffer first = message.buffer();
        assertTrue(first.isReadOnly());
        assertFalse(first.hasArray());
        assertThrows(ReadOnlyBufferException.class, () -> first.put(0, (byte) 9));
        first.get();
        assertEquals(2, first.remaining());
        ByteBuffer second = message.buffer();
        assertEquals(3, second.remaining());
        assertEquals(1, second.get());
    }

    @Test
    void textIsEncodedInUtf8() {
        byte[] expected = HexFormat.of().parseHex("c3a9e282acf09f9880");
        assertArrayEquals(expected, Message.of("\u00e9\u20ac\ud83d\ude00").bytes());
    }

    @Test
    void textLimitCountsBytesNotCharacters() {
        assertEquals(1024, Message.of("\u00e9".repeat(512)).size());
        Exception thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Message.of("\u00e9".repeat(512) + "a"));
        assertEquals("message must be at most 1024 bytes: 1025", thrown.getMessage());
    }

    @Test
    void rejectsLoneSurrogates() {
        for (String text : new String[] {"\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d"}) {
            Exception thrown = assertThrows(IllegalArgumentException.class, () -> Message.of(text));
            assertEquals("message must be text that UTF-8 can express", thrown.getMessage());
            assertInstanceOf(CharacterCodingException.class, thrown.getCause());
        }
    }

    /** The limits of each length are those of RFC 3629, section 4. */
    @ParameterizedTest
    @CsvSource({
        "'',       ''",
        "00,       0000",
        "68690a,   0068 0069 000a",
        "7f,       007f",
        "c280,     0080",
        "dfbf,     07ff",
        "e0a080,   0800",
        "ed9fbf,   d7ff",
        "ee8080,   e000",
        "efbbbf,   feff",
        "efbfbf,   ffff",
        "f0908080, d800 dc00",
        "f48fbfbf, dbff dfff"
    })
    void validUtf8IsText(String bytes, String utf16) {
        StringBuilder expected = new StringBuilder();
        for (String unit : utf16.isEmpty() ? new String[0] : utf16.split(" ")) {
            expected.append((char) Integer.parseInt(unit, 16));
        }
        assertEquals(Optional.of(expected.toString()), ofHex(bytes).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", // a continuation alone
                "ff",
                "c3", // cut short
                "e282",
                "f09f98",
                "61c3", // cut short after a letter
                "c328", // no continuation
                "c080", // overlong
                "c1bf",
                "e080af",
                "e09fbf",
                "f08080af",
                "f08fbfbf",
                "eda080", // surrogates
                "edafbf",
                "edb080",
                "edbfbf",
                "eda0bdedb880", // a surrogate pair
                "f4908080", // above U+10FFFF
                "f5808080",
                "f888808080"
            })
    void invalidUtf8IsNoText(String bytes) {
        assertEquals(Optional.empty(), ofHex(bytes).text());
    }

    @Test
    void messagesWithEqualBytesAreEqual() {
        Message message = Message.of("hello sever!");
        Message same = Message.of("..hello sever!".getBytes(), 2, 12);
        assertNotSame(message, same);
        assertEquals(message, same);
        assertEquals(message.hashCode(), same.hashCode());
        assertNotEquals(message, Message.of("hello server!"));
        assertNotEquals(message, Message.of("hello sever?"));
        assertNotEquals(Message.of(""), Message.of(new byte[1]));
        assertFalse(message.equals((Object) "hello sever!"));
        assertFalse(message.equals(null));
    }

    @Test
    void invalidTextsWithDifferentBytesAreNotEqual() {
        assertNotEquals(ofHex("ff"), ofHex("fe"));
    }

    @Test
    void toStringHasSizeWithoutContent() {
        assertEquals("Message[12 bytes]", Message.of("hello sever!").toString());
        assertEquals("Message[0 bytes]", Message.of("").toString());
        assertEquals("Message[4 bytes]", Message.of("\u001b[2J").toString());
    }

    private static Message ofHex(String bytes) {
        return Message.of(HexFormat.of().parseHex(bytes));
    }

    private static byte[] counted(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + 1);
        }
        return bytes;
    }
}
