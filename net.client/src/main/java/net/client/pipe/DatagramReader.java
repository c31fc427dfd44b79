package net.client.pipe;

import java.nio.ByteBuffer;

/** Splits an input into datagrams, by reads or by lines; all are slices of one buffer. */
final class DatagramReader {
    private static final int READ_BYTES = 64 * 1024;

    private final PipeInput in;
    private final int maxBytes;
    private final boolean isLines;
    private final ByteBuffer buffer;

    /** Start of the unconsumed bytes, which end at the buffer's limit. */
    private int start;

    /** Number of unconsumed bytes already searched for a line end. */
    private int scanned;

    private boolean isEnded;

    DatagramReader(PipeInput in, int maxBytes, boolean isLines) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.isLines = isLines;
        // For lines: one line, its line end, and the next read.
        this.buffer =
                ByteBuffer.allocateDirect(isLines ? maxBytes + 2 + READ_BYTES : maxBytes).limit(0);
    }

    /** Returns the next datagram, valid until the next call; null at the end of input. */
    ByteBuffer next() throws PipeException {
        return isLines ? line() : read();
    }

    private ByteBuffer read() throws PipeException {
        return in.read(buffer.clear()) < 0 ? null : buffer.flip();
    }

    private ByteBuffer line() throws PipeException {
        while (true) {
            int count = buffer.limit() - start;
            while (scanned < count && scanned < maxBytes + 2) {
                scanned++;
                if (buffer.get(start + scanned - 1) == '\n') {
                    return completeLine(scanned);
                }
            }
            // The byte after the maximum may be the CR of the line end.
            if (count > maxBytes + 1 || count > maxBytes && isTooLong()) {
                return consume(maxBytes, maxBytes);
            }
            if (isEnded) {
                return count == 0
                        ? null
                        : consume(Math.min(count, maxBytes), Math.min(count, maxBytes));
            }
            fill();
        }
    }

    private boolean isTooLong() {
        return isEnded || buffer.get(start + maxBytes) != '\r';
    }

    /** Consumes a line with its line end, or its first part if it exceeds a datagram. */
    private ByteBuffer completeLine(int lineBytes) {
        int bytes = lineBytes - 1;
        if (bytes > 0 && buffer.get(start + bytes - 1) == '\r') {
            bytes--;
        }
        return bytes > maxBytes ? consume(maxBytes, maxBytes) : consume(bytes, lineBytes);
    }

    private ByteBuffer consume(int bytes, int consumedBytes) {
        ByteBuffer datagram = buffer.slice(start, bytes);
        start += consumedBytes;
        scanned = 0;
        return datagram;
    }

    private void fill() throws PipeException {
        buffer.position(start).compact();
        start = 0;
        isEnded = in.read(buffer) < 0;
        buffer.flip();
    }
}
