package net.launcher.output;

import net.protocol.Message;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Escapes control and bidirectional characters, so that untrusted text is safe on a terminal. */
public final class Escapes {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Escapes() {}

    /** Returns {@link #text(Message)} in UTF-8. */
    public static byte[] bytes(Message message) {
        byte[] bytes = message.bytes();
        for (byte b : bytes) {
            if (b < ' ' || b == 0x7F || b == '\\') {
                return text(message).getBytes(StandardCharsets.UTF_8);
            }
        }
        return bytes;
    }

    /** Returns a message as escaped text, with invalid UTF-8 as {@code \xHH}. */
    public static String text(Message message) {
        return message.text().map(Escapes::text).orElseGet(() -> mixed(message.bytes()));
    }

    /**
     * Returns a text with unsafe characters as {@code \xHH}, or as a backslash and {@code u{H}}.
     */
    public static String text(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            // No escaped character is half of a surrogate pair.
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7F || c == '\\') {
                hexByte(escaped, c);
            } else if (isUnsafe(c)) {
                escaped.append("\\u{").append(hex(c)).append('}');
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** Returns an equivalent JSON text with unsafe characters escaped. */
    public static String json(String json) {
        int start = 0;
        while (start < json.length() && !isUnsafeInJson(json.charAt(start))) {
            start++;
        }
        if (start == json.length()) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length()).append(json, 0, start);
        for (int i = start; i < json.length(); i++) {
            char c = json.charAt(i);
            if (isUnsafeInJson(c)) {
                escaped.append("\\u").append("0000", 0, 4 - hex(c).length()).append(hex(c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static boolean isUnsafeInJson(char c) {
        return c == 0x7F || isUnsafe(c);
    }

    /** Decodes without an exception per invalid byte, which would be slow. */
    private static String mixed(byte[] bytes) {
        StringBuilder escaped = new StringBuilder(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CharBuffer valid = CharBuffer.allocate(bytes.length);
        while (input.hasRemaining()) {
            CoderResult result = decoder.decode(input, valid, true);
            escaped.append(text(valid.flip().toString()));
            valid.clear();
            for (int i = 0; result.isMalformed() && i < result.length(); i++) {
                hexByte(escaped, input.get() & 0xFF);
            }
        }
        return escaped.toString();
    }

    /** Matches C1 controls, line separators and bidirectional controls. */
    private static boolean isUnsafe(int c) {
        return c >= 0x80 && c <= 0x9F
                || c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || c >= 0x2028 && c <= 0x202E
                || c >= 0x2066 && c <= 0x2069;
    }

    private static void hexByte(StringBuilder target, int value) {
        target.append("\\x").append(HEX[value >> 4 & 0xF]).append(HEX[value & 0xF]);
    }

    private static String hex(int value) {
        return Integer.toHexString(value).toUpperCase(Locale.ROOT);
    }
}
