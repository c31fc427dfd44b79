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

    private static final int MAX_CHUNK_BYTES = 4096;
    private static final byte[] CARRIAGE_RETURN = {'\r'};

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
        // To read a direct buffer byte by byte is much slower.
        byte[] chunk = new byte[Math.min(bytes.remaining(), MAX_CHUNK_BYTES)];
        while (bytes.hasRemaining()) {
            int end = Math.min(bytes.remaining(), chunk.length);
            bytes.get(chunk, 0, end);
            split(chunk, end);
        }
        return NOTHING;
    }

    private void split(byte[] chunk, int end) throws IOException {
        int start = 0;
        for (int i = 0; i < end; i++) {
            byte next = chunk[i];
            if (next == '\n' || next == '\r') {
                append(chunk, start, i);
                start = i + 1;
                if (next == '\n') {
                    hasCarriageReturn = false;
                    endLine();
                } else {
                    flushCarriageReturn();
                    hasCarriageReturn = true;
                }
            }
        }
        append(chunk, start, end);
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
            append(CARRIAGE_RETURN, 0, 1);
        }
    }

    private void append(byte[] source, int start, int end) throws IOException {
        if (start == end) {
            return;
        }
        flushCarriageReturn();
        for (int from = start; from < end; ) {
            int count = Math.min(end - from, Protocol.MAX_MESSAGE_BYTES - length);
            ensureCapacity(length + count);
            System.arraycopy(source, from, line, length, count);
            length += count;
            from += count;
            isAfterFull = length == Protocol.MAX_MESSAGE_BYTES;
            if (isAfterFull) {
                endMessage();
            }
        }
    }

    private void ensureCapacity(int required) {
        if (required > line.length) {
            int longer = Math.max(Math.max(MIN_LINE_BYTES, 4 * line.length), required);
            line = Arrays.copyOf(line, Math.min(longer, Protocol.MAX_MESSAGE_BYTES));
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
