package net.server.service;

import java.nio.ByteBuffer;

/**
 * {@link net.protocol.Service#CHARGEN}: sends lines until the peer closes, drops received bytes.
 */
public record ChargenService() implements NonBlockingService {
    private static final char FIRST = ' ';
    private static final int CHARACTERS = 95;
    private static final int LINE_CHARACTERS = 72;
    private static final int LINE_BYTES = LINE_CHARACTERS + 2;

    /** Number of different lines. */
    private static final int LINES = CHARACTERS;

    /** Number of copies of the lines in the buffer, for large writes. */
    private static final int REPETITIONS = 9;

    private static final int READ_BYTES = 64 * 1024;

    /** Stateless, hence shared by all connections. */
    private static final class ChargenHandler implements ProtocolHandler {
        /** Lazily created, as it is needed only if this service runs. */
        private static final ChargenHandler INSTANCE = new ChargenHandler();

        private final ByteBuffer lines = lines();

        private static ByteBuffer lines() {
            ByteBuffer lines = ByteBuffer.allocateDirect(REPETITIONS * LINES * LINE_BYTES);
            for (int line = 0; line < REPETITIONS * LINES; line++) {
                for (int i = 0; i < LINE_CHARACTERS; i++) {
                    lines.put((byte) (FIRST + (line + i) % CHARACTERS));
                }
                lines.put((byte) '\r').put((byte) '\n');
            }
            return lines.flip().asReadOnlyBuffer();
        }

        @Override
        public ByteBuffer nextWrite() {
            return lines.duplicate();
        }

        @Override
        public ByteBuffer onBytes(ByteBuffer bytes) {
            return NOTHING;
        }
    }

    @Override
    public ProtocolHandler newHandler(MessageSink sink) {
        return ChargenHandler.INSTANCE;
    }

    @Override
    public int readLimit() {
        return READ_BYTES;
    }

    @Override
    public boolean isEndless() {
        return true;
    }
}
