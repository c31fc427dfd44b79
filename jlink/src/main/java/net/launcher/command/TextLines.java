package net.launcher.command;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** A cursor over the lines of a text in UTF-8, which end with LF or CRLF. */
public final class TextLines {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final String name;
    private final byte[] bytes;
    private int nextLine;
    private int lineNumber;
    private String line = "";

    /** Creates a cursor before the first line; errors begin with the name. */
    public TextLines(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /**
     * Moves to the next line; returns false if there is none.
     *
     * @throws IllegalArgumentException if the line is not valid UTF-8
     */
    public boolean next() {
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
        nextLine = Math.min(lineEnd + 1, bytes.length);
        return true;
    }

    private String decoded(ByteBuffer line) {
        try {
            return decoder.decode(line).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    Parser.shown(place() + ": line must be valid UTF-8"), e);
        }
    }

    /** Returns the current line, without its end; empty before the first one. */
    public String line() {
        return line;
    }

    /** Returns the name and the number of the current line, from 1. */
    public String place() {
        return name + ":" + lineNumber;
    }
}
