package net.server.ratelimit;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * Ends a loop: a peer that answers as well, at a port that does not tell, sends an answer back, it
 * is answered, and so for ever. One answer is watched at a time; when it has come back {@value
 * #MAX_ECHOES} times in a row, each time soon, it is not answered once, and is gone. An honest peer
 * that sends the same over and over loses that one as well, and one that pauses none.
 *
 * <p>What comes in between changes nothing, so that of several loops one after the other ends. For
 * one thread.
 */
final class LoopDetector {
    static final int MAX_ECHOES = 10_000;

    /** How soon an answer that is in a loop comes back; what is slower does no harm. */
    private static final long MAX_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** The length when no answer is watched. */
    private static final int NONE = -1;

    private InetSocketAddress peer;
    private int length = NONE;
    private long checksum;
    private long sentNanos;
    private int echoes;

    /** Tells whether a question is not to be answered; takes it that otherwise the answer goes. */
    boolean ends(InetSocketAddress from, ByteBuffer question, ByteBuffer answer, long nowNanos) {
        boolean isWatching = length != NONE && nowNanos - sentNanos <= MAX_GAP_NANOS;
        boolean isEcho = isWatching && isWatched(from, question);
        if (isWatching && !isEcho) {
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

    private boolean isWatched(InetSocketAddress from, ByteBuffer question) {
        return question.remaining() == length
                && from.equals(peer)
                && checksum(question) == checksum;
    }

    private static long checksum(ByteBuffer payload) {
        CRC32C checksum = new CRC32C();
        checksum.update(payload.duplicate());
        return checksum.getValue();
    }
}
