package net.client.pipe;

import java.nio.ByteBuffer;

/** Cuts an input into datagrams: by reads, or by lines; each is a part of one buffer. */
final class Datagrams {
    private static final int READ_BYTES = 64 * 1024;

    private final PipeInput in;
    private final int maxBytes;
    private final boolean isLines;
    private final ByteBuffer buffer;

    /** What is in the buffer, and not a datagram yet: from here to the limit. */
    private int start;

    /** How many of these bytes have no line end among them. */
    private int scanned;

    private boolean isEnded;

    Datagrams(PipeInput in, int maxBytes, boolean isLines) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.isLines = isLines;
        // For lines there is room for one, its line end, and what comes after.
        this.buffer =
                ByteBuffer.allocateDirect(isLines ? maxBytes + 2 + READ_BYTES : maxBytes).limit(0);
    }

    /** Returns the next datagram, which is good until the one after it; null at the end. */
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
                    return ended(scanned);
                }
            }
            // One byte more may be the CR of its line end.
            if (count > maxBytes + 1 || count > maxBytes && isTooLong()) {
                return taken(maxBytes, maxBytes);
            }
            if (isEnded) {
                return count == 0
                        ? null
                        : taken(Math.min(count, maxBytes), Math.min(count, maxBytes));
            }
            fill();
        }
    }

    private boolean isTooLong() {
        return isEnded || buffer.get(start + maxBytes) != '\r';
    }

    /** Takes a line with its line end, unless it is longer than a datagram. */
    private ByteBuffer ended(int lineBytes) {
        int bytes = lineBytes - 1;
        if (bytes > 0 && buffer.get(start + bytes - 1) == '\r') {
            bytes--;
        }
        return bytes > maxBytes ? taken(maxBytes, maxBytes) : taken(bytes, lineBytes);
    }

    private ByteBuffer taken(int bytes, int takenBytes) {
        ByteBuffer datagram = buffer.slice(start, bytes);
        start += takenBytes;
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
