package net.launcher.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Decodes the arguments from their original bytes. If the C library lacks the locale that the
 * launchers set, the JVM replaces non-ASCII characters before {@code main}.
 */
public final class ArgumentDecoder {
    private static final char REPLACEMENT = '\uFFFD';
    private static final String COMMAND_LINE = "/proc/self/cmdline";

    private ArgumentDecoder() {}

    /**
     * Returns the arguments decoded from UTF-8.
     *
     * @throws IllegalArgumentException if an argument is not valid UTF-8, or its bytes are not
     *     available
     */
    public static String[] decode(String... args) {
        for (String arg : args) {
            if (arg.indexOf(REPLACEMENT) >= 0) {
                return decode(commandLine(), args.length);
            }
        }
        return args;
    }

    private static byte[] commandLine() {
        try {
            return Files.readAllBytes(Path.of(COMMAND_LINE));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "arguments must be ASCII without the locale C.UTF-8 and without /proc", e);
        }
    }

    /** Decodes the last arguments of a command line, in which a zero byte ends each argument. */
    public static String[] decode(byte[] commandLine, int count) {
        String[] args = new String[count];
        int end = commandLine.length - 1;
        for (int i = count - 1; i >= 0; i--) {
            int start = end;
            while (start > 0 && commandLine[start - 1] != 0) {
                start--;
            }
            try {
                ByteBuffer bytes = ByteBuffer.wrap(commandLine, start, end - start);
                args[i] = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("arguments must be valid UTF-8", e);
            }
            end = start - 1;
        }
        return args;
    }
}
