package net.server.ratelimit;

import net.server.access.RefusalReason;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits the answers to each network by a token bucket, and breaks loops. The limit applies to
 * networks rather than addresses, since a sender may forge any address of a network. Not
 * thread-safe.
 */
public final class AnswerRateLimiter {
    /**
     * Number of buckets, a power of two. Networks with the same hash share a bucket: if buckets
     * were evicted instead, an evicted network would start again with a full one.
     */
    static final int BUCKETS = 1 << 16;

    /** Leading bytes of an address that identify its network: /24 and /56. */
    private static final int IPV4_BYTES = 3;

    private static final int IPV6_BYTES = 7;
    private static final int IPV4_LENGTH = 4;

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long perSecond;
    private final boolean limitsLoopback;
    private final LongSupplier nanoTime;

    /** Random, so that senders cannot choose networks that share a bucket. */
    private final long salt;

    /** Created on first use. */
    private final Network[] networks = new Network[BUCKETS];

    /**
     * Creates a limiter.
     *
     * @param answersPerSecond the rate and the burst of a network
     * @param limitsLoopback whether the rate applies to the loopback; its loops are always broken
     */
    public AnswerRateLimiter(int answersPerSecond, boolean limitsLoopback) {
        this(answersPerSecond, limitsLoopback, System::nanoTime, new SplittableRandom().nextLong());
    }

    AnswerRateLimiter(
            int answersPerSecond, boolean limitsLoopback, LongSupplier nanoTime, long salt) {
        this.perSecond = answersPerSecond;
        this.limitsLoopback = limitsLoopback;
        this.nanoTime = nanoTime;
        this.salt = salt;
    }

    /** The token bucket of networks, in billionths of an answer, and its loop detector. */
    private final class Network {
        private final LoopDetector loops = new LoopDetector();
        private long credit = full();
        private long creditNanos;

        private long full() {
            return perSecond * SECOND_NANOS;
        }

        /** Adds the tokens since the last call; returns whether there is one. */
        private boolean hasToken(long nowNanos) {
            // The bucket is full after a second; the limit avoids an overflow.
            long elapsed = Math.clamp(nowNanos - creditNanos, 0, SECOND_NANOS);
            creditNanos = nowNanos;
            credit = Math.min(credit + elapsed * perSecond, full());
            return credit >= SECOND_NANOS;
        }

        private void takeToken() {
            credit -= SECOND_NANOS;
        }
    }

    /** Returns the reason to refuse an answer; if there is none, the answer is counted as sent. */
    Optional<RefusalReason> refusal(InetSocketAddress peer, ByteBuffer request, ByteBuffer answer) {
        InetAddress address = peer.getAddress();
        Network network = network(address);
        long nowNanos = nanoTime.getAsLong();
        boolean isLimited = limitsLoopback || !address.isLoopbackAddress();
        if (isLimited && !network.hasToken(nowNanos)) {
            // An answer that is not sent cannot return, so a loop ends here as well.
            return Optional.of(RefusalReason.RATE);
        }
        if (network.loops.addAnswer(peer, request, answer, nowNanos)) {
            return Optional.of(RefusalReason.LOOP);
        }
        if (isLimited) {
            network.takeToken();
        }
        return Optional.empty();
    }

    /** Returns the bucket of an address's network, by the finalizer of SplitMix64. */
    private Network network(InetAddress address) {
        long hash = prefix(address) + salt;
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        int index = (int) (hash ^ hash >>> 31) & BUCKETS - 1;
        if (networks[index] == null) {
            networks[index] = new Network();
        }
        return networks[index];
    }

    /** Returns the network of an address, with the address length in front. */
    private static long prefix(InetAddress address) {
        byte[] bytes = address.getAddress();
        long prefix = bytes.length;
        int size = bytes.length == IPV4_LENGTH ? IPV4_BYTES : IPV6_BYTES;
        for (int i = 0; i < size; i++) {
            prefix = prefix << Byte.SIZE | Byte.toUnsignedLong(bytes[i]);
        }
        return prefix;
    }
}
