package net.launcher.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** A rule file of {@code --allow}. */
@Timeout(60)
class RuleFileTest {
    private static final int MIB = 1_048_576;
    private static final Duration LONG = Duration.ofSeconds(50);

    @TempDir private Path folder;

    /** Returns each entry, prefixed with its line and column. */
    private static List<String> entries(byte[] bytes) {
        RuleFile file = new RuleFile("--allow", "rules", bytes);
        List<String> entries = new ArrayList<>();
        while (file.next()) {
            String place = file.place();
            assertTrue(place.startsWith("--allow: rules:"), place);
            entries.add(place.substring("--allow: rules:".length()) + " " + file.entry());
        }
        assertFalse(file.next());
        return entries;
    }

    private static List<String> entries(String text) {
        return entries(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(Path path, Duration timeout) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> RuleFile.read("--deny", path.toString(), timeout))
                .getMessage();
    }

    private Path fifo() throws Exception {
        Path fifo = folder.resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        return fifo;
    }

    /** Opens the pipe in another process, since opening blocks until there is a reader. */
    private static Process writer(String command, Path fifo) throws IOException {
        return new ProcessBuilder("sh", "-c", "{ " + command + "; } > \"$0\"", fifo.toString())
                .start();
    }

    @Test
    void splitsAtAnySeparators() {
        assertEquals(
                List.of(
                        "1:1 a", "1:3 b", "1:6 c", "1:8 d", "1:12 e", "2:1 f", "4:2 g", "4:5 h",
                        "5:2 i"),
                entries("a b  c\td, \te\nf\n\n g ,h,\n\ti\n"));
    }

    @Test
    void commentEndsWithItsLine() {
        assertEquals(
                List.of("2:1 a", "3:1 b", "4:3 c", "6:1 d"),
                entries("# x y\na # z, b\nb#z\n\t c#\n #\nd # é 😀 # e"));
    }

    @Test
    void acceptsCrLf() {
        assertEquals(
                List.of("1:1 a", "1:3 b", "3:1 c", "4:1 d"), entries("a b\r\n\r\nc # x\r\nd\r"));
        // Elsewhere a carriage return is part of the entry, and escaped in the error.
        assertEquals(List.of("1:1 a\rb", "2:1 c\r", "2:4 d"), entries("a\rb\nc\r d\r\n"));
    }

    @Test
    void acceptsALastLineWithoutLineEnd() {
        assertEquals(List.of("1:1 a"), entries("a"));
        assertEquals(List.of("1:1 a"), entries("a\n"));
        assertEquals(List.of("1:1 a", "2:1 b"), entries("a\nb"));
        assertEquals(List.of("1:1 a", "2:2 b"), entries("a\n\tb"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "#", "# a", " ", "\t,, ,\n,\n", "\uFEFF", "\uFEFF\n"})
    void fileWithoutEntriesIsAnEmptyList(String text) {
        assertEquals(List.of(), entries(text));
    }

    @Test
    void skipsAByteOrderMark() {
        assertEquals(List.of("1:1 a", "1:3 b", "2:1 \uFEFFc"), entries("\uFEFFa b\n\uFEFFc"));
    }

    @Test
    void columnCountsATabAsOne() {
        assertEquals(List.of("2:3 a", "2:5 b"), entries("# é😀\n\t\ta\tb # é"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u00A0b", "a\fb", "a\u000Bb", "a;b", "a|b", "a\u2028b", "a\u0000b"})
    void keepsOtherCharactersInTheEntry(String text) {
        assertEquals(List.of("1:1 " + text), entries(text));
    }

    @ParameterizedTest
    @CsvSource({"80", "C3", "C328", "C080", "EDA080", "F09F98", "F4908080", "FF", "E9"})
    void reportsTheLineOfInvalidUtf8(String hex) {
        byte[] bad = HexFormat.of().parseHex(hex);
        for (String before : List.of("a\nb # ", "a\r\n", "\n#")) {
            byte[] start = before.getBytes(StandardCharsets.UTF_8);
            byte[] bytes = Arrays.copyOf(start, start.length + bad.length + 2);
            System.arraycopy(bad, 0, bytes, start.length, bad.length);
            bytes[bytes.length - 2] = '\n';
            bytes[bytes.length - 1] = 'c';
            RuleFile file = new RuleFile("--allow", "rules", bytes);
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> all(file));
            assertEquals("--allow: rules:2: line must be valid UTF-8", refusal.getMessage());
        }
    }

    private static void all(RuleFile file) {
        while (file.next()) {
            assertFalse(file.entry().isEmpty());
        }
    }

    @Test
    void entriesEqualASplitOfTheText() {
        Random random = new Random(8);
        String characters = "aab.:/19é😀 \t,#\r\n\n";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            int[] codePoints = characters.codePoints().toArray();
            for (int n = random.nextInt(30); n > 0; n--) {
                text.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
            }
            List<String> expected = new ArrayList<>();
            for (String line : text.toString().split("\n", -1)) {
                String rest = line.replaceFirst("\r$", "").replaceFirst("(?s)#.*", "");
                for (String entry : rest.split("[ \t,]+")) {
                    expected.addAll(entry.isEmpty() ? List.of() : List.of(entry));
                }
            }
            List<String> entries = new ArrayList<>();
            for (String entry : entries(text.toString())) {
                entries.add(entry.substring(entry.indexOf(' ') + 1));
            }
            assertEquals(expected, entries, text::toString);
        }
    }

    @Test
    void readsAFile() throws Exception {
        Path path = Files.writeString(folder.resolve("rules"), "a\nb");
        RuleFile file = RuleFile.read("--deny", path.toString(), LONG);
        assertTrue(file.next());
        assertTrue(file.next());
        assertEquals("b", file.entry());
        assertEquals("--deny: " + path + ":2:1", file.place());
        assertFalse(file.next());
    }

    @Test
    void readsAnEmptyFile() throws Exception {
        Path path = Files.createFile(folder.resolve("rules"));
        assertFalse(RuleFile.read("--deny", path.toString(), LONG).next());
    }

    @Test
    void reportsAMissingFile() {
        for (String name : List.of("missing", "missing/rules", "é (a)")) {
            Path path = folder.resolve(name);
            assertEquals(
                    "--deny: read " + path + " failed: no such file or directory",
                    refusal(path, LONG));
        }
    }

    @Test
    void rejectsAFolder() {
        assertEquals("--deny: read " + folder + " failed: is a directory", refusal(folder, LONG));
    }

    @Test
    void reportsAnUnreadableFile() {
        // Any user may open it, but reading at its first address fails.
        assertEquals(
                "--deny: read /proc/self/mem failed: input/output error",
                refusal(Path.of("/proc/self/mem"), LONG));
    }

    @Test
    void rejectsAFileOneByteTooLarge() throws Exception {
        byte[] bytes = new byte[16 * MIB + 1];
        Arrays.fill(bytes, (byte) '\n');
        Path path = Files.write(folder.resolve("rules"), bytes);
        assertEquals("--deny: file must be at most 16M: " + path, refusal(path, LONG));
        bytes[16 * MIB - 1] = 'a';
        Files.write(path, Arrays.copyOf(bytes, 16 * MIB));
        RuleFile file = RuleFile.read("--deny", path.toString(), LONG);
        assertTrue(file.next());
        assertEquals("--deny: " + path + ":16777216:1", file.place());
        assertFalse(file.next());
    }

    @Test
    void rejectsAnEndlessFile() {
        assertEquals(
                "--deny: file must be at most 16M: /dev/zero", refusal(Path.of("/dev/zero"), LONG));
    }

    @Test
    void readsAPipe() throws Exception {
        Path fifo = fifo();
        Process writer = writer("echo a; echo b", fifo);
        RuleFile file = RuleFile.read("--deny", fifo.toString(), LONG);
        assertTrue(file.next());
        assertTrue(file.next());
        assertEquals("b", file.entry());
        assertEquals(0, writer.waitFor());
    }

    /** Otherwise a failed command, or a pipe that was read before, would deny no one. */
    @Test
    void rejectsAnEmptyPipe() throws Exception {
        Path fifo = fifo();
        Process writer = writer("true", fifo);
        assertEquals("--deny: read " + fifo + " failed: no data", refusal(fifo, LONG));
        assertEquals(0, writer.waitFor());
        assertEquals("--deny: read /dev/null failed: no data", refusal(Path.of("/dev/null"), LONG));
    }

    @Test
    void pipeWithoutAWriterTimesOut() throws Exception {
        Path fifo = fifo();
        String refusal =
                assertTimeout(Duration.ofSeconds(30), () -> refusal(fifo, Duration.ofMillis(20)));
        assertEquals("--deny: read " + fifo + " failed: timed out", refusal);
        // Lets the abandoned read complete.
        Files.newOutputStream(fifo).close();
    }

    @Test
    void interruptEndsTheWaitForAPipe() throws Exception {
        Path fifo = fifo();
        Thread.currentThread().interrupt();
        InterruptedIOException failure =
                assertThrows(
                        InterruptedIOException.class,
                        () -> RuleFile.read("--deny", fifo.toString(), LONG));
        assertEquals("--deny: read " + fifo + " failed: interrupted", failure.getMessage());
        assertTrue(Thread.interrupted());
        Files.newOutputStream(fifo).close();
    }

    @Test
    void cutsALongPathInAnError() {
        String refusal = refusal(folder.resolve("x".repeat(5000)), LONG);
        assertTrue(refusal.startsWith("--deny: read " + folder + "/xxx"), refusal);
        assertEquals(303, refusal.length());
    }
}
