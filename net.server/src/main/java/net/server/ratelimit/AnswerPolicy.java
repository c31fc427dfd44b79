package net.server.ratelimit;

import net.server.access.RefusalReason;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which datagrams a UDP server answers. Source addresses may be forged, and two services
 * that answer each other loop forever (CVE-2024-2169), so that well-known ports, the server's own
 * ports and group addresses get no answer. Not thread-safe, except for {@link #addOwnPorts}.
 */
public final class AnswerPolicy {
    /** Lowest port above those of system services. */
    private static final int FIRST_USER_PORT = 1024;

    private static final InetAddress LIMITED_BROADCAST = InetAddress.ofLiteral("255.255.255.255");

    private volatile Set<Integer> ownPorts;
    private final Set<InetAddress> broadcasts;
    private final AnswerRateLimiter rateLimiter;

    /** Creates a policy for a server's own ports and the broadcast addresses of its networks. */
    public AnswerPolicy(
            Collection<Integer> ownPorts,
            Collection<InetAddress> broadcasts,
            AnswerRateLimiter rateLimiter) {
        this.ownPorts = Set.copyOf(ownPorts);
        this.broadcasts = Set.copyOf(broadcasts);
        this.rateLimiter = rateLimiter;
    }

    /** Adds the ports of other servers. */
    public void addOwnPorts(Collection<Integer> ports) {
        Set<Integer> all = new HashSet<>(ownPorts);
        all.addAll(ports);
        ownPorts = all;
    }

    /** Returns the reason to refuse an answer; if there is none, the answer is counted as sent. */
    public Optional<RefusalReason> refusal(
            InetSocketAddress peer, ByteBuffer request, ByteBuffer answer) {
        if (peer.getPort() < FIRST_USER_PORT) {
            return Optional.of(RefusalReason.SERVICE_PORT);
        }
        if (ownPorts.contains(peer.getPort())) {
            return Optional.of(RefusalReason.OWN_PORT);
        }
        if (isGroup(peer.getAddress())) {
            return Optional.of(RefusalReason.GROUP_ADDRESS);
        }
        return rateLimiter.refusal(peer, request, answer);
    }

    /**
     * Returns whether an address is multicast or broadcast; 0.0.0.0 is an obsolete broadcast (RFC
     * 1122).
     */
    private boolean isGroup(InetAddress address) {
        return address.isMulticastAddress()
                || address.isAnyLocalAddress()
                || address.equals(LIMITED_BROADCAST)
                || broadcasts.contains(address);
    }
}
