package net.server.ratelimit;

import net.server.access.RefusalReason;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How much a network gets from a server that answers, whatever its peers or those who forge their
 * addresses send: so many answers a second, and none that goes round in a loop. For one thread.
 */
public final class AnswerRateLimiter {
    /** The most networks that are told apart at a time; one that was forgotten starts anew. */
    static final int MAX_NETWORKS = 10_000;

    /** The leading bytes of an address that are its network: /24 and /56. */
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
     * Lets a network have so many answers at once, and a second. The loopback may be spared; its
     * loops are ended all the same.
     */
    public AnswerRateLimiter(int answersPerSecond, boolean limitsLoopback) {
        this(answersPerSecond, limitsLoopback, System::nanoTime);
    }

    /** Takes the time from a clock. */
    AnswerRateLimiter(int answersPerSecond, boolean limitsLoopback, LongSupplier nanoTime) {
        this.perSecond = answersPerSecond;
        this.limitsLoopback = limitsLoopback;
        this.nanoTime = nanoTime;
    }

    /** What a network may still have, in billionths of an answer, and its loops. */
    private final class Network {
        private final LoopDetector loops = new LoopDetector();
        private long credit = full();
        private long creditNanos;

        private long full() {
            return perSecond * SECOND_NANOS;
        }

        /** Takes an answer, if there is one left. */
        private boolean take(long nowNanos) {
            // After a second it is full, so that no pause is long enough to overflow.
            long passed = Math.clamp(nowNanos - creditNanos, 0, SECOND_NANOS);
            creditNanos = nowNanos;
            credit = Math.min(credit + passed * perSecond, full());
            if (credit < SECOND_NANOS) {
                return false;
            }
            credit -= SECOND_NANOS;
            return true;
        }
    }

    /** Returns the reason not to give an answer; otherwise it is taken as given. */
    Optional<RefusalReason> refusal(
            InetSocketAddress peer, ByteBuffer question, ByteBuffer answer) {
        InetAddress address = peer.getAddress();
        Network network = networks.get(prefix(address));
        long nowNanos = nanoTime.getAsLong();
        if (network.loops.ends(peer, question, answer, nowNanos)) {
            return Optional.of(RefusalReason.LOOP);
        }
        boolean isLimited = limitsLoopback || !address.isLoopbackAddress();
        if (isLimited && !network.take(nowNanos)) {
            return Optional.of(RefusalReason.RATE);
        }
        return Optional.empty();
    }

    /** Returns the address's network, after a byte that tells the families apart. */
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
