package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;

/** Characters that must be escaped on a terminal, listed independently of the code. */
public final class UnsafeCharacters {
    /** Code points of the Unicode Standard, section 23.2, and of UAX 9, section 2. */
    private static final int[] DIRECTION = {
        0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068,
        0x2069
    };

    private static final int[] LINE_SEPARATORS = {0x2028, 0x2029};

    private static final BitSet ALL = new BitSet();

    static {
        ALL.set(0, ' ');
        ALL.set(0x7F);
        IntStream.of(beyondAscii()).forEach(ALL::set);
    }

    private UnsafeCharacters() {}

    /** Returns C1 and bidirectional controls and line separators: all outside ASCII. */
    public static int[] beyondAscii() {
        IntStream c1 = IntStream.rangeClosed(0x80, 0x9F);
        IntStream others = IntStream.concat(IntStream.of(DIRECTION), IntStream.of(LINE_SEPARATORS));
        return IntStream.concat(c1, others).toArray();
    }

    public static void assertNone(String text) {
        int[] found = text.codePoints().filter(ALL::get).toArray();
        assertEquals(0, found.length, () -> "U+%X in %s".formatted(found[0], text));
    }

    /** Returns text with unsafe, ordinary and supplementary characters, and with escapes. */
    public static String randomText(Random random, int length) {
        StringBuilder text = new StringBuilder();
        int[] hazards = beyondAscii();
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(6)) {
                case 0 -> text.append((char) random.nextInt(0x80));
                case 1 -> text.append((char) hazards[random.nextInt(hazards.length)]);
                case 2 -> text.append((char) (0xA0 + random.nextInt(0x700)));
                case 3 -> text.appendCodePoint(0x1F600 + random.nextInt(64));
                case 4 -> text.append((char) (0x2000 + random.nextInt(0x80)));
                default -> text.append("\\x41\\u{202E}\\u0041\"/".substring(random.nextInt(19)));
            }
        }
        return text.toString();
    }
}
