package net.launcher;

import net.protocol.Message;

import java.util.Locale;

/** Makes text from a stranger harmless on a terminal, and one line. */
final class Escapes {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Escapes() {}

    /** Returns a message as text, where what is not valid UTF-8 stands as {@code \xHH}. */
    static String text(Message message) {
        return message.text().map(Escapes::text).orElseGet(() -> mixed(message.bytes()));
    }

    /**
     * Returns a text with what could do harm as {@code \xHH} or as a backslash and {@code u{H}}.
     */
    static String text(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            // What is escaped is never half of a surrogate pair.
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7F || c == '\\') {
                hexByte(escaped, c);
            } else if (isHazard(c)) {
                escaped.append("\\u{").append(hex(c)).append('}');
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** Returns a JSON text in which what a terminal may act on is escaped; it means the same. */
    static String json(String json) {
        if (json.codePoints().noneMatch(c -> c == 0x7F || isHazard(c))) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length());
        for (char c : json.toCharArray()) {
            if (c == 0x7F || isHazard(c)) {
                escaped.append("\\u").append("0000", 0, 4 - hex(c).length()).append(hex(c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** Decodes what is valid, sequence by sequence. */
    private static String mixed(byte[] bytes) {
        StringBuilder escaped = new StringBuilder(bytes.length);
        int i = 0;
        while (i < bytes.length) {
            int length = Math.min(sequenceLength(bytes[i]), bytes.length - i);
            Message sequence = Message.of(bytes, i, length);
            if (sequence.text().isPresent()) {
                escaped.append(text(sequence.text().get()));
                i += length;
            } else {
                hexByte(escaped, bytes[i] & 0xFF);
                i++;
            }
        }
        return escaped.toString();
    }

    /** RFC 3629, section 3: the first byte tells the length. */
    private static int sequenceLength(byte first) {
        return switch (Integer.numberOfLeadingZeros(~(first << 24))) {
            case 2 -> 2;
            case 3 -> 3;
            case 4 -> 4;
            default -> 1;
        };
    }

    /** C1, line separators, and what changes the direction of text. */
    private static boolean isHazard(int c) {
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
