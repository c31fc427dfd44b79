package net.server.ratelimit;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * Breaks loops between two servers that answer each other. It tracks one answer at a time: after
 * that has been returned {@value #MAX_ECHOES} times in a row, each time within 100 ms, one answer
 * is refused, which ends the loop. A peer that sends the same payload that often loses one answer,
 * too.
 *
 * <p>Other datagrams in between are ignored, so that several loops are broken one after the other.
 * Not thread-safe.
 */
final class LoopDetector {
    static final int MAX_ECHOES = 10_000;

    /** Maximum time for an answer to return in a loop; slower loops are harmless. */
    private static final long MAX_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Length if no answer is tracked. */
    private static final int NONE = -1;

    private InetSocketAddress peer;
    private int length = NONE;
    private long checksum;
    private long sentNanos;
    private int echoes;

    /** Tracks an answer; returns whether it must be refused to break a loop. */
    boolean addAnswer(
            InetSocketAddress from, ByteBuffer request, ByteBuffer answer, long nowNanos) {
        boolean isTracking = length != NONE && nowNanos - sentNanos <= MAX_GAP_NANOS;
        boolean isEcho = isTracking && isTracked(from, request);
        if (isTracking && !isEcho) {
            return false;
        }
        echoes = isEcho ? echoes + 1 : 0;
        if (echoes == MAX_ECHOES) {
            length = NONE;
            return true;
        }
        peer = from;
        length = answer.remaining();
        checksum = checksum(answer);
        sentNanos = nowNanos;
        return false;
    }

    private boolean isTracked(InetSocketAddress from, ByteBuffer request) {
        return request.remaining() == length && from.equals(peer) && checksum(request) == checksum;
    }

    private static long checksum(ByteBuffer payload) {
        CRC32C checksum = new CRC32C();
        checksum.update(payload.duplicate());
        return checksum.getValue();
    }
}
