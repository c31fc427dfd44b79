package net.protocol.internal;

import java.nio.ByteBuffer;

/**
 * The number of answers in a STAMP session that the reflector did not send, such as those above its
 * answer rate. It is in octets 41 to 43 of later answers, which RFC 8762 leaves zero, and which
 * other senders ignore.
 */
public final class UnsentAnswers {
    /** The highest number; the next is 0. */
    public static final int MAX = 0xFF_FFFF;

    private static final int LAST_WORD = 40;

    private UnsentAnswers() {}

    /** Writes the number into a packet that starts at index 0. */
    public static void put(ByteBuffer packet, int unsent) {
        packet.putInt(LAST_WORD, packet.getInt(LAST_WORD) & ~MAX | unsent & MAX);
    }

    /** Returns the number in a packet that starts at the position of the buffer. */
    public static int get(ByteBuffer packet) {
        return packet.getInt(packet.position() + LAST_WORD) & MAX;
    }
}
