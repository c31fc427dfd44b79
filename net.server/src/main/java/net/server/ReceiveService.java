package net.server;

import net.protocol.Message;
import net.protocol.Protocol;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes messages, one a line: {@link net.protocol.Service#RECEIVE} over TCP. */
record ReceiveService() implements TcpService {
    @Override
    public void serve(Connection connection) throws IOException {
        Lines lines = new Lines(connection);
        ByteBuffer buffer = ByteBuffer.allocate(Protocol.MAX_MESSAGE_BYTES);
        try {
            while (connection.read(buffer) >= 0) {
                lines.put(buffer.flip());
                buffer.clear();
            }
        } catch (IOException e) {
            lines.end();
            throw e;
        }
        lines.end();
    }

    /** What comes, cut into messages. */
    static final class Lines {
        /** Where whole messages go. */
        @FunctionalInterface
        interface Taker {
            void take(Message message, long received) throws IOException;
        }

        private final Taker taker;
        private final byte[] line = new byte[Protocol.MAX_MESSAGE_BYTES];
        private int length;

        /** A CR has come: part of a line end if LF follows, a byte like any other if not. */
        private boolean hasCarriageReturn;

        /** A message of full length was taken: a line end that follows belongs to it. */
        private boolean isAfterFull;

        Lines(Connection connection) {
            this(connection::take);
        }

        Lines(Taker taker) {
            this.taker = taker;
        }

        void put(ByteBuffer bytes) throws IOException {
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
        }

        /** Ends the last line, if there is one without an end. */
        void end() throws IOException {
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
            line[length++] = next;
            if (length == line.length) {
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
