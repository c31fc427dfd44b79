package net.server;

import net.protocol.Message;
import net.protocol.Protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Takes messages, one a line: {@link net.protocol.Service#RECEIVE} over TCP. */
record ReceiveService() implements NonBlockingService {
    /** Some times in a turn: even if each byte is a message, others do not wait for long. */
    private static final int APPETITE_BYTES = 2 * 1024;

    @Override
    public ProtocolHandler begin(Taker taker) {
        return new Lines(taker);
    }

    @Override
    public int appetite() {
        return APPETITE_BYTES;
    }

    /** What comes, cut into messages. */
    static final class Lines implements ProtocolHandler {
        /** Most lines are shorter. */
        private static final int MIN_LINE_BYTES = 64;

        private final Taker taker;
        private byte[] line = {};
        private int length;

        /** A CR has come: part of a line end if LF follows, a byte like any other if not. */
        private boolean hasCarriageReturn;

        /** A message of full length was taken: a line end that follows belongs to it. */
        private boolean isAfterFull;

        Lines(Taker taker) {
            this.taker = taker;
        }

        @Override
        public ByteBuffer hear(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                byte next = bytes.get();
                if (next == '\n') {
                    hasCarriageReturn = false;
                    lineEnd();
                } else {
                    carriageReturn();
                    if (next == '\r') {
                        hasCarriageReturn = true;
                    } else {
                        add(next);
                    }
                }
            }
            return NOTHING;
        }

        /** Ends the last line, if there is one without an end. */
        @Override
        public void end() throws IOException {
            carriageReturn();
            if (length > 0) {
                take();
            }
        }

        private void carriageReturn() throws IOException {
            if (hasCarriageReturn) {
                hasCarriageReturn = false;
                add((byte) '\r');
            }
        }

        private void add(byte next) throws IOException {
            isAfterFull = false;
            if (length == line.length) {
                int longer = Math.max(MIN_LINE_BYTES, 4 * length);
                line = Arrays.copyOf(line, Math.min(longer, Protocol.MAX_MESSAGE_BYTES));
            }
            line[length++] = next;
            if (length == Protocol.MAX_MESSAGE_BYTES) {
                take();
                isAfterFull = true;
            }
        }

        private void lineEnd() throws IOException {
            if (!isAfterFull) {
                take();
            }
            isAfterFull = false;
        }

        private void take() throws IOException {
            Message message = Message.of(line, 0, length);
            length = 0;
            taker.take(message, message.size());
        }
    }
}
