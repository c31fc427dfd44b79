package net.server.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.protocol.Message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Splitting of a stream into messages: lines of at most 1024 bytes. */
class LineSplitterTest {
    private static final String FULL = "x".repeat(1024);

    @Test
    void lineFeedEndsALine() throws Exception {
        assertSplit(List.of("one", "two"), "one\ntwo\n");
    }

    @Test
    void carriageReturnAndLineFeedEndALine() throws Exception {
        assertSplit(List.of("one", "two"), "one\r\ntwo\r\n");
    }

    @Test
    void endOfStreamEndsTheLastLine() throws Exception {
        assertSplit(List.of("one", "two"), "one\ntwo");
    }

    @Test
    void noMessageAfterTheLastLineEnd() throws Exception {
        assertSplit(List.of(), "");
        assertSplit(List.of("one"), "one\n");
    }

    @Test
    void emptyLineIsAnEmptyMessage() throws Exception {
        assertSplit(List.of(""), "\n");
        assertSplit(List.of("", "", "one", ""), "\n\r\none\n\n");
    }

    @Test
    void carriageReturnWithoutLineFeedIsData() throws Exception {
        assertSplit(List.of("one\rtwo"), "one\rtwo\n");
        assertSplit(List.of("\rone"), "\rone\n");
        assertSplit(List.of("one\r"), "one\r");
        assertSplit(List.of("\r"), "\r");
        assertSplit(List.of("one\r"), "one\r\r\n");
        assertSplit(List.of("", "\r"), "\n\r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", ""})
    void lineOf1023BytesIsOneMessage(String end) throws Exception {
        assertSplit(List.of("x".repeat(1023)), "x".repeat(1023) + end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", ""})
    void lineOf1024BytesIsOneMessage(String end) throws Exception {
        assertSplit(List.of(FULL), FULL + end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", ""})
    void lineOf1025BytesIsTwoMessages(String end) throws Exception {
        assertSplit(List.of(FULL, "x"), FULL + "x" + end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", ""})
    void lineOfManyTimes1024BytesIsAsManyMessages(String end) throws Exception {
        assertSplit(List.of(FULL, FULL, FULL), FULL + FULL + FULL + end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void secondLineEndAfterAFullMessageIsAnEmptyLine(String end) throws Exception {
        assertSplit(List.of(FULL, "", "one"), FULL + end + end + "one");
    }

    @Test
    void carriageReturnAroundTheLimitIsKeptUnlessALineFeedFollows() throws Exception {
        String almost = "x".repeat(1023);
        assertSplit(List.of(almost + "\r", "y"), almost + "\ry\n");
        assertSplit(List.of(almost + "\r"), almost + "\r");
        assertSplit(List.of(almost + "\r"), almost + "\r\r\n");
        assertSplit(List.of(FULL, "\ry"), FULL + "\ry\n");
        assertSplit(List.of(FULL, "\r"), FULL + "\r");
        assertSplit(List.of(FULL, "\r"), FULL + "\r\r\n");
    }

    @ParameterizedTest
    @CsvSource({"0x00", "0x0B", "0x0C", "0x80", "0x85", "0xFF"})
    void noOtherByteEndsALine(String other) throws Exception {
        String character = String.valueOf((char) (int) Integer.decode(other));
        assertSplit(List.of("a" + character + "b"), "a" + character + "b\n");
    }

    @Test
    void anySegmentationGivesTheSameMessages() throws Exception {
        String stream = "one\r\n\ntwo\rthree\r\r\n" + FULL + "\r\n" + FULL + "\r\r" + FULL + "\n\r";
        List<String> whole = split(stream);
        assertEquals(
                List.of(
                        "one",
                        "",
                        "two\rthree\r",
                        FULL,
                        FULL,
                        "\r\r" + FULL.substring(2),
                        "xx",
                        "\r"),
                whole);
        for (int i = 0; i <= stream.length(); i++) {
            assertEquals(
                    whole, split(stream.substring(0, i), stream.substring(i)), "split at " + i);
        }
        assertEquals(whole, split(stream.split("")), "byte by byte");
    }

    @Test
    void anyThreeSegmentsGiveTheSameMessages() throws Exception {
        String stream = "a\r\nb\rc\n\r\r\n\n\rd";
        List<String> whole = List.of("a", "b\rc", "\r", "", "\rd");
        for (int i = 0; i <= stream.length(); i++) {
            for (int j = i; j <= stream.length(); j++) {
                assertEquals(
                        whole,
                        split(stream.substring(0, i), stream.substring(i, j), stream.substring(j)));
            }
        }
    }

    @Test
    void shortStreamsAgreeWithTheModel() throws Exception {
        Random random = new Random(862);
        for (int i = 0; i < 400_000; i++) {
            String stream = stream(random, random.nextInt(12), "\n\r\rab");
            int split = random.nextInt(stream.length() + 1);
            assertEquals(
                    LineModel.split(stream),
                    split(stream.substring(0, split), stream.substring(split)));
        }
    }

    @Test
    void longStreamsAgreeWithTheModel() throws Exception {
        Random random = new Random(863);
        for (int i = 0; i < 4_000; i++) {
            StringBuilder stream = new StringBuilder();
            while (stream.length() < 4_000) {
                stream.append("x".repeat(1020 * random.nextInt(3) + random.nextInt(8)));
                stream.append(stream(random, random.nextInt(5), "\n\r\rab"));
            }
            int split = random.nextInt(stream.length() + 1);
            List<String> messages = split(stream.substring(0, split), stream.substring(split));
            assertEquals(LineModel.split(stream.toString()), messages);
            assertConserved(stream.toString(), messages);
        }
    }

    /** Only line ends are missing from the messages. */
    private static void assertConserved(String stream, List<String> messages) {
        String kept = String.join("", messages);
        assertEquals(
                stream.replace("\n", "").replace("\r", ""),
                kept.replace("\r", ""),
                "all but line ends");
        for (String message : messages) {
            assertEquals(-1, message.indexOf('\n'));
        }
    }

    private static String stream(Random random, int length, String alphabet) {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < length; i++) {
            stream.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return stream.toString();
    }

    private static void assertSplit(List<String> expected, String stream) throws IOException {
        assertEquals(expected, split(stream));
    }

    /** Returns the messages of a stream received in segments. */
    private static List<String> split(String... pieces) throws IOException {
        List<String> messages = new ArrayList<>();
        LineSplitter lines =
                new LineSplitter(
                        (message, received) -> {
                            assertEquals(message.size(), received);
                            messages.add(text(message));
                        });
        for (String piece : pieces) {
            lines.onBytes(ByteBuffer.wrap(piece.getBytes(StandardCharsets.ISO_8859_1)));
        }
        lines.onEnd();
        return messages;
    }

    private static String text(Message message) {
        return new String(message.bytes(), StandardCharsets.ISO_8859_1);
    }
}
