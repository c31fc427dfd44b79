package net.launcher.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** The arguments as the user's bytes, each ended by a zero byte, as in {@code /proc}. */
class ArgumentDecoderTest {
    private static byte[] commandLine(String... arguments) {
        return (String.join("\0", arguments) + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static void assertDecoded(byte[] commandLine, String... expected) {
        assertArrayEquals(expected, ArgumentDecoder.decode(commandLine, expected.length));
    }

    @Test
    void lastArgumentsAreTaken() {
        byte[] commandLine = commandLine("java", "-m", "net.launcher", "a", "bc");
        assertDecoded(commandLine);
        assertDecoded(commandLine, "bc");
        assertDecoded(commandLine, "a", "bc");
        assertDecoded(commandLine, "java", "-m", "net.launcher", "a", "bc");
    }

    @Test
    void argumentsAreUtf8() {
        assertDecoded(commandLine("java", "grüße ☃", "😀"), "grüße ☃", "😀");
        assertDecoded(commandLine("java", "\uFFFD"), "\uFFFD");
    }

    @Test
    void emptyArgumentsKeepTheirPlace() {
        assertDecoded(commandLine("java", "", "a", ""), "", "a", "");
        assertDecoded(commandLine("", "a"), "", "a");
        assertDecoded(commandLine("java", "", ""), "", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FF", "C3", "C080", "EDA080", "F4908080", "61E282"})
    void invalidUtf8IsRefused(String hex) {
        byte[] commandLine = HexFormat.of().parseHex("6A00" + hex + "006200");
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ArgumentDecoder.decode(commandLine, 2));
        assertEquals("arguments must be valid UTF-8", refusal.getMessage());
        assertInstanceOf(CharacterCodingException.class, refusal.getCause());
        assertDecoded(commandLine, "b");
    }

    @Test
    void argumentsWithoutAReplacementAreUntouched() {
        String[] none = {};
        assertSame(none, ArgumentDecoder.decode(none));
        String[] args = {"", "grüße ☃", "?", "\uFFFC\uFFFE"};
        String[] copy = args.clone();
        assertSame(args, ArgumentDecoder.decode(args));
        assertArrayEquals(copy, args);
    }

    @Test
    void replacedArgumentsAreReadFromTheProcess() throws IOException {
        Path ownCommandLine = Path.of("/proc/self/cmdline");
        assumeTrue(Files.isReadable(ownCommandLine), "no /proc on this machine");
        String[] words = Files.readString(ownCommandLine).split("\0", -1);
        // The last word is followed by a zero byte, and so by nothing.
        String[] expected = {words[words.length - 3], words[words.length - 2]};
        assertArrayEquals(expected, ArgumentDecoder.decode("a\uFFFD", "b"));
    }
}
