package net.server.ratelimit;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * Breaks loops between two servers that answer each other. It tracks one answer at a time: after
 * that has been returned {@value #MAX_ECHOES} times in a row, each time within 100 ms, one answer
 * is refused, which ends the loop.
 *
 * <p>A client that repeats one payload cannot be distinguished from a loop until it continues
 * without an answer. After {@value #MAX_REFUSALS} refusals it therefore loses only one answer in
 * {@value #MAX_REPEATS}.
 *
 * <p>Other datagrams in between are ignored, so that several loops are broken one after the other.
 * Not thread-safe.
 */
final class LoopDetector {
    static final int MAX_ECHOES = 400;

    /** Refusals after which a peer that repeats one payload is treated as a client. */
    static final int MAX_REFUSALS = 2;

    /** Like {@link #MAX_ECHOES}, for such a client. */
    static final int MAX_REPEATS = 10_000;

    /** Maximum time for an answer to return in a loop; slower loops are harmless. */
    private static final long MAX_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private boolean isTracking;
    private InetSocketAddress peer;
    private int length;
    private long checksum;
    private long sentNanos;
    private int echoes;

    /** Number of times that this answer to this peer was refused. */
    private int refusals;

    /** Tracks an answer; returns whether it must be refused to break a loop. */
    boolean addAnswer(
            InetSocketAddress from, ByteBuffer request, ByteBuffer answer, long nowNanos) {
        isTracking &= nowNanos - sentNanos <= MAX_GAP_NANOS;
        boolean isSame = isTracked(from, request);
        if (isTracking && !isSame) {
            return false;
        }
        echoes = isTracking ? echoes + 1 : 0;
        refusals = isSame ? refusals : 0;
        if (echoes == (refusals < MAX_REFUSALS ? MAX_ECHOES : MAX_REPEATS)) {
            refusals++;
            isTracking = false;
            return true;
        }
        isTracking = true;
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
