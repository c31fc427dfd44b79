package net.server.ratelimit;

import net.server.access.RefusalReason;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits the answers to each network by a token bucket, and breaks loops. Senders may forge the
 * addresses of the network. Not thread-safe.
 */
public final class AnswerRateLimiter {
    /** Maximum number of networks; one that was dropped starts with a full bucket. */
    static final int MAX_NETWORKS = 10_000;

    /** Leading bytes of an address that identify its network: /24 and /56. */
    private static final int IPV4_BYTES = 3;

    private static final int IPV6_BYTES = 7;
    private static final int IPV4_LENGTH = 4;

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long perSecond;
    private final boolean limitsLoopback;
    private final LongSupplier nanoTime;
    private final LruCache<Long, Network> networks =
            new LruCache<>(MAX_NETWORKS, any -> new Network());

    /**
     * Creates a limiter.
     *
     * @param answersPerSecond the rate and the burst of a network
     * @param limitsLoopback whether the rate applies to the loopback; its loops are always broken
     */
    public AnswerRateLimiter(int answersPerSecond, boolean limitsLoopback) {
        this(answersPerSecond, limitsLoopback, System::nanoTime);
    }

    AnswerRateLimiter(int answersPerSecond, boolean limitsLoopback, LongSupplier nanoTime) {
        this.perSecond = answersPerSecond;
        this.limitsLoopback = limitsLoopback;
        this.nanoTime = nanoTime;
    }

    /** The token bucket of a network, in billionths of an answer, and its loop detector. */
    private final class Network {
        private final LoopDetector loops = new LoopDetector();
        private long credit = full();
        private long creditNanos;

        private long full() {
            return perSecond * SECOND_NANOS;
        }

        /** Takes a token; returns whether there was one. */
        private boolean tryTake(long nowNanos) {
            // The bucket is full after a second; the limit avoids an overflow.
            long elapsed = Math.clamp(nowNanos - creditNanos, 0, SECOND_NANOS);
            creditNanos = nowNanos;
            credit = Math.min(credit + elapsed * perSecond, full());
            if (credit < SECOND_NANOS) {
                return false;
            }
            credit -= SECOND_NANOS;
            return true;
        }
    }

    /** Returns the reason to refuse an answer; if there is none, the answer is counted as sent. */
    Optional<RefusalReason> refusal(InetSocketAddress peer, ByteBuffer request, ByteBuffer answer) {
        InetAddress address = peer.getAddress();
        Network network = networks.get(prefix(address));
        long nowNanos = nanoTime.getAsLong();
        if (network.loops.addAnswer(peer, request, answer, nowNanos)) {
            return Optional.of(RefusalReason.LOOP);
        }
        boolean isLimited = limitsLoopback || !address.isLoopbackAddress();
        if (isLimited && !network.tryTake(nowNanos)) {
            return Optional.of(RefusalReason.RATE);
        }
        return Optional.empty();
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
