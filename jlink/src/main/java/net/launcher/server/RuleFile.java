package net.launcher.server;

import net.launcher.command.InputFile;
import net.launcher.command.Parser;
import net.launcher.command.TextLines;

import java.io.File;
import java.io.InterruptedIOException;
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

    private final TextLines lines;
    private int start;
    private int end;

    RuleFile(String option, String path, byte[] bytes) {
        this.lines = new TextLines(option + ": " + path, bytes);
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
        String line = lines.line();
        while (end < line.length() && !isSeparator(line.charAt(end)) && line.charAt(end) != '#') {
            end++;
        }
        return true;
    }

    /** Skips separators; returns false at the end of the line or at a comment. */
    private boolean skipSeparators() {
        String line = lines.line();
        while (start < line.length() && isSeparator(line.charAt(start))) {
            start++;
        }
        return start < line.length() && line.charAt(start) != '#';
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '\t' || c == ',';
    }

    private boolean nextLine() {
        boolean hasNext = lines.next();
        if (hasNext) {
            start = 0;
        }
        return hasNext;
    }

    String entry() {
        return lines.line().substring(start, end);
    }

    /** Returns the place of the entry: option, file, line and column (from 1). */
    String place() {
        // Everything before it on its line is ASCII.
        return lines.place() + ":" + (start + 1);
    }
}
