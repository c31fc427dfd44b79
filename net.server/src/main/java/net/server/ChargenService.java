package net.server;

import java.nio.ByteBuffer;

/**
 * Sends lines until the peer closes, and drops what it sends: {@link net.protocol.Service#CHARGEN}.
 */
final class ChargenService implements NonBlockingService {
    private static final char FIRST = ' ';
    private static final int CHARACTERS = 95;
    private static final int LINE_CHARACTERS = 72;
    private static final int LINE_BYTES = LINE_CHARACTERS + 2;

    /** After so many lines they are the first ones again. */
    private static final int LINES = CHARACTERS;

    /** How many times the lines are in the buffer, so that a write takes much at once. */
    private static final int ROUNDS = 9;

    private static final int APPETITE_BYTES = 64 * 1024;

    private final ByteBuffer lines = lines();

    private final ProtocolHandler talk =
            new ProtocolHandler() {
                @Override
                public ByteBuffer next() {
                    return lines.duplicate();
                }

                @Override
                public ByteBuffer hear(ByteBuffer bytes) {
                    return NOTHING;
                }
            };

    private static ByteBuffer lines() {
        ByteBuffer lines = ByteBuffer.allocateDirect(ROUNDS * LINES * LINE_BYTES);
        for (int line = 0; line < ROUNDS * LINES; line++) {
            for (int i = 0; i < LINE_CHARACTERS; i++) {
                lines.put((byte) (FIRST + (line + i) % CHARACTERS));
            }
            lines.put((byte) '\r').put((byte) '\n');
        }
        return lines.flip().asReadOnlyBuffer();
    }

    @Override
    public boolean isEndless() {
        return true;
    }

    @Override
    public ProtocolHandler begin(Taker taker) {
        return talk;
    }

    @Override
    public int appetite() {
        return APPETITE_BYTES;
    }
}
