package net.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Whom a UDP server does not answer, since the sender's address may be forged: two services that
 * answer each other go on for ever (CVE-2024-2169). Those are found at the ports of services, and
 * at the port of this one, here or elsewhere.
 */
final class AnswerRules {
    /** Below it are the ports of services. */
    private static final int FIRST_USER_PORT = 1024;

    private final InetSocketAddress local;

    AnswerRules(InetSocketAddress local) {
        this.local = local;
    }

    /** Returns the reason not to answer, if there is one. */
    Optional<String> refusal(InetSocketAddress peer) {
        if (peer.getPort() < FIRST_USER_PORT) {
            return Optional.of("service_port");
        }
        if (peer.getPort() == local.getPort()) {
            return Optional.of("own_port");
        }
        if (peer.getAddress().isMulticastAddress() || isBroadcast(peer.getAddress())) {
            return Optional.of("group_address");
        }
        return Optional.empty();
    }

    /** The limited one; the system does not send to a network's own without being asked to. */
    private static boolean isBroadcast(InetAddress address) {
        for (byte part : address.getAddress()) {
            if (part != -1) {
                return false;
            }
        }
        return true;
    }
}
