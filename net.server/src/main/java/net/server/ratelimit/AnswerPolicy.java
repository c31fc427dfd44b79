package net.server.ratelimit;

import net.server.access.RefusalReason;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a UDP server does not answer, since the sender's address may be forged: two services that
 * answer each other go on for ever (CVE-2024-2169). Those are found at the ports of services, and
 * at the ports of this one, here or elsewhere; the others by what they send. For one thread.
 */
public final class AnswerPolicy {
    /** Below it are the ports of services. */
    private static final int FIRST_USER_PORT = 1024;

    private static final InetAddress LIMITED_BROADCAST = InetAddress.ofLiteral("255.255.255.255");

    private final Set<Integer> ownPorts;
    private final Set<InetAddress> broadcasts;
    private final AnswerRateLimiter rate;

    /** Refuses, besides others, the server's own ports and the broadcast addresses of networks. */
    public AnswerPolicy(
            Collection<Integer> ownPorts,
            Collection<InetAddress> broadcasts,
            AnswerRateLimiter rate) {
        this.ownPorts = Set.copyOf(ownPorts);
        this.broadcasts = Set.copyOf(broadcasts);
        this.rate = rate;
    }

    /** Returns the reason not to answer, if there is one; otherwise the answer counts as sent. */
    public Optional<RefusalReason> refusal(
            InetSocketAddress peer, ByteBuffer question, ByteBuffer answer) {
        if (peer.getPort() < FIRST_USER_PORT) {
            return Optional.of(RefusalReason.SERVICE_PORT);
        }
        if (ownPorts.contains(peer.getPort())) {
            return Optional.of(RefusalReason.OWN_PORT);
        }
        if (isGroup(peer.getAddress())) {
            return Optional.of(RefusalReason.GROUP_ADDRESS);
        }
        return rate.refusal(peer, question, answer);
    }

    /**
     * An unspecified address was once a broadcast (RFC 1122, 3.3.6); to Linux it is the loopback.
     */
    private boolean isGroup(InetAddress address) {
        return address.isMulticastAddress()
                || address.isAnyLocalAddress()
                || address.equals(LIMITED_BROADCAST)
                || broadcasts.contains(address);
    }
}
