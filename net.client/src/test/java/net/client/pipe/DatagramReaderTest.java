package net.client.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Tests how an input is split into datagrams. */
class DatagramReaderTest {
    private static final int MAX = 5;

    /** Returns a limited number of bytes per read. */
    private record Pieces(ByteBuffer bytes, int size) implements ReadableByteChannel {
        @Override
        public int read(ByteBuffer target) {
            if (!bytes.hasRemaining()) {
                return -1;
            }
            int count = Math.min(size, Math.min(bytes.remaining(), target.remaining()));
            target.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static List<String> cut(String input, int piece, int max, boolean isLines)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(input.getBytes(StandardCharsets.ISO_8859_1));
        DatagramReader datagrams =
                new DatagramReader(new PipeInput(new Pieces(bytes, piece)), max, isLines);
        List<String> all = new ArrayList<>();
        for (ByteBuffer next = datagrams.next(); next != null; next = datagrams.next()) {
            all.add(StandardCharsets.ISO_8859_1.decode(next).toString());
        }
        return all;
    }

    /** N is LF, R is CR, and a vertical bar separates datagrams. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "abN; ab",
                "ab; ab",
                "abRNc; ab|c",
                "aNNb; a||b",
                "NN; |",
                "RN; ''",
                "aRb; aRb",
                "aR; aR",
                "abcdN; abcd",
                "abcdeN; abcde",
                "abcdefN; abcde|f",
                "abcdeRN; abcde",
                "abcdeRNf; abcde|f",
                "abcdefRN; abcde|f",
                "abcdeRf; abcde|Rf",
                "abcdeR; abcde|R",
                "abcde; abcde",
                "abcdef; abcde|f",
                "abcdefghijklN; abcde|fghij|kl",
                "abcdefghijN; abcde|fghij",
                "abcdRN; abcd",
                "abcdRRN; abcdR"
            })
    void linesAreDatagrams(String input, String expected) throws IOException {
        for (int piece = 1; piece <= input.length(); piece++) {
            List<String> all = cut(input.replace('N', '\n').replace('R', '\r'), piece, MAX, true);
            assertEquals(expected, String.join("|", all).replace('\r', 'R'), "by " + piece);
        }
    }

    @Test
    void emptyInputHasNoDatagram() throws IOException {
        assertEquals(List.of(), cut("", 1, MAX, true));
        assertEquals(List.of(), cut("", 1, MAX, false));
    }

    @Test
    void splitsReadsThatExceedDatagrams() throws IOException {
        assertEquals(List.of("a\nb", "cd\n", "e"), cut("a\nbcd\ne", 3, MAX, false));
        assertEquals(List.of("a\nbcd", "e"), cut("a\nbcde", 6, MAX, false));
        assertEquals(List.of("abcde", "f"), cut("abcdef", 6, MAX, false));
        assertEquals(List.of("abcde"), cut("abcde", 5, MAX, false));
    }

    @Test
    void linesOfAnyLengthPassTheBuffer() throws IOException {
        Random random = new Random(8);
        StringBuilder input = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            String line = "x".repeat(random.nextInt(200));
            input.append(line).append(random.nextBoolean() ? "\n" : "\r\n");
            for (int start = 0; start == 0 || start < line.length(); start += 100) {
                expected.add(line.substring(start, Math.min(line.length(), start + 100)));
            }
        }
        assertEquals(expected, cut(input.toString(), Integer.MAX_VALUE, 100, true));
        assertEquals(expected, cut(input.toString(), 7, 100, true));
    }
}
