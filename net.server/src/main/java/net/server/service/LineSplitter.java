package net.server.service;

import net.protocol.Message;
import net.protocol.Protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Splits a stream into messages at LF or CRLF, or at the maximum message size. */
final class LineSplitter implements ProtocolHandler {
    /** Initial capacity; most lines are shorter. */
    private static final int MIN_LINE_BYTES = 64;

    private final MessageSink sink;
    private byte[] line = {};
    private int length;

    /** Set after a CR, which is part of a line end before LF, otherwise data. */
    private boolean hasCarriageReturn;

    /** Set after a message of maximum size, to which a following line end belongs. */
    private boolean isAfterFull;

    LineSplitter(MessageSink sink) {
        this.sink = sink;
    }

    @Override
    public ByteBuffer onBytes(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                hasCarriageReturn = false;
                endLine();
            } else {
                flushCarriageReturn();
                if (next == '\r') {
                    hasCarriageReturn = true;
                } else {
                    append(next);
                }
            }
        }
        return NOTHING;
    }

    /** Ends the last line, if it is not empty. */
    @Override
    public void onEnd() throws IOException {
        flushCarriageReturn();
        if (length > 0) {
            endMessage();
        }
    }

    private void flushCarriageReturn() throws IOException {
        if (hasCarriageReturn) {
            hasCarriageReturn = false;
            append((byte) '\r');
        }
    }

    private void append(byte next) throws IOException {
        isAfterFull = false;
        if (length == line.length) {
            int longer = Math.max(MIN_LINE_BYTES, 4 * length);
            line = Arrays.copyOf(line, Math.min(longer, Protocol.MAX_MESSAGE_BYTES));
        }
        line[length++] = next;
        if (length == Protocol.MAX_MESSAGE_BYTES) {
            endMessage();
            isAfterFull = true;
        }
    }

    private void endLine() throws IOException {
        if (!isAfterFull) {
            endMessage();
        }
        isAfterFull = false;
    }

    private void endMessage() throws IOException {
        Message message = Message.of(line, 0, length);
        length = 0;
        sink.add(message, message.size());
    }
}
