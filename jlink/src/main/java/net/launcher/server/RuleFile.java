package net.launcher.server;

import net.launcher.command.InputFile;
import net.launcher.command.Parser;

import java.io.File;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A cursor over the entries of a file of access rules. The file is UTF-8. Entries are separated by
 * any number of blanks, tabs, commas and line ends (LF or CRLF); {@code #} starts a comment. Errors
 * are {@link IllegalArgumentException}s.
 */
final class RuleFile {
    /** Maximum file size: enough for half a million blocks with comments. */
    static final int MAX_BYTES = 16 << 20;

    /** Time limit for reading, for example from a pipe without a writer. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final String name;
    private final byte[] bytes;
    private int nextLine;
    private int lineNumber;
    private String line = "";
    private int start;
    private int end;

    RuleFile(String option, String path, byte[] bytes) {
        this.name = option + ": " + path;
        this.bytes = bytes;
    }

    /** Reads a file or a pipe given with an option. */
    static RuleFile read(String option, String path, Duration timeout)
            throws InterruptedIOException {
        byte[] bytes = InputFile.read(option, path, MAX_BYTES, timeout);
        if (bytes.length == 0 && !new File(path).isFile()) {
            // A pipe read before, or whose writer failed, is not an intended empty list.
            throw new IllegalArgumentException(
                    Parser.shown(option + ": read " + path + " failed: no data"));
        }
        return new RuleFile(option, path, bytes);
    }

    /** Moves to the next entry; returns false if there is none. */
    boolean next() {
        start = end;
        while (!skipSeparators()) {
            if (!nextLine()) {
                end = start;
                return false;
            }
        }
        end = start;
        while (end < line.length() && !isSeparator(line.charAt(end)) && line.charAt(end) != '#') {
            end++;
        }
        return true;
    }

    /** Skips separators; returns false at the end of the line or at a comment. */
    private boolean skipSeparators() {
        while (start < line.length() && isSeparator(line.charAt(start))) {
            start++;
        }
        return start < line.length() && line.charAt(start) != '#';
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '\t' || c == ',';
    }

    private boolean nextLine() {
        if (nextLine == bytes.length) {
            return false;
        }
        int lineEnd = nextLine;
        while (lineEnd < bytes.length && bytes[lineEnd] != '\n') {
            lineEnd++;
        }
        boolean hasReturn = lineEnd > nextLine && bytes[lineEnd - 1] == '\r';
        int length = lineEnd - nextLine - (hasReturn ? 1 : 0);
        lineNumber++;
        line = decoded(ByteBuffer.wrap(bytes, nextLine, length));
        if (lineNumber == 1 && line.startsWith(BYTE_ORDER_MARK)) {
            line = line.substring(BYTE_ORDER_MARK.length());
        }
        start = 0;
        nextLine = Math.min(lineEnd + 1, bytes.length);
        return true;
    }

    private String decoded(ByteBuffer line) {
        try {
            return decoder.decode(line).toString();
        } catch (CharacterCodingException e) {
            String place = name + ":" + lineNumber;
            throw new IllegalArgumentException(
                    Parser.shown(place + ": line must be valid UTF-8"), e);
        }
    }

    String entry() {
        return line.substring(start, end);
    }

    /** Returns the place of the entry: option, file, line and column (from 1). */
    String place() {
        // Everything before it on its line is ASCII.
        return name + ":" + lineNumber + ":" + (start + 1);
    }
}
